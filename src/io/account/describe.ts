import type { JsonObject } from '../../json/value.ts';
import type { ApiItem } from '../../load/account/snapshot.ts';
import type { Component } from '../../model/component.ts';
import type { Answer, Caller } from './caller.ts';
import { itemOf, pick, type Region, textOf } from './region.ts';

/** What is only asked about components that events reach: one call or two for each. True: something was learned. */
export class Describer {
  private readonly caller: Caller;
  private readonly regions: readonly Region[];
  private readonly asked = new Set<string>();

  constructor(caller: Caller, regions: readonly Region[]) {
    this.caller = caller;
    this.regions = regions;
  }

  /** Asks about components that were not asked about before. False: there were none. */
  async describe(components: readonly Component[]): Promise<boolean> {
    const open = components.flatMap(({ kind, addresses }) => {
      const describe = describers[kind];
      const arn = addresses.find((text) => text.startsWith('arn:'));
      const region = arn && this.regionOf(arn);
      if (!describe || !arn || !region || this.asked.has(arn)) return [];
      this.asked.add(arn);
      return [() => describe(this.caller, region, arn)];
    });
    await Promise.all(open.map((step) => step()));
    return open.length > 0;
  }

  /** S3 names no Region in its ARNs: a bucket is where it was listed. */
  private regionOf(arn: string): Region | undefined {
    const name = arn.split(':')[3];
    return name === ''
      ? this.regions.find(({ lists }) => lists.buckets.some((bucket) => bucket['Arn'] === arn))
      : this.regions.find((region) => region.name === name);
  }
}

type Describe = (caller: Caller, region: Region, arn: string) => Promise<void>;

const describers: Readonly<Partial<Record<Component['kind'], Describe>>> = {
  async function(caller, region, arn) {
    const name = arn.split(':').slice(0, 7).join(':');
    const configs = await caller.list(region.name, 'ListFunctionEventInvokeConfigs', { FunctionName: name });
    region.lists.eventInvokeConfigs.push(...(configs ?? []).map(itemOf));
  },

  async queue(caller, region, arn) {
    const [account, QueueName] = arn.split(':').slice(4);
    const found = await caller.ask(region.name, 'GetQueueUrl', {
      QueueName,
      QueueOwnerAWSAccountId: account,
    });
    const QueueUrl = textOf(found, 'QueueUrl');
    if (QueueUrl === undefined) return;
    const AttributeNames = ['QueueArn', 'RedrivePolicy', 'Policy', 'MaximumMessageSize', 'FifoQueue'];
    const answer = await caller.ask(region.name, 'GetQueueAttributes', { QueueUrl, AttributeNames });
    if (!answer) return;
    const attributes = (answer['Attributes'] ?? {}) as JsonObject;
    region.lists.queues.push(itemOf({ QueueArn: arn, QueueUrl, ...attributes }));
  },

  async topic(caller, region, arn) {
    const { subscriptions } = region.lists;
    const own = subscriptions.filter((each) => each['TopicArn'] === arn);
    await Promise.all(
      own.map(async (subscription) => {
        const { SubscriptionArn } = subscription;
        const answer = await caller.ask(region.name, 'GetSubscriptionAttributes', { SubscriptionArn });
        const attributes = (answer?.['Attributes'] ?? {}) as unknown as Answer;
        const filters = pick(attributes, 'FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery');
        region.replace('subscriptions', 'SubscriptionArn', { ...subscription, ...filters });
      }),
    );
  },

  async bucket(caller, region, arn) {
    const Bucket = arn.split(':::')[1];
    const answer = await caller.ask(region.name, 'GetBucketNotificationConfiguration', { Bucket });
    if (!answer) return;
    const bucket: ApiItem = { Arn: arn, Name: Bucket!, NotificationConfiguration: itemOf(answer) };
    region.replace('buckets', 'Arn', bucket);
  },

  async table(caller, region, arn) {
    const TableName = arn.split('/')[1]!;
    const TableArn = arn.split('/').slice(0, 2).join('/');
    const [table, streams] = await Promise.all([
      caller.ask(region.name, 'DescribeTable', { TableName }),
      caller.ask(region.name, 'DescribeKinesisStreamingDestination', { TableName }),
    ]);
    const described = pick(
      (table?.['Table'] ?? {}) as unknown as Answer,
      'StreamSpecification',
      'LatestStreamArn',
    );
    const destinations = pick(streams ?? {}, 'KinesisDataStreamDestinations');
    region.replace('tables', 'TableArn', { TableArn, TableName, ...described, ...destinations });
  },

  async firehose(caller, region, arn) {
    const DeliveryStreamName = arn.split('/')[1];
    const answer = await caller.ask(region.name, 'DescribeDeliveryStream', { DeliveryStreamName });
    const described = answer?.['DeliveryStreamDescription'] as unknown as Answer | undefined;
    if (!described) return;
    region.lists.deliveryStreams.push(
      itemOf({
        DeliveryStreamARN: arn,
        DeliveryStreamName: DeliveryStreamName!,
        Source: described['Source'],
        Destinations: destinationsOf(described),
      }),
    );
  },
};

/** Of a destination only the bucket: other ones are outside, and their settings may be secret. */
function destinationsOf({ Destinations }: Answer): ApiItem[] {
  return (Array.isArray(Destinations) ? (Destinations as unknown as readonly Answer[]) : []).map((each) => {
    const s3 = (each['ExtendedS3DestinationDescription'] ?? each['S3DestinationDescription']) as unknown as
      | Answer
      | undefined;
    return s3 ? { ExtendedS3DestinationDescription: pick(s3, 'BucketARN') } : {};
  });
}
