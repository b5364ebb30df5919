import { parseArn } from '../../load/cloudformation/arn.ts';

/**
 * AWS managed policies by the end of their ARN, as far as they matter here: those that allow PutEvents on every bus,
 * and those that are often attached and do not. Any other may allow everything.
 *
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const publishing: ReadonlySet<string> = new Set([
  'AdministratorAccess',
  'PowerUserAccess',
  'AmazonEventBridgeFullAccess',
  'CloudWatchEventsFullAccess',
  'AWSLambdaFullAccess',
]);

const silent: ReadonlySet<string> = new Set([
  'AWSLambdaBasicExecutionRole',
  'AWSLambdaBasicDurableExecutionRolePolicy',
  'AWSLambdaVPCAccessExecutionRole',
  'AWSLambdaENIManagementAccess',
  'AWSLambdaSQSQueueExecutionRole',
  'AWSLambdaDynamoDBExecutionRole',
  'AWSLambdaKinesisExecutionRole',
  'AWSLambdaMSKExecutionRole',
  'AWSLambdaInvocation-DynamoDB',
  'AWSLambdaRole',
  'AWSLambda_FullAccess',
  'AWSXRayDaemonWriteAccess',
  'AWSXrayWriteOnlyAccess',
  'AWSXrayFullAccess',
  'CloudWatchLambdaInsightsExecutionRolePolicy',
  'CloudWatchLambdaApplicationSignalsExecutionRolePolicy',
  'CloudWatchAgentServerPolicy',
  'CloudWatchLogsFullAccess',
  'AmazonAPIGatewayPushToCloudWatchLogs',
  'AmazonAPIGatewayInvokeFullAccess',
  'AWSAppSyncPushToCloudWatchLogs',
  'AmazonBedrockFullAccess',
  'AmazonCognitoPowerUser',
  'AmazonDynamoDBFullAccess',
  'AmazonEC2ContainerRegistryPowerUser',
  'AmazonEC2ContainerRegistryPullOnly',
  'AmazonEC2ContainerServiceforEC2Role',
  'AmazonECSTaskExecutionRolePolicy',
  'AmazonElasticFileSystemClientReadWriteAccess',
  'AmazonKinesisFirehoseFullAccess',
  'AmazonKinesisFullAccess',
  'AmazonPollyFullAccess',
  'AmazonRDSDataFullAccess',
  'AmazonRekognitionFullAccess',
  'AmazonS3FullAccess',
  'AmazonS3ObjectLambdaExecutionRolePolicy',
  'AmazonSESFullAccess',
  'AmazonSNSFullAccess',
  'AmazonSQSFullAccess',
  'AmazonSSMManagedInstanceCore',
  'AmazonTextractFullAccess',
  'AmazonTranscribeFullAccess',
  'AWSBatchServiceRole',
  'AWSGlueServiceRole',
  'ComprehendFullAccess',
  'SecretsManagerReadWrite',
  'TranslateFullAccess',
]);

/** Whether an AWS managed policy allows publishing events; `unknown` for one that is not in the table. */
export function managedPolicy(arn: string): 'publishes' | 'silent' | 'unknown' {
  const parsed = parseArn(arn);
  const name = parsed?.account === 'aws' ? parsed.resource.slice(parsed.resource.lastIndexOf('/') + 1) : arn;
  if (publishing.has(name)) return 'publishes';
  // Policies of this name only list, get and describe.
  if (silent.has(name) || /ReadOnly(?:Access)?$/.test(name)) return 'silent';
  return 'unknown';
}
