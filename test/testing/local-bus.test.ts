import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import { loadTopology } from '../../src/io/load-topology.ts';
import type { Topology } from '../../src/model/topology.ts';
import { EndlessEventsError, localBus, topologyFromSketch } from '../../src/testing/index.ts';
import { temporaryFolder, writeFiles } from '../codegen/compile.ts';
import { after, before } from '../examples/systems.ts';
import { answerWith } from '../support/intercept.ts';

const review = {
  processing_stage: 'raw',
  _chain_depth: 0,
  correlation_id: '5d4b3a2c-1f0e-4d9c-8b7a-6f5e4d3c2b1a',
  review_id: 'rev_8Kq2mZ01xY',
  product_id: 'man_frieren12',
  customer_id: 'cus_Nh3kQ9fW2a',
  rating: 2,
  body: '静かで美しい巻',
  locale: 'ja-JP',
  channel: 'web',
  submitted_at: '2026-05-03T09:14:22+09:00',
};
const submitted = { source: 'mangaassist.reviews', detailType: 'ReviewSubmitted', detail: review };
const aws = { InvokeModel: answerWith('{"topic": "content", "sentiment": "neutral"}') };

/** A topology of one template's text. */
async function topologyOf(template: string): Promise<Topology> {
  const folder = temporaryFolder();
  try {
    writeFiles(folder.path, [{ path: 'template.yaml', text: template }]);
    return await loadTopology(folder.path);
  } finally {
    folder.remove();
  }
}

const client = new EventBridgeClient({ region: 'us-east-1' });
const publish = (Source: string, DetailType: string, detail: object, EventBusName?: string) =>
  client.send(
    new PutEventsCommand({ Entries: [{ Source, DetailType, Detail: JSON.stringify(detail), EventBusName }] }),
  );

describe('MangaAssist as a whole, with its real handlers', () => {
  test('before: one review, and no end', async () => {
    const topology = await loadTopology('examples/mangaassist/before');
    const { moderation, analytics, suggestion } = before;
    const handlers = {
      ModerationFunction: moderation,
      AnalyticsFunction: analytics,
      SuggestionFunction: suggestion,
    };
    const bus = localBus(topology, { handlers, aws });
    bus.publish(submitted);
    await expect(bus.settle({ limit: 200 })).rejects.toThrow(EndlessEventsError);
    // By the breaker's hand it ends: no rule takes what is published.
    bus.disableRule('MangaAssist-AllEvents-Analytics').disableRule('MangaAssist-ModerationSuggestion');
    expect((await bus.settle({ limit: 3000 })).endless).toBe(false);
  });

  test('after: every event is labelled and answered once, and that is the end', async () => {
    const topology = await loadTopology('examples/mangaassist/after');
    const { moderation, analytics, suggestion } = after;
    const handlers = {
      ModerationFunction: moderation,
      AnalyticsFunction: analytics,
      SuggestionFunction: suggestion,
    };
    const bus = localBus(topology, { handlers, aws });
    bus.publish(submitted);
    expect((await bus.settle()).endless).toBe(false);
    const types = bus.events().map(({ type, publisher }) => `${publisher ?? 'the test'}: ${type}`);
    expect(types).toEqual([
      'the test: mangaassist.reviews@ReviewSubmitted',
      'ModerationFunction: mangaassist.reviews@ReviewApproved',
      'AnalyticsFunction: mangaassist.ai@AnalyticsProcessed',
      'SuggestionFunction: mangaassist.ai@SuggestionGenerated',
      'AnalyticsFunction: mangaassist.ai@AnalyticsProcessed',
      'SuggestionFunction: mangaassist.ai@SuggestionGenerated',
    ]);
    expect(bus.events('mangaassist.ai@AnalyticsProcessed')[0]?.event['detail']).toMatchObject({
      _chain_depth: 1,
      processing_stage: 'processed',
    });
    expect(bus.lostEvents).toEqual([]);
  });
});

