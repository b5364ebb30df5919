import type { Span } from '../../json/document.ts';
import { hole } from '../../json/holes.ts';
import { type Node, nodeAt } from '../../json/node.ts';
import { scalarText } from '../../load/cloudformation/values.ts';
import { anything, type Statement } from './statement.ts';

const here = `${hole('AWS::Region')}:${hole('AWS::AccountId')}`;
const arn = (service: string, rest: string): string =>
  `arn:${hole('AWS::Partition')}:${service}:${here}:${rest}`;

interface PolicyTemplate {
  readonly actions: readonly string[];
  /** The parameter that names the one thing it is about. */
  readonly parameter: string;
  readonly resource: (name: string) => string;
}

function about(
  parameter: string,
  resource: PolicyTemplate['resource'],
  ...actions: string[]
): PolicyTemplate {
  return { parameter, resource, actions };
}

const bucket = (name: string): string => `arn:${hole('AWS::Partition')}:s3:::${name}/*`;
const table = (name: string): string => arn('dynamodb', `table/${name}`);
const stream = (name: string): string => arn('kinesis', `stream/${name}`);
const deliveryStream = (name: string): string => arn('firehose', `deliverystream/${name}`);
const machine = (name: string): string => arn('states', `stateMachine:${name}`);
const topic = (name: string): string => arn('sns', name);
const writeItems = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
];

/**
 * SAM's policy templates that let code publish, or hand something on that may.
 *
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
 */
const speaking: Readonly<Record<string, PolicyTemplate>> = {
  EventBridgePutEventsPolicy: about(
    'EventBusName',
    (name) => arn('events', `event-bus/${name}`),
    'events:PutEvents',
  ),
  LambdaInvokePolicy: about(
    'FunctionName',
    (name) => arn('lambda', `function:${name}*`),
    'lambda:InvokeFunction',
  ),
  SQSSendMessagePolicy: about('QueueName', (name) => arn('sqs', name), 'sqs:SendMessage*'),
  SNSPublishMessagePolicy: about('TopicName', topic, 'sns:Publish'),
  SNSCrudPolicy: about('TopicName', (name) => topic(`${name}*`), 'sns:Publish'),
  StepFunctionsExecutionPolicy: about('StateMachineName', machine, 'states:StartExecution'),
  StepFunctionsExecutionPolicy_v2: about(
    'StateMachineName',
    machine,
    'states:StartExecution',
    'states:StartSyncExecution',
  ),
  DynamoDBCrudPolicy: about('TableName', table, ...writeItems),
  DynamoDBWritePolicy: about('TableName', table, ...writeItems),
  DynamoDBRestoreFromBackupPolicy: about('TableName', table, ...writeItems),
  KinesisCrudPolicy: about('StreamName', stream, 'kinesis:PutRecord', 'kinesis:PutRecords'),
  FirehoseCrudPolicy: about(
    'DeliveryStreamName',
    deliveryStream,
    'firehose:PutRecord',
    'firehose:PutRecordBatch',
  ),
  FirehoseWritePolicy: about(
    'DeliveryStreamName',
    deliveryStream,
    'firehose:PutRecord',
    'firehose:PutRecordBatch',
  ),
  S3CrudPolicy: about('BucketName', bucket, 's3:PutObject', 's3:DeleteObject'),
  S3WritePolicy: about('BucketName', bucket, 's3:PutObject'),
  S3FullAccessPolicy: about('BucketName', bucket, 's3:PutObject', 's3:DeleteObject'),
  EcsRunTaskPolicy: about('TaskDefinition', (name) => arn('ecs', `task-definition/${name}:*`), 'ecs:RunTask'),
};

/** The other templates: none of them allows anything that leads to an event. */
const quiet: ReadonlySet<string> = new Set(
  (
    'AMIDescribe AWSSecretsManagerGetSecretValue AWSSecretsManagerRotation AcmGetCertificate AthenaQuery ' +
    'CloudFormationDescribeStacks CloudWatchDashboard CloudWatchDescribeAlarmHistory CloudWatchPutMetric CodeCommitCrud ' +
    'CodeCommitRead CodePipelineLambdaExecution CodePipelineReadOnly ComprehendBasicAccess CostExplorerReadOnly ' +
    'DynamoDBBackupFullAccess DynamoDBRead DynamoDBReconfigure DynamoDBStreamRead EC2CopyImage EC2Describe EFSWriteAccess ' +
    'EKSDescribe ElasticMapReduceAddJobFlowSteps ElasticMapReduceCancelSteps ElasticMapReduceModifyInstanceFleet ' +
    'ElasticMapReduceModifyInstanceGroups ElasticMapReduceSetTerminationProtection ElasticMapReduceTerminateJobFlows ' +
    'ElasticsearchHttpPost FilterLogEvents KMSDecrypt KMSEncrypt KinesisStreamRead MobileAnalyticsWriteOnlyAccess ' +
    'OrganizationsListAccounts PinpointEndpointAccess PollyFullAccess RekognitionDetectOnly RekognitionFacesManagement ' +
    'RekognitionFaces RekognitionLabels RekognitionNoDataAccess RekognitionRead RekognitionWriteOnlyAccess ' +
    'Route53ChangeResourceRecordSets S3Read SESBulkTemplatedCrud SESCrud SESEmailTemplateCrud SESSendBounce SQSPoller ' +
    'SSMParameterRead SSMParameterWithSlashPrefixRead SageMakerCreateEndpointConfig SageMakerCreateEndpoint ' +
    'ServerlessRepoReadWriteAccess StepFunctionsCallback TextractDetectAnalyze TextractGetResult Textract VPCAccess'
  )
    .split(' ')
    .map((name) => `${name}Policy`),
);

/** `{ SQSSendMessagePolicy: { QueueName: … } }` as statements. A template nobody knows may allow everything. */
export function policyTemplate(name: string, parameters: Node | undefined, span: Span): Statement[] {
  const known = Object.hasOwn(speaking, name) ? speaking[name] : undefined;
  if (!known) return quiet.has(name.replace(/_v2$/, '')) ? [] : [anything(span)];
  const value = scalarText(nodeAt(parameters, known.parameter)) ?? hole(`${known.parameter} of ${name}`);
  return [allow(known.actions, [known.resource(value)], span)];
}

/** A plain statement that allows actions on what the patterns name. */
export function allow(actions: readonly string[], resources: readonly string[], span: Span): Statement {
  return {
    effect: 'Allow',
    actions: { not: false, values: actions },
    resources: { not: false, values: resources },
    conditions: [],
    vague: false,
    span,
  };
}
