import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { documentOf } from '../../src/json/document.ts';
import { fillHoles } from '../../src/json/holes.ts';
import { nodeAt, valueOf } from '../../src/json/node.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import { loadTemplates } from '../../src/load/index.ts';

export const testAccount = '123456789012';
export const testRegion = 'eu-west-1';

export interface Declared {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, JsonValue>>;
  /** What it says about itself in `Metadata: {Busproof: …}`. */
  readonly said: JsonValue | undefined;
}

/** What a template declares, with the names it would have: the logical id where CloudFormation would make one up. */
export function declaredIn(path: string, text: string): Declared[] {
  const { value } = loadTemplates([documentOf(path, text)], { account: testAccount, region: testRegion });
  const fill = (key: string): string | undefined => {
    if (key === 'AWS::Partition') return 'aws';
    if (key === 'AWS::URLSuffix') return 'amazonaws.com';
    const [, id, attribute] = /^res:[^#]*#([^.]+)(?:\.(.*))?$/.exec(key) ?? [];
    return attribute === undefined ? id : undefined;
  };
  const filled = (node: JsonValue): JsonValue =>
    JSON.parse(fillHoles(JSON.stringify(node), fill)) as JsonValue;
  return value.resources.map(({ logicalId, type, attributes }) => {
    const properties = nodeAt(attributes, 'Properties');
    const said = nodeAt(attributes, 'Metadata', 'Busproof');
    return {
      logicalId,
      type,
      properties: (properties ? filled(valueOf(properties)) : {}) as JsonObject,
      said: said && filled(valueOf(said)),
    };
  });
}

/** Puts a template's resources into an account by API calls, as a deployment would, in the order of what needs what. */
export async function deploy(url: string, path: string, text: string): Promise<void> {
  const settings = {
    endpoint: url,
    region: testRegion,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const events = new EventBridgeClient(settings);
  const lambda = new LambdaClient(settings);
  const iam = new IAMClient(settings);
  const sqs = new SQSClient(settings);
  const sns = new SNSClient(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const firehose = new FirehoseClient(settings);
  const declared = declaredIn(path, text);
  const each = async (type: string, make: (item: Declared) => Promise<unknown>): Promise<void> => {
    for (const item of declared) if (item.type === type) await make(item);
  };
  const tags = ({ logicalId }: Declared) => ({
    'aws:cloudformation:logical-id': logicalId,
    'aws:cloudformation:stack-name': 'mangaassist',
  });
  await each('AWS::Events::EventBus', ({ properties }) =>
    events.send(new CreateEventBusCommand({ Name: String(properties['Name']) })),
  );
  const queues = declared.filter(({ type }) => type === 'AWS::SQS::Queue');
  // Those that others name come first.
  for (const item of queues.sort((a, b) => redrives(a) - redrives(b))) {
    const { RedrivePolicy } = item.properties;
    const Attributes = RedrivePolicy ? { RedrivePolicy: JSON.stringify(RedrivePolicy) } : {};
    await sqs.send(
      new CreateQueueCommand({
        QueueName: String(item.properties['QueueName'] ?? item.logicalId),
        Attributes,
      }),
    );
  }
  await each('AWS::Serverless::Function', async (item) => {
    const { logicalId, properties } = item;
    const RoleName = `${logicalId}Role`;
    const trust = {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
      }),
    );
    const policies = (properties['Policies'] ?? []) as readonly JsonObject[];
    for (const [index, policy] of policies.entries()) {
      const document = { Version: '2012-10-17', Statement: policy['Statement'] };
      await iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: `policy${index}`,
          PolicyDocument: JSON.stringify(document),
        }),
      );
    }
    const variables = ((properties['Environment'] as JsonObject)?.['Variables'] ?? {}) as Record<
      string,
      string
    >;
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: String(properties['FunctionName'] ?? logicalId),
        Runtime: 'nodejs22.x',
        Role: Role?.Arn,
        Handler: String(properties['Handler']),
        Code: { ZipFile: Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64') },
        Environment: { Variables: variables },
        Tags: tags(item),
      }),
    );
  });
  await each('AWS::Events::Rule', async (item) => {
    const { logicalId, properties } = item;
    const place = {
      Name: String(properties['Name'] ?? logicalId),
      ...(properties['EventBusName'] ? { EventBusName: String(properties['EventBusName']) } : {}),
    };
    await events.send(
      new PutRuleCommand({
        ...place,
        EventPattern: JSON.stringify(properties['EventPattern']),
        State: (properties['State'] ?? 'ENABLED') as 'ENABLED',
      }),
    );
    const { Name, ...rest } = place;
    const Targets = (properties['Targets'] ?? []) as unknown as NonNullable<
      ConstructorParameters<typeof PutTargetsCommand>[0]['Targets']
    >;
    await events.send(new PutTargetsCommand({ Rule: Name, ...rest, Targets }));
  });
  await each('AWS::Lambda::EventSourceMapping', ({ properties }) =>
    lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: String(properties['FunctionName']),
        EventSourceArn: String(properties['EventSourceArn']),
        BatchSize: Number(properties['BatchSize'] ?? 10),
      }),
    ),
  );
  await each('AWS::SNS::Topic', ({ logicalId, properties }) =>
    sns.send(new CreateTopicCommand({ Name: String(properties['TopicName'] ?? logicalId) })),
  );
  await each('AWS::SNS::Subscription', ({ properties }) =>
    sns.send(
      new SubscribeCommand({
        TopicArn: String(properties['TopicArn']),
        Protocol: String(properties['Protocol']),
        Endpoint: String(properties['Endpoint']),
      }),
    ),
  );
  await each('AWS::S3::Bucket', async ({ logicalId, properties }) => {
    const Bucket = String(properties['BucketName'] ?? logicalId.toLowerCase());
    const LocationConstraint = testRegion;
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
    if (properties['NotificationConfiguration'])
      await s3.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket,
          NotificationConfiguration: { EventBridgeConfiguration: {} },
        }),
      );
  });
  await each('AWS::KinesisFirehose::DeliveryStream', ({ logicalId, properties }) => {
    const destination = properties['ExtendedS3DestinationConfiguration'] as JsonObject;
    return firehose.send(
      new CreateDeliveryStreamCommand({
        DeliveryStreamName: String(properties['DeliveryStreamName'] ?? logicalId),
        ExtendedS3DestinationConfiguration: {
          BucketARN: String(destination['BucketARN']),
          RoleARN: String(destination['RoleARN']),
        },
      }),
    );
  });
  for (const client of [events, lambda, iam, sqs, sns, s3, firehose]) client.destroy();
}

function redrives({ properties }: Declared): number {
  return properties['RedrivePolicy'] ? 1 : 0;
}
