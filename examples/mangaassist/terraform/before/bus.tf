resource "aws_cloudwatch_event_bus" "mangaassist" {
  name = "MangaAssist-AI-Events"
}

locals {
  # Each rule with what it takes and the functions it gives it to.
  rules = {
    ReviewSubmitted = {
      description = "Every new review goes through moderation."
      pattern = {
        source      = ["mangaassist.reviews"]
        detail-type = ["ReviewSubmitted"]
      }
      targets = { Moderation = module.moderation.arn }
    }

    ModerationSuggestion = {
      description = "A flagged review gets a drafted answer."
      pattern = {
        source      = ["mangaassist.reviews"]
        detail-type = ["ModerationFlagged"]
      }
      targets = { Suggestion = module.suggestion.arn }
    }

    AllEvents-Analytics = {
      description = "Everything that happens is labelled for the analysts, and answered where an answer helps."
      pattern = {
        source = [{ prefix = "mangaassist." }]
      }
      targets = { Analytics = module.analytics.arn, Suggestion = module.suggestion.arn }
    }
  }

  targets = merge([
    for rule, given in local.rules : {
      for target, arn in given.targets : "${rule}/${target}" => { rule = rule, id = target, arn = arn }
    }
  ]...)
}

resource "aws_cloudwatch_event_rule" "this" {
  for_each = local.rules

  name           = "MangaAssist-${each.key}"
  description    = each.value.description
  event_bus_name = aws_cloudwatch_event_bus.mangaassist.name
  event_pattern  = jsonencode(each.value.pattern)
}

resource "aws_cloudwatch_event_target" "this" {
  for_each = local.targets

  rule           = aws_cloudwatch_event_rule.this[each.value.rule].name
  event_bus_name = aws_cloudwatch_event_bus.mangaassist.name
  target_id      = each.value.id
  arn            = each.value.arn

  dead_letter_config {
    arn = aws_sqs_queue.events_dlq.arn
  }

  retry_policy {
    maximum_retry_attempts       = 4
    maximum_event_age_in_seconds = 3600
  }
}

resource "aws_sqs_queue" "events_dlq" {
  name                      = "EventBridge-DLQ"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue_policy" "events_dlq" {
  queue_url = aws_sqs_queue.events_dlq.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.events_dlq.arn
      Condition = { ArnLike = { "aws:SourceArn" = [for rule in aws_cloudwatch_event_rule.this : rule.arn] } }
    }]
  })
}