const shop = `
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  Bus: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
  Other: { Type: AWS::Events::EventBus, Properties: { Name: other } }
  Third: { Type: AWS::Events::EventBus, Properties: { Name: third } }
  Fn: { Type: AWS::Lambda::Function, Properties: { DeadLetterConfig: { TargetArn: !GetAtt FnDlq.Arn } } }
  Worker: { Type: AWS::Lambda::Function, Properties: {} }
  FnDlq: { Type: AWS::SQS::Queue, Properties: {} }
  RuleDlq: { Type: AWS::SQS::Queue, Properties: {} }
  WorkDlq: { Type: AWS::SQS::Queue, Properties: {} }
  Work:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      RedrivePolicy: { deadLetterTargetArn: !GetAtt WorkDlq.Arn, maxReceiveCount: 2 }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { EventSourceArn: !GetAtt Work.Arn, FunctionName: !Ref Worker }
  Topic: { Type: AWS::SNS::Topic, Properties: {} }
  Sub: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref Topic, Protocol: lambda, Endpoint: !GetAtt Fn.Arn } }
  ToFn:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: { source: [orders], detail: { total: [{ numeric: [">", 10] }] } }
      Targets:
        - Id: fn
          Arn: !GetAtt Fn.Arn
          RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 }
          DeadLetterConfig: { Arn: !GetAtt RuleDlq.Arn }
          InputTransformer:
            InputPathsMap: { id: $.detail.id, first: "$.detail.items[0].sku", all: "$.detail.items[*].sku" }
            InputTemplate: '{"order": "<id>", "text": "no. <id> by <aws.events.rule-name>", "first": <first>, "all": <all>}'
        - { Id: work, Arn: !GetAtt Work.Arn, InputPath: $.detail }
  ToTopic:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: { source: [news] }
      Targets: [{ Id: t, Arn: !Ref Topic }]
  Forward:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: { source: [far] }
      Targets: [{ Id: o, Arn: !GetAtt Other.Arn }]
  ForwardAgain:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Other
      EventPattern: { source: [far] }
      Targets: [{ Id: o, Arn: !GetAtt Third.Arn }, { Id: f, Arn: !GetAtt Fn.Arn }]
`;

const order = { id: 'o-1', total: 12, items: [{ sku: 'a' }, { sku: 'b' }] };

