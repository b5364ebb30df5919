resource "aws_apigatewayv2_api" "chat" {
  name                       = "MangaAssist-Chat"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_apigatewayv2_integration" "chat" {
  api_id           = aws_apigatewayv2_api.chat.id
  integration_type = "AWS_PROXY"
  integration_uri  = module.chat.invoke_arn
}

resource "aws_apigatewayv2_route" "chat" {
  for_each = toset(["$default", "$disconnect"])

  api_id    = aws_apigatewayv2_api.chat.id
  route_key = each.value
  target    = "integrations/${aws_apigatewayv2_integration.chat.id}"
}

resource "aws_apigatewayv2_stage" "chat" {
  api_id      = aws_apigatewayv2_api.chat.id
  name        = "live"
  auto_deploy = true
}

module "chat" {
  source = "../modules/function"

  name                           = "MangaAssist-Chat"
  handler                        = "chat"
  reserved_concurrent_executions = 200
  environment                    = { BUS_NAME = aws_cloudwatch_event_bus.mangaassist.name }
  policy                         = data.aws_iam_policy_document.publishes["mangaassist.chat"].json
  invoked_by = {
    api = {
      principal  = "apigateway.amazonaws.com"
      source_arn = "${aws_apigatewayv2_api.chat.execution_arn}/*"
    }
  }
}
