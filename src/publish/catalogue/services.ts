import { type Node, nodeAt } from '../../json/node.ts';
import { scalarText } from '../../load/cloudformation/values.ts';
import type { CatalogueEntry } from '../../model/catalogue.ts';
import type { Target } from '../../model/route.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { propertyText } from '../inventory.ts';

/** Events that a service publishes on the default bus about what it did. */
export interface ServiceEvents extends CatalogueEntry {
  /** What must hold for it; see `conditions`. */
  readonly only?: Condition;
  /** The IAM actions that lead to an event of a detail-type; of the others any use of the template resource may. */
  readonly after?: Readonly<Record<string, readonly string[]>>;
}

export type Condition = keyof typeof conditions;

/** Conditions under which a service tells anything, in words and as questions to a template resource or a target. */
export const conditions = {
  standard: {
    text: 'Standard workflows only',
    resource: (resource: TemplateResource): boolean =>
      !/^EXPRESS$/i.test(propertyText(resource, 'StateMachineType') ?? propertyText(resource, 'Type') ?? ''),
  },
  notifications: {
    text: 'with EventBridge notifications on',
    resource: ({ attributes }: TemplateResource): boolean => notifies(attributes),
  },
  withEvent: {
    text: 'where the target has WithEvent: true',
    target: ({ parameters }: Target): boolean =>
      scalarText(nodeAt(parameters, 'RedshiftDataParameters', 'WithEvent')) === 'true',
  },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly text: string;
      readonly resource?: (resource: TemplateResource) => boolean;
      readonly target?: (target: Target) => boolean;
    }
  >
>;

/**
 * Which services tell what happened to a target, without anybody asking for it; of S3, where the bucket asks.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/ref/welcome.html
 */
export const serviceEvents: readonly ServiceEvents[] = [
  {
    source: 'aws.states',
    detailTypes: ['Step Functions Execution Status Change'],
    types: ['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine'],
    only: 'standard',
    about: { field: 'stateMachineArn', is: 'arn' },
  },
  {
    source: 'aws.ecs',
    detailTypes: [
      'ECS Task State Change',
      'ECS Container Instance State Change',
      'ECS Service Action',
      'ECS Deployment State Change',
    ],
    types: ['AWS::ECS::Cluster', 'AWS::ECS::TaskDefinition', 'AWS::ECS::Service'],
    arns: ['ecs:'],
  },
  {
    source: 'aws.batch',
    detailTypes: ['Batch Job State Change', 'Batch Job Queue Blocked'],
    types: ['AWS::Batch::*'],
    arns: ['batch:'],
  },
  {
    source: 'aws.codebuild',
    detailTypes: [
      'CodeBuild Build State Change',
      'CodeBuild Build Phase Change',
      'CodeBuild Fleet State Change',
    ],
    types: ['AWS::CodeBuild::Project'],
    arns: ['codebuild:'],
    about: { field: 'project-name', is: 'name' },
  },
  {
    source: 'aws.codepipeline',
    detailTypes: [
      'CodePipeline Pipeline Execution State Change',
      'CodePipeline Stage Execution State Change',
      'CodePipeline Action Execution State Change',
    ],
    types: ['AWS::CodePipeline::Pipeline'],
    arns: ['codepipeline:'],
    about: { field: 'pipeline', is: 'name' },
  },
  {
    source: 'aws.glue',
    detailTypes: [
      'Glue Job State Change',
      'Glue Job Run Status',
      'Glue Crawler State Change',
      'Glue Data Catalog Table State Change',
      'Glue Data Catalog Database State Change',
    ],
    types: ['AWS::Glue::Workflow', 'AWS::Glue::Job', 'AWS::Glue::Crawler'],
    arns: ['glue:'],
  },
  {
    source: 'aws.sagemaker',
    detailTypes: [
      'SageMaker Model Building Pipeline Execution Status Change',
      'SageMaker Model Building Pipeline Execution Step Status Change',
      'SageMaker Training Job State Change',
      'SageMaker Processing Job State Change',
      'SageMaker Transform Job State Change',
    ],
    types: ['AWS::SageMaker::Pipeline'],
    arns: ['sagemaker:pipeline/'],
  },
  {
    source: 'aws.ssm',
    detailTypes: [
      'EC2 Automation Execution Status-change Notification',
      'EC2 Automation Step Status-change Notification',
      'EC2 Command Status-change Notification',
      'EC2 Command Invocation Status-change Notification',
      'OpsItem Create',
      'OpsItem Update',
    ],
    types: ['AWS::SSM::Document'],
    arns: ['ssm:'],
  },
  {
    source: 'aws.redshift-data',
    detailTypes: ['Redshift Data Statement Status Change'],
    types: ['AWS::Redshift::Cluster', 'AWS::RedshiftServerless::Workgroup'],
    arns: ['redshift:', 'redshift-serverless:'],
    only: 'withEvent',
  },
  {
    source: 'aws.ec2',
    detailTypes: ['EC2 Instance State-change Notification', 'EBS Snapshot Notification'],
    types: ['AWS::EC2::Instance'],
    // Rules stop, reboot and terminate instances by targets of EventBridge's own.
    arns: ['events:target/'],
    about: { field: 'instance-id', is: 'name' },
  },
  {
    source: 'aws.s3',
    detailTypes: [
      'Object Created',
      'Object Deleted',
      'Object Restore Initiated',
      'Object Restore Completed',
      'Object Restore Expired',
      'Object Storage Class Changed',
      'Object Access Tier Changed',
      'Object ACL Updated',
      'Object Tags Added',
      'Object Tags Deleted',
    ],
    types: ['AWS::S3::Bucket'],
    only: 'notifications',
    about: { field: 'bucket.name', is: 'name' },
    after: {
      'Object Created': ['s3:PutObject'],
      'Object Deleted': ['s3:DeleteObject'],
      'Object Restore Initiated': ['s3:RestoreObject'],
      'Object Restore Completed': ['s3:RestoreObject'],
      'Object Restore Expired': ['s3:RestoreObject'],
      'Object Storage Class Changed': [],
      'Object Access Tier Changed': [],
      'Object ACL Updated': ['s3:PutObjectAcl'],
      'Object Tags Added': ['s3:PutObjectTagging'],
      'Object Tags Deleted': ['s3:DeleteObjectTagging'],
    },
  },
  {
    source: 'aws.cloudwatch',
    detailTypes: ['CloudWatch Alarm State Change'],
    types: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
    about: { field: 'alarmName', is: 'name' },
  },
  {
    source: 'aws.schemas',
    detailTypes: ['Schema Created', 'Schema Version Created'],
    types: ['AWS::EventSchemas::Registry', 'AWS::EventSchemas::Schema', 'AWS::EventSchemas::Discoverer'],
  },
];

/** Its mere presence turns the events of a bucket on (Amazon S3 User Guide, "Enabling Amazon EventBridge"). */
function notifies(bucket: Node): boolean {
  const configuration = nodeAt(bucket, 'Properties', 'NotificationConfiguration', 'EventBridgeConfiguration');
  return configuration !== undefined && scalarText(nodeAt(configuration, 'EventBridgeEnabled')) !== 'false';
}
