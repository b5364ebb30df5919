import { type Node, textOf } from '../../../json/node.ts';
import { textNode } from '../../cloudformation/values.ts';
import { either, type Source, type Spec, type TerraformKind } from './kind.ts';

/** `state`, or the older `is_enabled`. */
function state(source: Source): Node | undefined {
  const given = source('state');
  if (given && textOf(given) !== '') return given;
  const enabled = source('is_enabled');
  return enabled?.kind === 'boolean'
    ? textNode(enabled.value ? 'ENABLED' : 'DISABLED', enabled.span)
    : enabled;
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_event_rule */
export const eventRule: TerraformKind = {
  type: 'aws_cloudwatch_event_rule',
  as: 'AWS::Events::Rule',
  properties: {
    Name: 'name',
    Description: 'description',
    EventBusName: 'event_bus_name',
    EventPattern: either('event_pattern'),
    ScheduleExpression: either('schedule_expression'),
    State: state,
    RoleArn: 'role_arn',
  },
};

/** What a target is given in place of the event, how often it is tried, and where it ends. */
const delivered = {
  Input: 'input',
  InputPath: 'input_path',
  InputTransformer: {
    in: 'input_transformer',
    of: { InputPathsMap: 'input_paths', InputTemplate: 'input_template' },
  },
  DeadLetterConfig: { in: 'dead_letter_config', of: { Arn: 'arn' } },
  RetryPolicy: {
    in: 'retry_policy',
    of: {
      MaximumRetryAttempts: 'maximum_retry_attempts',
      MaximumEventAgeInSeconds: either('maximum_event_age_in_seconds'),
    },
  },
} satisfies Record<string, Spec>;

/** Joined to its rule. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_event_target */
export const eventTarget: TerraformKind = {
  type: 'aws_cloudwatch_event_target',
  as: 'Terraform::EventTarget',
  properties: {
    Id: 'target_id',
    Arn: 'arn',
    RoleArn: 'role_arn',
    ...delivered,
    EcsParameters: {
      in: 'ecs_target',
      of: { TaskDefinitionArn: 'task_definition_arn', TaskCount: 'task_count', LaunchType: 'launch_type' },
    },
    BatchParameters: {
      in: 'batch_target',
      of: { JobDefinition: 'job_definition', JobName: 'job_name' },
    },
    SqsParameters: { in: 'sqs_target', of: { MessageGroupId: 'message_group_id' } },
    KinesisParameters: { in: 'kinesis_target', of: { PartitionKeyPath: 'partition_key_path' } },
    HttpParameters: {
      in: 'http_target',
      of: {
        PathParameterValues: 'path_parameter_values',
        HeaderParameters: 'header_parameters',
        QueryStringParameters: 'query_string_parameters',
      },
    },
  },
};

export const eventBus: TerraformKind = {
  type: 'aws_cloudwatch_event_bus',
  as: 'AWS::Events::EventBus',
  properties: {
    Name: 'name',
    EventSourceName: 'event_source_name',
    KmsKeyIdentifier: 'kms_key_identifier',
    DeadLetterConfig: { in: 'dead_letter_config', of: { Arn: 'arn' } },
  },
};

export const eventBusPolicy: TerraformKind = {
  type: 'aws_cloudwatch_event_bus_policy',
  as: 'AWS::Events::EventBusPolicy',
  properties: { EventBusName: 'event_bus_name', Policy: 'policy' },
};

export const eventPermission: TerraformKind = {
  type: 'aws_cloudwatch_event_permission',
  as: 'AWS::Events::EventBusPolicy',
  properties: {
    EventBusName: 'event_bus_name',
    StatementId: 'statement_id',
    Action: 'action',
    Principal: 'principal',
    Condition: { in: 'condition', of: { Type: 'type', Key: 'key', Value: 'value' } },
  },
};

export const eventArchive: TerraformKind = {
  type: 'aws_cloudwatch_event_archive',
  as: 'AWS::Events::Archive',
  properties: {
    ArchiveName: 'name',
    SourceArn: 'event_source_arn',
    EventPattern: either('event_pattern'),
    RetentionDays: 'retention_days',
  },
};

export const apiDestination: TerraformKind = {
  type: 'aws_cloudwatch_event_api_destination',
  as: 'AWS::Events::ApiDestination',
  properties: {
    Name: 'name',
    ConnectionArn: 'connection_arn',
    HttpMethod: 'http_method',
    InvocationEndpoint: 'invocation_endpoint',
    InvocationRateLimitPerSecond: 'invocation_rate_limit_per_second',
  },
};

/** What it authorises with is of no use here, and secret: it is not read. */
export const connection: TerraformKind = {
  type: 'aws_cloudwatch_event_connection',
  as: 'AWS::Events::Connection',
  properties: { Name: 'name', AuthorizationType: 'authorization_type' },
};

export const endpoint: TerraformKind = {
  type: 'aws_cloudwatch_event_endpoint',
  as: 'AWS::Events::Endpoint',
  properties: {
    Name: 'name',
    RoleArn: 'role_arn',
    EventBuses: { list: 'event_bus', of: { EventBusArn: 'event_bus_arn' } },
    ReplicationConfig: { in: 'replication_config', of: { State: 'state' } },
  },
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/pipes_pipe */
export const pipe: TerraformKind = {
  type: 'aws_pipes_pipe',
  as: 'AWS::Pipes::Pipe',
  properties: {
    Name: 'name',
    Source: 'source',
    Target: 'target',
    RoleArn: 'role_arn',
    Enrichment: either('enrichment'),
    DesiredState: 'desired_state',
    SourceParameters: {
      in: 'source_parameters',
      of: {
        FilterCriteria: {
          in: 'filter_criteria',
          of: { Filters: { list: 'filter', of: { Pattern: 'pattern' } } },
        },
      },
    },
    TargetParameters: {
      in: 'target_parameters',
      of: {
        InputTemplate: either('input_template'),
        EventBridgeEventBusParameters: {
          in: 'eventbridge_event_bus_parameters',
          of: {
            Source: either('source'),
            DetailType: either('detail_type'),
            Resources: 'resources',
            Time: either('time'),
            EndpointId: either('endpoint_id'),
          },
        },
        EcsTaskParameters: { in: 'ecs_task_parameters', of: { TaskDefinitionArn: 'task_definition_arn' } },
      },
    },
  },
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/scheduler_schedule */
export const schedule: TerraformKind = {
  type: 'aws_scheduler_schedule',
  as: 'AWS::Scheduler::Schedule',
  properties: {
    Name: 'name',
    ScheduleExpression: 'schedule_expression',
    State: 'state',
    Target: {
      in: 'target',
      of: {
        Arn: 'arn',
        RoleArn: 'role_arn',
        Input: 'input',
        DeadLetterConfig: delivered.DeadLetterConfig,
        RetryPolicy: delivered.RetryPolicy,
        EcsParameters: { in: 'ecs_parameters', of: { TaskDefinitionArn: 'task_definition_arn' } },
        EventBridgeParameters: {
          in: 'eventbridge_parameters',
          of: { DetailType: 'detail_type', Source: 'source' },
        },
      },
    },
  },
};

export const schemasDiscoverer: TerraformKind = {
  type: 'aws_schemas_discoverer',
  as: 'AWS::EventSchemas::Discoverer',
  properties: { SourceArn: 'source_arn' },
};

export const schemasRegistry: TerraformKind = {
  type: 'aws_schemas_registry',
  as: 'AWS::EventSchemas::Registry',
  properties: { RegistryName: 'name' },
};

/** Turns the events of a bucket on by standing there; joined to its bucket. */
export const bucketNotification: TerraformKind = {
  type: 'aws_s3_bucket_notification',
  as: 'Terraform::BucketNotification',
  properties: {
    EventBridgeConfiguration: (source) => {
      const node = source('eventbridge');
      if (!node || (node.kind === 'boolean' && !node.value)) return undefined;
      const value = node.kind === 'boolean' ? textNode('true', node.span) : node;
      return {
        kind: 'object',
        span: node.span,
        members: [{ key: 'EventBridgeEnabled', keySpan: node.span, value }],
      };
    },
    LambdaConfigurations: notified('lambda_function', { Function: 'lambda_function_arn' }),
    QueueConfigurations: notified('queue', { Queue: 'queue_arn' }),
    TopicConfigurations: notified('topic', { Topic: 'topic_arn' }),
  },
};

function notified(list: string, to: Readonly<Record<string, string>>): Spec {
  return {
    list,
    of: {
      ...to,
      Event: 'events.0',
      Filter: either('filter_prefix', 'filter_suffix'),
    },
  };
}

export const s3Bucket: TerraformKind = {
  type: 'aws_s3_bucket',
  as: 'AWS::S3::Bucket',
  properties: { BucketName: 'bucket' },
  refers: { bucket: 'name' },
};

export const eventKinds: readonly TerraformKind[] = [
  eventRule,
  eventTarget,
  eventBus,
  eventBusPolicy,
  eventPermission,
  eventArchive,
  apiDestination,
  connection,
  endpoint,
  pipe,
  schedule,
  schemasDiscoverer,
  schemasRegistry,
  bucketNotification,
  s3Bucket,
];
