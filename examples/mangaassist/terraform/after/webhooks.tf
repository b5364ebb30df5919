module "reviews" {
  source = "../modules/webhook"

  sender      = "review"
  source_name = "mangaassist.reviews"
  bus         = aws_cloudwatch_event_bus.mangaassist
}

module "payments" {
  source = "../modules/webhook"

  sender      = "stripe"
  source_name = "mangaassist.payments"
  bus         = aws_cloudwatch_event_bus.mangaassist
  receivers   = 20
  processors  = 30
}

module "catalog" {
  source = "../modules/webhook"

  sender      = "catalog"
  source_name = "mangaassist.catalog"
  bus         = aws_cloudwatch_event_bus.mangaassist
  batch_size  = 1 # of ten items
}

output "webhook_urls" {
  value = {
    review  = module.reviews.url
    stripe  = module.payments.url
    catalog = module.catalog.url
  }
}
