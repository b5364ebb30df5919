import { type Node, nodeAt } from '../../json/node.ts';
import { scalarText } from '../../load/cloudformation/values.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { propertyText } from '../inventory.ts';

/** Events that a service publishes on the default bus about what it did. */
export interface ServiceEvents {
  readonly source: string;
  readonly detailTypes: readonly string[];
  /** The types of template resources whose work leads to them. */
  readonly types: RegExp;
  /** What must hold of the template resource. */
  readonly when?: (resource: TemplateResource) => boolean;
  /** The path in `detail` of the name or ARN of the template resource. */
  readonly about?: { readonly path: string; readonly is: 'name' | 'arn' };
}

/**
 * Which services tell what happened to a target, without anybody asking for it; of S3, where the bucket asks.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/ref/welcome.html
 */
export const serviceEvents: readonly ServiceEvents[] = [
  {
    source: 'aws.states',
    detailTypes: ['Step Functions Execution Status Change'],
    types: /^AWS::(?:StepFunctions|Serverless)::StateMachine$/,
    when: (resource) =>
      !/^EXPRESS$/i.test(propertyText(resource, 'StateMachineType') ?? propertyText(resource, 'Type') ?? ''),
    about: { path: 'stateMachineArn', is: 'arn' },
  },
  {
    source: 'aws.ecs',
    detailTypes: [
      'ECS Task State Change',
      'ECS Container Instance State Change',
      'ECS Service Action',
      'ECS Deployment State Change',
    ],
    types: /^AWS::ECS::(?:Cluster|TaskDefinition|Service)$/,
  },
  {
    source: 'aws.batch',
    detailTypes: ['Batch Job State Change', 'Batch Job Queue Blocked'],
    types: /^AWS::Batch::/,
  },
  {
    source: 'aws.codebuild',
    detailTypes: ['CodeBuild Build State Change', 'CodeBuild Build Phase Change'],
    types: /^AWS::CodeBuild::Project$/,
    about: { path: 'project-name', is: 'name' },
  },
  {
    source: 'aws.codepipeline',
    detailTypes: [
      'CodePipeline Pipeline Execution State Change',
      'CodePipeline Stage Execution State Change',
      'CodePipeline Action Execution State Change',
    ],
    types: /^AWS::CodePipeline::Pipeline$/,
    about: { path: 'pipeline', is: 'name' },
  },
  {
    source: 'aws.glue',
    detailTypes: [
      'Glue Job State Change',
      'Glue Job Run Status',
      'Glue Crawler State Change',
      'Glue Data Catalog Table State Change',
    ],
    types: /^AWS::Glue::(?:Workflow|Job|Crawler)$/,
  },
  {
    source: 'aws.sagemaker',
    detailTypes: [
      'SageMaker Model Building Pipeline Execution Status Change',
      'SageMaker Model Building Pipeline Execution Step Status Change',
    ],
    types: /^AWS::SageMaker::Pipeline$/,
  },
  {
    source: 'aws.ssm',
    detailTypes: [
      'EC2 Automation Execution Status-change Notification',
      'EC2 Automation Step Status-change Notification',
      'EC2 Command Status-change Notification',
    ],
    types: /^AWS::SSM::Document$/,
  },
  {
    source: 'aws.ec2',
    detailTypes: ['EC2 Instance State-change Notification'],
    types: /^AWS::EC2::Instance$/,
    about: { path: 'instance-id', is: 'name' },
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
    types: /^AWS::S3::Bucket$/,
    when: ({ attributes }) => notifies(attributes),
    about: { path: 'bucket.name', is: 'name' },
  },
  {
    source: 'aws.cloudwatch',
    detailTypes: ['CloudWatch Alarm State Change'],
    types: /^AWS::CloudWatch::(?:Composite)?Alarm$/,
    about: { path: 'alarmName', is: 'name' },
  },
  {
    source: 'aws.schemas',
    detailTypes: ['Schema Created', 'Schema Version Created'],
    types: /^AWS::EventSchemas::(?:Registry|Discoverer)$/,
  },
];

/** Its mere presence turns the events of a bucket on (Amazon S3 User Guide, "Enabling Amazon EventBridge"). */
function notifies(bucket: Node): boolean {
  const configuration = nodeAt(bucket, 'Properties', 'NotificationConfiguration', 'EventBridgeConfiguration');
  return configuration !== undefined && scalarText(nodeAt(configuration, 'EventBridgeEnabled')) !== 'false';
}
