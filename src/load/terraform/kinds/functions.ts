import { either, type TerraformKind } from './kind.ts';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function */
export const lambdaFunction: TerraformKind = {
  type: 'aws_lambda_function',
  as: 'AWS::Lambda::Function',
  properties: {
    FunctionName: 'function_name',
    Handler: 'handler',
    Runtime: 'runtime',
    Role: 'role',
    Timeout: 'timeout',
    ReservedConcurrentExecutions: 'reserved_concurrent_executions',
    Layers: 'layers',
    DeadLetterConfig: { in: 'dead_letter_config', of: { TargetArn: 'target_arn' } },
    Environment: { in: 'environment', of: { Variables: 'variables' } },
  },
  refers: {
    qualified_arn: ({ arn, unknown }) => `${arn}:${unknown('Version')}`,
    invoke_arn: ({ arn, environment: { partition, region } }) =>
      `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
  },
};

/** Its ARN is the function's with its name behind. */
export const lambdaAlias: TerraformKind = {
  type: 'aws_lambda_alias',
  as: 'AWS::Lambda::Alias',
  properties: { FunctionName: 'function_name', Name: 'name' },
};

export const lambdaPermission: TerraformKind = {
  type: 'aws_lambda_permission',
  as: 'AWS::Lambda::Permission',
  properties: {
    FunctionName: 'function_name',
    Action: 'action',
    Principal: 'principal',
    SourceArn: 'source_arn',
    SourceAccount: 'source_account',
  },
};

export const eventSourceMapping: TerraformKind = {
  type: 'aws_lambda_event_source_mapping',
  as: 'AWS::Lambda::EventSourceMapping',
  properties: {
    FunctionName: 'function_name',
    EventSourceArn: 'event_source_arn',
    Enabled: 'enabled',
    BatchSize: 'batch_size',
    FilterCriteria: {
      in: 'filter_criteria',
      of: { Filters: { list: 'filter', of: { Pattern: 'pattern' } } },
    },
    DestinationConfig: {
      in: 'destination_config',
      of: { OnFailure: { in: 'on_failure', of: { Destination: 'destination_arn' } } },
    },
  },
};

export const eventInvokeConfig: TerraformKind = {
  type: 'aws_lambda_function_event_invoke_config',
  as: 'AWS::Lambda::EventInvokeConfig',
  properties: {
    FunctionName: 'function_name',
    Qualifier: 'qualifier',
    MaximumRetryAttempts: 'maximum_retry_attempts',
    MaximumEventAgeInSeconds: 'maximum_event_age_in_seconds',
    DestinationConfig: {
      in: 'destination_config',
      of: {
        OnSuccess: { in: 'on_success', of: { Destination: 'destination' } },
        OnFailure: { in: 'on_failure', of: { Destination: 'destination' } },
      },
    },
  },
};

/** A layer's folder is that of the archive it is made of. */
export const lambdaLayer: TerraformKind = {
  type: 'aws_lambda_layer_version',
  as: 'AWS::Lambda::LayerVersion',
  properties: { LayerName: 'layer_name' },
};

export const stateMachine: TerraformKind = {
  type: 'aws_sfn_state_machine',
  as: 'AWS::StepFunctions::StateMachine',
  properties: {
    StateMachineName: 'name',
    DefinitionString: 'definition',
    RoleArn: 'role_arn',
    StateMachineType: 'type',
  },
  refers: { id: 'arn' },
};

export const stateMachineAlias: TerraformKind = {
  type: 'aws_sfn_alias',
  as: 'AWS::StepFunctions::StateMachineAlias',
  properties: {
    RoutingConfiguration: {
      list: 'routing_configuration',
      of: { StateMachineVersionArn: 'state_machine_version_arn' },
    },
  },
};

export const taskDefinition: TerraformKind = {
  type: 'aws_ecs_task_definition',
  as: 'AWS::ECS::TaskDefinition',
  properties: { Family: 'family', TaskRoleArn: 'task_role_arn', ExecutionRoleArn: 'execution_role_arn' },
};

export const ecsCluster: TerraformKind = {
  type: 'aws_ecs_cluster',
  as: 'AWS::ECS::Cluster',
  properties: { ClusterName: 'name' },
};

export const ecsService: TerraformKind = {
  type: 'aws_ecs_service',
  as: 'AWS::ECS::Service',
  properties: { ServiceName: 'name', TaskDefinition: 'task_definition', Cluster: 'cluster' },
};

export const batchJobDefinition: TerraformKind = {
  type: 'aws_batch_job_definition',
  as: 'AWS::Batch::JobDefinition',
  properties: { JobDefinitionName: 'name', ContainerProperties: 'container_properties' },
};

export const batchJobQueue: TerraformKind = {
  type: 'aws_batch_job_queue',
  as: 'AWS::Batch::JobQueue',
  properties: { JobQueueName: 'name' },
};

export const buildProject: TerraformKind = {
  type: 'aws_codebuild_project',
  as: 'AWS::CodeBuild::Project',
  properties: { Name: 'name', ServiceRole: 'service_role' },
};

export const pipeline: TerraformKind = {
  type: 'aws_codepipeline',
  as: 'AWS::CodePipeline::Pipeline',
  properties: { Name: 'name', RoleArn: 'role_arn' },
};

export const glueJob: TerraformKind = {
  type: 'aws_glue_job',
  as: 'AWS::Glue::Job',
  properties: { Name: 'name', Role: 'role_arn' },
};

export const functionKinds: readonly TerraformKind[] = [
  lambdaFunction,
  lambdaAlias,
  lambdaPermission,
  eventSourceMapping,
  eventInvokeConfig,
  lambdaLayer,
  stateMachine,
  stateMachineAlias,
  taskDefinition,
  ecsCluster,
  ecsService,
  batchJobDefinition,
  batchJobQueue,
  buildProject,
  pipeline,
  glueJob,
  { type: 'aws_glue_crawler', as: 'AWS::Glue::Crawler', properties: { Name: 'name', Role: 'role' } },
  { type: 'aws_glue_workflow', as: 'AWS::Glue::Workflow', properties: { Name: 'name' } },
  { type: 'aws_ssm_document', as: 'AWS::SSM::Document', properties: { Name: 'name' } },
  {
    type: 'aws_sagemaker_pipeline',
    as: 'AWS::SageMaker::Pipeline',
    properties: { PipelineName: 'pipeline_name' },
  },
  { type: 'aws_instance', as: 'AWS::EC2::Instance', properties: { ImageId: either('ami') } },
];
