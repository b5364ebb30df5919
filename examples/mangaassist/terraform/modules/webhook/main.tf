# A webhook: its receiver checks the signature and puts the message into a queue, its processor publishes the event.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.100" }
  }
}

variable "sender" {
  type        = string
  description = "Who sends: review, stripe, catalog."
}

variable "source_name" {
  type        = string
  description = "The source of the events that the processor publishes."
}

variable "bus" {
  type        = object({ name = string, arn = string })
  description = "The bus it publishes on."
}

variable "batch_size" {
  type    = number
  default = 10
}

variable "receivers" {
  type    = number
  default = 10
}

variable "processors" {
  type    = number
  default = 20
}

resource "aws_sqs_queue" "messages" {
  name                       = "MangaAssist-${title(var.sender)}-Webhooks"
  visibility_timeout_seconds = 90 # six times the processor's timeout
}

resource "aws_sqs_queue" "dead" {
  name                      = "MangaAssist-${title(var.sender)}-Webhooks-DLQ"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue_redrive_policy" "messages" {
  queue_url = aws_sqs_queue.messages.id
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 5
  })
}

module "receiver" {
  source = "../function"

  name                           = "${var.sender}-webhook-receiver"
  handler                        = "${var.sender}-webhook-receiver"
  reserved_concurrent_executions = var.receivers

  environment = {
    QUEUE_URL   = aws_sqs_queue.messages.url
    SECRET_NAME = "MangaAssist/Webhooks"
  }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.messages.arn },
    ]
  })
}

# The sender signs instead.
resource "aws_lambda_function_url" "receiver" {
  function_name      = module.receiver.name
  authorization_type = "NONE"
}

module "processor" {
  source = "../function"

  name                           = "${var.sender}-processor"
  handler                        = "${var.sender}-processor"
  reserved_concurrent_executions = var.processors
  environment                    = { BUS_NAME = var.bus.name }
  policy                         = data.aws_iam_policy_document.processor.json
}

data "aws_iam_policy_document" "processor" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.messages.arn]
  }

  statement {
    actions   = ["events:PutEvents"]
    resources = [var.bus.arn]
    condition {
      test     = "StringEquals"
      variable = "events:source"
      values   = [var.source_name]
    }
  }
}

resource "aws_lambda_event_source_mapping" "processor" {
  event_source_arn        = aws_sqs_queue.messages.arn
  function_name           = module.processor.arn
  batch_size              = var.batch_size
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.processors
  }
}

output "url" {
  value = aws_lambda_function_url.receiver.function_url
}
