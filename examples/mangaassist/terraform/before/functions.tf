# What stands behind the rules.

data "aws_iam_policy_document" "publishes" {
  for_each = toset(["mangaassist.reviews", "mangaassist.ai", "mangaassist.chat"])

  statement {
    actions   = ["events:PutEvents"]
    resources = [aws_cloudwatch_event_bus.mangaassist.arn]
    condition {
      test     = "StringEquals"
      variable = "events:source"
      values   = [each.value]
    }
  }
}

data "aws_iam_policy_document" "asks_model" {
  source_policy_documents = [data.aws_iam_policy_document.publishes["mangaassist.ai"].json]

  statement {
    actions   = ["bedrock:InvokeModel"]
    resources = [local.model_arn]
  }
}

module "moderation" {
  source = "../modules/function"

  name        = "MangaAssist-Moderation"
  handler     = "moderation"
  environment = { BUS_NAME = aws_cloudwatch_event_bus.mangaassist.name }
  policy      = data.aws_iam_policy_document.publishes["mangaassist.reviews"].json
  invoked_by = {
    rule = {
      principal  = "events.amazonaws.com"
      source_arn = aws_cloudwatch_event_rule.this["ReviewSubmitted"].arn
    }
  }
}

module "suggestion" {
  source = "../modules/function"

  name    = "MangaAssist-Suggestion"
  handler = "suggestion"
  environment = {
    BUS_NAME = aws_cloudwatch_event_bus.mangaassist.name
    MODEL_ID = var.haiku_model_id
  }
  policy = data.aws_iam_policy_document.asks_model.json
  invoked_by = {
    for rule in ["ModerationSuggestion", "AllEvents-Analytics"] : rule => {
      principal  = "events.amazonaws.com"
      source_arn = aws_cloudwatch_event_rule.this[rule].arn
    }
  }
}

module "analytics" {
  source = "../modules/function"

  name    = "MangaAssist-Analytics"
  handler = "analytics"
  environment = {
    BUS_NAME = aws_cloudwatch_event_bus.mangaassist.name
    MODEL_ID = var.haiku_model_id
  }
  policy = data.aws_iam_policy_document.asks_model.json
  invoked_by = {
    rule = {
      principal  = "events.amazonaws.com"
      source_arn = aws_cloudwatch_event_rule.this["AllEvents-Analytics"].arn
    }
  }
}
