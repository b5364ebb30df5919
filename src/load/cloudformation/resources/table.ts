import { serverlessFunction } from '../../serverless/function.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { customEventBridge } from './custom-event-bridge.ts';
import { dynamodbGlobalTable, dynamodbTable, samSimpleTable } from './dynamodb-table.ts';
import { eventsApiDestination } from './events-api-destination.ts';
import { eventsBus } from './events-bus.ts';
import { eventsRule } from './events-rule.ts';
import { busV2, eventSourceV2, subscriberV2 } from './events-v2.ts';
import { firehose } from './firehose.ts';
import { iamManagedPolicy, iamRole } from './iam.ts';
import { kinesisConsumer, kinesisStream } from './kinesis-stream.ts';
import { lambdaEventInvokeConfig } from './lambda-event-invoke-config.ts';
import { lambdaEventSourceMapping } from './lambda-event-source-mapping.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaAlias, lambdaVersion } from './lambda-version.ts';
import { logGroup, logSubscription } from './log-group.ts';
import { pipe } from './pipe.ts';
import { programs } from './programs.ts';
import { s3Bucket } from './s3-bucket.ts';
import { samFunction } from './sam-function.ts';
import { schedule } from './schedule.ts';
import { snsSubscription, snsTopic } from './sns-topic.ts';
import { sqsQueue } from './sqs-queue.ts';
import { ssmParameter } from './ssm-parameter.ts';
import { samStateMachine, stateMachine, stateMachineAlias, stateMachineVersion } from './state-machine.ts';

/** The types of template resources the tool knows by name. */
export const resourceKinds: ReadonlyMap<string, ResourceKind> = new Map(
  [
    eventsBus,
    eventsRule,
    eventsApiDestination,
    busV2,
    subscriberV2,
    eventSourceV2,
    customEventBridge,
    lambdaFunction,
    lambdaAlias,
    lambdaVersion,
    lambdaEventSourceMapping,
    lambdaEventInvokeConfig,
    samFunction,
    stateMachine,
    stateMachineVersion,
    stateMachineAlias,
    samStateMachine,
    sqsQueue,
    snsTopic,
    snsSubscription,
    dynamodbTable,
    dynamodbGlobalTable,
    samSimpleTable,
    kinesisStream,
    kinesisConsumer,
    firehose,
    logGroup,
    logSubscription,
    s3Bucket,
    pipe,
    schedule,
    ssmParameter,
    ...programs,
    iamRole,
    iamManagedPolicy,
    serverlessFunction,
  ].map((kind) => [kind.type, kind]),
);
