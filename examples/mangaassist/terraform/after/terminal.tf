# Where the models' own events end.

module "ai_analytics_terminal" {
  source = "../modules/function"

  name        = "MangaAssist-AiAnalyticsTerminal"
  handler     = "ai-analytics-terminal"
  environment = { STREAM_NAME = aws_kinesis_firehose_delivery_stream.ai_analytics.name }
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "firehose:PutRecord", Resource = aws_kinesis_firehose_delivery_stream.ai_analytics.arn },
    ]
  })
  invoked_by = {
    rule = {
      principal  = "events.amazonaws.com"
      source_arn = aws_cloudwatch_event_rule.this["AI-Analytics-Terminal"].arn
    }
  }
}

resource "aws_kinesis_firehose_delivery_stream" "ai_analytics" {
  name        = "MangaAssist-AiAnalytics"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn         = aws_s3_bucket.ai_analytics.arn
    role_arn           = aws_iam_role.ai_analytics_stream.arn
    buffering_interval = 300
    buffering_size     = 16
    compression_format = "GZIP"
  }
}

resource "aws_iam_role" "ai_analytics_stream" {
  name = "MangaAssist-AiAnalyticsStream"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "firehose.amazonaws.com" }, Action = "sts:AssumeRole" },
    ]
  })
}

resource "aws_iam_role_policy" "ai_analytics_stream" {
  name = "write-objects"
  role = aws_iam_role.ai_analytics_stream.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "s3:AbortMultipartUpload",
        "s3:GetBucketLocation",
        "s3:ListBucket",
        "s3:ListBucketMultipartUploads",
        "s3:PutObject",
      ]
      Resource = [aws_s3_bucket.ai_analytics.arn, "${aws_s3_bucket.ai_analytics.arn}/*"]
    }]
  })
}

resource "aws_s3_bucket" "ai_analytics" {
  bucket_prefix = "mangaassist-ai-analytics-"
}

resource "aws_s3_bucket_public_access_block" "ai_analytics" {
  bucket                  = aws_s3_bucket.ai_analytics.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
