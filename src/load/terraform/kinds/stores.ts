import { textOf } from '../../../json/node.ts';
import { either, type TerraformKind } from './kind.ts';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sqs_queue */
export const queue: TerraformKind = {
  type: 'aws_sqs_queue',
  as: 'AWS::SQS::Queue',
  properties: {
    QueueName: 'name',
    RedrivePolicy: either('redrive_policy'),
    VisibilityTimeout: 'visibility_timeout_seconds',
    MessageRetentionPeriod: 'message_retention_seconds',
    MaximumMessageSize: 'max_message_size',
    FifoQueue: 'fifo_queue',
  },
  refers: {
    url: ({ name, environment: { region, account, urlSuffix } }) =>
      `https://sqs.${region}.${urlSuffix}/${account}/${name}`,
  },
};

/** Joined to its queue. */
export const queueRedrive: TerraformKind = {
  type: 'aws_sqs_queue_redrive_policy',
  as: 'Terraform::QueueRedrivePolicy',
  properties: { RedrivePolicy: 'redrive_policy' },
};

export const queuePolicy: TerraformKind = {
  type: 'aws_sqs_queue_policy',
  as: 'AWS::SQS::QueuePolicy',
  properties: { Queues: one('queue_url'), PolicyDocument: 'policy' },
};

export const topic: TerraformKind = {
  type: 'aws_sns_topic',
  as: 'AWS::SNS::Topic',
  properties: { TopicName: 'name', FifoTopic: 'fifo_topic' },
};

export const topicPolicy: TerraformKind = {
  type: 'aws_sns_topic_policy',
  as: 'AWS::SNS::TopicPolicy',
  properties: { Topics: one('arn'), PolicyDocument: 'policy' },
};

export const topicSubscription: TerraformKind = {
  type: 'aws_sns_topic_subscription',
  as: 'AWS::SNS::Subscription',
  properties: {
    TopicArn: 'topic_arn',
    Protocol: 'protocol',
    Endpoint: 'endpoint',
    FilterPolicy: either('filter_policy'),
    FilterPolicyScope: either('filter_policy_scope'),
    RawMessageDelivery: 'raw_message_delivery',
    RedrivePolicy: either('redrive_policy'),
  },
};

export const table: TerraformKind = {
  type: 'aws_dynamodb_table',
  as: 'AWS::DynamoDB::Table',
  properties: { TableName: 'name' },
  refers: { stream_arn: ({ arn, unknown }) => `${arn}/stream/${unknown('StreamArn')}` },
};

/** Joined to its table. */
export const tableStreaming: TerraformKind = {
  type: 'aws_dynamodb_kinesis_streaming_destination',
  as: 'Terraform::TableStreaming',
  properties: { KinesisStreamSpecification: { of: { StreamArn: 'stream_arn' } } },
};

export const stream: TerraformKind = {
  type: 'aws_kinesis_stream',
  as: 'AWS::Kinesis::Stream',
  properties: { Name: 'name' },
  refers: { id: 'arn' },
};

export const streamConsumer: TerraformKind = {
  type: 'aws_kinesis_stream_consumer',
  as: 'AWS::Kinesis::StreamConsumer',
  properties: { StreamARN: 'stream_arn', ConsumerName: 'name' },
};

export const firehose: TerraformKind = {
  type: 'aws_kinesis_firehose_delivery_stream',
  as: 'AWS::KinesisFirehose::DeliveryStream',
  properties: {
    DeliveryStreamName: 'name',
    ExtendedS3DestinationConfiguration: { in: 'extended_s3_configuration', of: { BucketARN: 'bucket_arn' } },
    KinesisStreamSourceConfiguration: {
      in: 'kinesis_source_configuration',
      of: { KinesisStreamARN: 'kinesis_stream_arn' },
    },
  },
  refers: { id: 'arn' },
};

export const logGroup: TerraformKind = {
  type: 'aws_cloudwatch_log_group',
  as: 'AWS::Logs::LogGroup',
  properties: { LogGroupName: 'name' },
};

export const logSubscription: TerraformKind = {
  type: 'aws_cloudwatch_log_subscription_filter',
  as: 'AWS::Logs::SubscriptionFilter',
  properties: {
    LogGroupName: 'log_group_name',
    DestinationArn: 'destination_arn',
    FilterPattern: 'filter_pattern',
  },
};

/** A parameter of the Parameter Store; what is secret in it is not read. */
export const parameter: TerraformKind = {
  type: 'aws_ssm_parameter',
  as: 'AWS::SSM::Parameter',
  properties: {
    Name: 'name',
    Value: (source) =>
      textOf(source('type')) === 'SecureString' ? undefined : (source('insecure_value') ?? source('value')),
  },
};

export const alarm: TerraformKind = {
  type: 'aws_cloudwatch_metric_alarm',
  as: 'AWS::CloudWatch::Alarm',
  properties: { AlarmName: 'alarm_name' },
};

function one(path: string): TerraformKind['properties'][string] {
  return (source) => {
    const node = source(path);
    return node && { kind: 'array', items: [node], span: node.span };
  };
}

export const storeKinds: readonly TerraformKind[] = [
  queue,
  queueRedrive,
  queuePolicy,
  topic,
  topicPolicy,
  topicSubscription,
  table,
  tableStreaming,
  stream,
  streamConsumer,
  firehose,
  logGroup,
  logSubscription,
  parameter,
  alarm,
];