describe('a system of a template', async () => {
  const topology = await topologyOf(shop);

  test('matches patterns and shapes inputs', async () => {
    const seen: unknown[] = [];
    const bus = localBus(topology, {
      handlers: { Fn: (input) => seen.push(input), Worker: (input) => seen.push(input) },
    });
    bus.publish({ source: 'orders', detailType: 'Placed', detail: { ...order, total: 10 }, bus: 'shop' });
    await bus.settle();
    expect(seen).toEqual([]);
    bus.publish({ source: 'orders', detailType: 'Placed', detail: order, bus: 'shop' });
    await bus.settle();
    expect(seen).toEqual([
      { order: 'o-1', text: 'no. o-1 by ToFn', first: 'a', all: ['a', 'b'] },
      { Records: [expect.objectContaining({ body: JSON.stringify(order), eventSource: 'aws:sqs' })] },
    ]);
  });

  test('tries a failed function twice again, then its dead-letter queue', async () => {
    const at: number[] = [];
    const bus = localBus(topology, { handlers: { Worker: () => {} } });
    bus.attach('Fn', () => {
      at.push(bus.now.getTime());
      throw new Error('broken');
    });
    const start = bus.now.getTime();
    bus.publish({ source: 'orders', detailType: 'Placed', detail: order, bus: 'shop' });
    await bus.settle();
    expect(at.map((each) => (each - start) / 1000)).toEqual([0, 60, 180]);
    expect(bus.messages('FnDlq')).toHaveLength(1);
    expect(bus.messages('RuleDlq')).toEqual([]);
    expect(bus.deliveries('Fn').map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'dead-letter']);
  });

  test("a target that cannot be reached is the rule's own business", async () => {
    const seen: unknown[] = [];
    const bus = localBus(topology, { handlers: { Fn: (input) => seen.push(input), Worker: () => {} } });
    bus.failDeliveries('Fn', 2);
    bus.publish({ source: 'orders', detailType: 'Placed', detail: order, bus: 'shop' });
    await bus.settle();
    expect(seen).toHaveLength(1);
    bus.failDeliveries('Fn');
    const event = bus.publish({ source: 'orders', detailType: 'Placed', detail: order, bus: 'shop' });
    await bus.settle();
    const [dead] = bus.messages('RuleDlq');
    expect(JSON.parse(dead!.body)).toEqual(event!.event);
    expect(dead!.attributes['ERROR_MESSAGE']).toContain('cannot be reached');
    expect(bus.messages('FnDlq')).toEqual([]);
  });

  test('a queue hands a message out again, then to its dead-letter queue; what was handled stays handled', async () => {
    const received: string[] = [];
    const worker = ({ Records }: { Records: { messageId: string; body: string }[] }) => {
      received.push(...Records.map(({ body }) => JSON.parse(body).id));
      const bad = Records.filter(({ body }) => JSON.parse(body).id === 'bad');
      return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    };
    const bus = localBus(topology, { handlers: { Fn: () => {}, Worker: worker } });
    for (const id of ['good', 'bad']) {
      bus.publish({ source: 'orders', detailType: 'Placed', detail: { ...order, id }, bus: 'shop' });
    }
    await bus.settle();
    expect(received).toEqual(['good', 'bad', 'bad']);
    expect(bus.messages('WorkDlq').map(({ body }) => JSON.parse(body).id)).toEqual(['bad']);
  });

  test('topics hand on to their subscribers', async () => {
    const seen: { Records: { Sns: { Message: string } }[] }[] = [];
    const bus = localBus(topology, { handlers: { Fn: (input) => seen.push(input) } });
    bus.publish({ source: 'news', detailType: 'Out', detail: { n: 1 }, bus: 'shop' });
    await bus.settle();
    expect(JSON.parse(seen[0]!.Records[0]!.Sns.Message)).toMatchObject({ source: 'news', detail: { n: 1 } });
  });

  test('a rule forwards once, and no further', async () => {
    const seen: unknown[] = [];
    const bus = localBus(topology, { handlers: { Fn: (input) => seen.push(input) } });
    bus.publish({ source: 'far', detailType: 'Away', detail: {}, bus: 'shop' });
    await bus.settle();
    expect(bus.events().map((event) => event.bus)).toEqual(['shop', 'other']);
    expect(bus.deliveries('third').map(({ outcome }) => outcome)).toEqual(['hop-limit']);
    expect(seen).toHaveLength(1);
    // The event keeps its id on the way.
    expect(new Set(bus.events().map(({ event }) => event['id'])).size).toBe(1);
  });

  test('what a handler publishes comes to the bus it names, or is lost without a word', async () => {
    const bus = localBus(topology, {
      handlers: {
        Worker: () => {},
        Fn: async () => {
          await publish('news', 'Out', {}, 'arn:aws:events:us-east-1:111122223333:event-bus/shop');
          await publish('news', 'Out', {}, 'shpo');
        },
      },
    });
    bus.publish({ source: 'orders', detailType: 'Placed', detail: order, bus: 'shop' });
    await bus.advance(1000, { limit: 20, atLimit: 'stop' });
    expect(bus.events('Out@news')).toEqual(bus.events('news@Out'));
    expect(bus.events('Out').length).toBeGreaterThan(0);
    expect(bus.events('news@Out')[0]).toMatchObject({ publisher: 'Fn', bus: 'shop', by: 'publisher' });
    expect(bus.events('news@Out')[0]!.cause?.type).toBe('orders@Placed');
    expect(bus.lostEvents[0]).toMatchObject({ bus: 'shpo', type: 'news@Out' });
  });

  test('an archive is replayed, to some rules if asked', async () => {
    const seen: { source?: string; 'replay-name'?: string; order?: string }[] = [];
    const bus = localBus(topology, { handlers: { Fn: (input) => seen.push(input), Worker: () => {} } });
    bus.publish({ source: 'orders', detailType: 'Placed', detail: order, bus: 'shop' });
    await bus.settle();
    await bus.advance(3_600_000);
    expect(bus.replay({ to: new Date('2026-01-01T00:30:00Z'), rules: ['ToTopic'] })).toHaveLength(1);
    await bus.settle();
    expect(seen).toHaveLength(1);
    const [again] = bus.replay({ name: 'the-second' });
    await bus.settle();
    expect(seen).toHaveLength(2);
    expect(again!.event).toMatchObject({ 'replay-name': 'the-second', time: '2026-01-01T00:00:00Z' });
  });

  test('rules are turned off and on', async () => {
    const seen: unknown[] = [];
    const bus = localBus(topology, { handlers: { Fn: (input) => seen.push(input) } });
    const news = { source: 'news', detailType: 'Out', detail: {}, bus: 'shop' };
    bus.disableRule('ToTopic').publish(news);
    await bus.settle();
    bus.enableRule('ToTopic').publish(news);
    await bus.settle();
    expect(seen).toHaveLength(1);
    expect(() => bus.disableRule('ToTopik')).toThrow('no rule is called "ToTopik"; did you mean "ToTopic"?');
    expect(() => bus.attach('Fm', () => {})).toThrow('no component is called "Fm"; did you mean "Fn"?');
  });
});

test('a detail is an object, whether or not its schema says so', async () => {
  const sketch = {
    rules: { R: { pattern: { 'detail-type': ['A'] }, to: ['F'] } },
    functions: { F: { publishes: ['s@B'] } },
    schemas: { 's@B': { properties: { n: { type: 'integer', minimum: 1 } }, required: ['n'] } },
  };
  const bus = localBus(topologyFromSketch(sketch));
  bus.publish({ source: 's', detailType: 'A', detail: {} });
  await bus.settle();
  expect(bus.events('s@B').map(({ event }) => event['detail'])).toEqual([{ n: 1 }]);
});
