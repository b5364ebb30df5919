# A Lambda function with a role of its own, and the permissions of whatever may invoke it.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.100" }
  }
}

variable "name" {
  type = string
}

variable "handler" {
  type        = string
  description = "The file in src/ whose handler it runs."
}

variable "environment" {
  type    = map(string)
  default = {}
}

variable "reserved_concurrent_executions" {
  type    = number
  default = -1
}

variable "policy" {
  type        = string
  description = "What its role allows beside writing logs: a policy document in JSON."
}

variable "invoked_by" {
  type        = map(object({ principal = string, source_arn = string }))
  description = "Who may invoke it, beside event source mappings."
  default     = {}
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  name               = var.name
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_iam_role_policy" "this" {
  name   = "own"
  role   = aws_iam_role.this.id
  policy = var.policy
}

# `npm run build` puts an archive there for each handler.
resource "aws_lambda_function" "this" {
  function_name                  = var.name
  filename                       = "build/${var.handler}.zip"
  handler                        = "${var.handler}.handler"
  runtime                        = "nodejs22.x"
  architectures                  = ["arm64"]
  memory_size                    = 512
  timeout                        = 15
  role                           = aws_iam_role.this.arn
  reserved_concurrent_executions = var.reserved_concurrent_executions

  environment {
    variables = var.environment
  }
}

resource "aws_lambda_permission" "this" {
  for_each = var.invoked_by

  function_name = aws_lambda_function.this.function_name
  action        = "lambda:InvokeFunction"
  principal     = each.value.principal
  source_arn    = each.value.source_arn
}

output "arn" {
  value = aws_lambda_function.this.arn
}

output "invoke_arn" {
  value = aws_lambda_function.this.invoke_arn
}

output "name" {
  value = aws_lambda_function.this.function_name
}
