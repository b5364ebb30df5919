import { describe, expect, it } from 'vitest';
import { load } from './support/loading.ts';

/** A bus in Terraform, whose name and ARN the Parameter Store has. */
const infrastructure = `
provider "aws" {
  region = "eu-west-1"
}
resource "aws_cloudwatch_event_bus" "orders" {
  name = "shop-orders"
}
resource "aws_ssm_parameter" "bus" {
  name  = "/shop/bus"
  type  = "String"
  value = aws_cloudwatch_event_bus.orders.arn
}
data "aws_cloudformation_export" "queue" {
  name = "shop-queue"
}
resource "aws_cloudwatch_event_rule" "all" {
  name           = "all"
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  event_pattern  = jsonencode({ source = ["shop.orders"] })
}
resource "aws_cloudwatch_event_target" "all" {
  rule           = aws_cloudwatch_event_rule.all.name
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  arn            = data.aws_cloudformation_export.queue.value
}
`;

const sam = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Bus: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /shop/bus}
Resources:
  Queue: {Type: AWS::SQS::Queue}
  Audit:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        ByPath: {Type: EventBridgeRule, Properties: {EventBusName: !Ref Bus, Pattern: {source: [a]}}}
        ByReference: {Type: EventBridgeRule, Properties: {EventBusName: '{{resolve:ssm:/shop/bus}}', Pattern: {source: [b]}}}
        ByName: {Type: EventBridgeRule, Properties: {EventBusName: shop-orders, Pattern: {source: [c]}}}
Outputs:
  Queue: {Value: !GetAtt Queue.Arn, Export: {Name: shop-queue}}
`;

const serverless = `service: mail
provider: {name: aws}
functions:
  mail:
    handler: mail.send
    events: [{eventBridge: {eventBus: "\${ssm:/shop/bus}", pattern: {source: [d]}}}]
`;

/** Another root module, that only adds a target to a rule of the first. */
const other = `
data "aws_ssm_parameter" "bus" {
  name = "/shop/bus"
}
resource "aws_sns_topic" "alerts" {
  name = "alerts"
}
resource "aws_cloudwatch_event_target" "alerts" {
  rule           = "all"
  event_bus_name = "shop-orders"
  arn            = aws_sns_topic.alerts.arn
}
resource "aws_cloudwatch_event_rule" "mine" {
  name           = "mine"
  event_bus_name = data.aws_ssm_parameter.bus.value
  event_pattern  = jsonencode({ source = ["e"] })
}
`;

describe('several sources at once', () => {
  const loaded = load({
    'infra/main.tf': infrastructure,
    'sam/template.yaml': sam,
    'mail/serverless.yml': serverless,
    'alerts/main.tf': other,
  });

  it('make one topology, joined by name, by path in the Parameter Store and by export', () => {
    expect(loaded.buses.map(({ id, declared }) => ({ id, declared }))).toEqual([
      { id: 'default', declared: true },
      { id: 'shop-orders', declared: true },
    ]);
    expect(loaded.lines).toEqual([
      'rule AuditByPath: bus shop-orders -> function Audit',
      'rule AuditByReference: bus shop-orders -> function Audit',
      'rule AuditByName: bus shop-orders -> function Audit',
      'rule MailLambdaFunctionEvent1: bus shop-orders -> function MailLambdaFunction',
      'rule all: bus shop-orders -> queue Queue, topic aws_sns_topic.alerts',
      'rule mine: bus shop-orders -> nothing',
    ]);
  });
});

/** The same names in two Regions: what goes from one to the other does not come back. */
const regions = `
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
resource "aws_cloudwatch_event_bus" "here" {
  name = "orders"
}
resource "aws_cloudwatch_event_bus" "there" {
  provider = aws.west
  name     = "orders"
}
resource "aws_cloudwatch_event_rule" "copy" {
  name           = "copy"
  event_bus_name = aws_cloudwatch_event_bus.here.name
  event_pattern  = jsonencode({ source = ["shop.orders"] })
}
resource "aws_cloudwatch_event_target" "copy" {
  rule           = aws_cloudwatch_event_rule.copy.name
  event_bus_name = aws_cloudwatch_event_bus.here.name
  arn            = aws_cloudwatch_event_bus.there.arn
}
resource "aws_cloudwatch_event_rule" "kept" {
  provider       = aws.west
  name           = "kept"
  event_bus_name = aws_cloudwatch_event_bus.there.name
  event_pattern  = jsonencode({ source = ["shop.orders"] })
}
resource "aws_cloudwatch_event_target" "kept" {
  provider       = aws.west
  rule           = aws_cloudwatch_event_rule.kept.name
  event_bus_name = aws_cloudwatch_event_bus.there.name
  arn            = aws_sqs_queue.kept.arn
}
resource "aws_sqs_queue" "kept" {
  provider = aws.west
  name     = "kept"
}
`;

describe('one name in two Regions', () => {
  it('is two buses', () => {
    const { lines, buses } = load({ 'main.tf': regions });
    const there = '${AWS::AccountId}/us-west-2/orders';
    expect(lines).toEqual([
      `rule copy: bus orders -> bus ${there}`,
      `rule kept: bus ${there} -> queue aws_sqs_queue.kept`,
    ]);
    expect(buses.filter(({ declared }) => declared)).toHaveLength(3);
  });

  it('is the home of templates that do not say where they go', () => {
    const template = `Resources:
  R:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [a]}
      Targets:
        - {Id: a, Arn: !Sub 'arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/default'}
        - {Id: b, Arn: arn:aws:events:us-west-2:111122223333:event-bus/orders}
`;
    const { lines } = load({ 'main.tf': regions, 'template.yaml': template });
    expect(lines[0]).toBe('rule R: bus default -> bus default, bus 111122223333/us-west-2/orders');
  });
});
