variable "pager_duty_url" {
  type        = string
  description = "Where people are called when the circuit breaker trips; empty for nobody."
  default     = ""
}

locals {
  broken = ["AllEvents-Analytics", "ModerationSuggestion", "ReviewSubmitted"]
}

resource "aws_cloudwatch_metric_alarm" "model_invocations" {
  alarm_name          = "MangaAssist-ModelInvocations"
  alarm_description   = "More calls of the model in five minutes than any ordinary day has."
  namespace           = "AWS/Bedrock"
  metric_name         = "Invocations"
  dimensions          = { ModelId = var.haiku_model_id }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 10000
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.circuit_breaker.arn]
}

resource "aws_sns_topic" "circuit_breaker" {
  name = "MangaAssist-CircuitBreaker"
}

resource "aws_sns_topic_subscription" "rule_disabler" {
  topic_arn = aws_sns_topic.circuit_breaker.arn
  protocol  = "lambda"
  endpoint  = module.rule_disabler.arn
}

resource "aws_sns_topic_subscription" "pager_duty" {
  count = var.pager_duty_url == "" ? 0 : 1

  topic_arn = aws_sns_topic.circuit_breaker.arn
  protocol  = "https"
  endpoint  = var.pager_duty_url
}

module "rule_disabler" {
  source = "../modules/function"

  name                           = "MangaAssist-RuleDisabler"
  handler                        = "rule-disabler"
  reserved_concurrent_executions = 1 # it must run when the loop has taken all the rest
  environment = {
    RULE_NAMES = join(",", [for rule in local.broken : aws_cloudwatch_event_rule.this[rule].name])
  }
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "events:DisableRule"
      Resource = [for rule in local.broken : aws_cloudwatch_event_rule.this[rule].arn]
    }]
  })
  invoked_by = {
    topic = {
      principal  = "sns.amazonaws.com"
      source_arn = aws_sns_topic.circuit_breaker.arn
    }
  }
}
