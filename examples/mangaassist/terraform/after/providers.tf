terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.100" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

variable "haiku_model_id" {
  type    = string
  default = "anthropic.claude-3-haiku-20240307-v1:0"
}

locals {
  model_arn = "arn:aws:bedrock:eu-west-1::foundation-model/${var.haiku_model_id}"
}
