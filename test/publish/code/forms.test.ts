import { describe, expect, it } from 'vitest';
import { published, readCode } from './read.ts';

const v3 =
  "import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';\nconst client = new EventBridgeClient({});\n";

/** A name, the files (the first has the handler), what is published. */
type Case = readonly [string, Readonly<Record<string, string>>, readonly string[]];

const javaScript: readonly Case[] = [
  [
    'the aggregated client',
    {
      'a.ts': `import { EventBridge } from '@aws-sdk/client-eventbridge';
      const eb = new EventBridge({ region: process.env.AWS_REGION });
      export const handler = async () => { await eb.putEvents({ Entries: [{ Source: 's', DetailType: 'T', Detail: '{}' }] }); };`,
    },
    ['s@T on default'],
  ],
  [
    'version 2 with a promise, a callback and a request',
    {
      'a.js': `const { EventBridge } = require('aws-sdk');
      const eb = new EventBridge();
      const params = { Entries: [{ Source: 's', DetailType: 'A', Detail: '{}' }] };
      exports.handler = async () => {
        await eb.putEvents(params).promise();
        eb.putEvents({ Entries: [{ Source: 's', DetailType: 'B' }] }, (error, data) => console.log(data));
        const request = eb.putEvents({ Entries: [{ Source: 's', DetailType: 'C' }] });
        request.send();
      };`,
    },
    ['s@A on default', 's@B on default', 's@C on default'],
  ],
  [
    'a command kept in a variable, an input made by steps',
    {
      'a.ts': `${v3}
      export const handler = async (event: any) => {
        const input: any = { Entries: [] };
        const entry: Record<string, unknown> = {};
        entry.Source = 's'; entry['DetailType'] = 'T'; entry.Detail = JSON.stringify({ ...event.detail, x: 1 });
        input.Entries.push(entry);
        const command = new PutEventsCommand(input);
        return client.send(command);
      };`,
    },
    ['s@T on default'],
  ],
  [
    'entries of a map over a constant list, and of flatMap',
    {
      'a.ts': `${v3}
      const types = ['A', 'B'] as const;
      const toEntry = (type: string) => ({ Source: 's', DetailType: type, Detail: '{}' });
      export const handler = async () => {
        await client.send(new PutEventsCommand({ Entries: types.map((type) => toEntry(type)) }));
        await client.send(new PutEventsCommand({ Entries: ['C'].flatMap((t) => [toEntry(t), toEntry(t + '2')]) }));
      };`,
    },
    ['s@A on default', 's@B on default', 's@C on default', 's@C2 on default'],
  ],
  [
    'entries of a reduce, and in chunks',
    {
      'a.ts': `${v3}
      const chunk = <T>(items: T[], size: number): T[][] => items.reduce((all: T[][], item, index) => {
        const at = Math.floor(index / size);
        all[at] = [...(all[at] ?? []), item];
        return all;
      }, []);
      export const handler = async (event: any) => {
        const entries = event.items.reduce((all: any[], item: any) => [...all, { Source: 's', DetailType: 'Item', Detail: JSON.stringify(item) }], []);
        for (const part of chunk(entries, 10)) await client.send(new PutEventsCommand({ Entries: part as any }));
        for (let i = 0; i < entries.length; i += 10) await client.send(new PutEventsCommand({ Entries: entries.slice(i, i + 10) }));
      };`,
    },
    ['s@Item on default'],
  ],
  [
    'a class with the client injected, and an interface in between',
    {
      'a.ts': `import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
      import { OrderService } from './service';
      import { EventPublisher } from './publisher';
      const service = new OrderService(new EventPublisher(new EventBridgeClient({}), process.env.BUS!));
      export const handler = async (event: any) => service.place(event);`,
      'service.ts': `import type { Publisher } from './types';
      export class OrderService {
        constructor(private readonly publisher: Publisher) {}
        async place(order: any): Promise<void> { await this.publisher.publish('OrderPlaced', order); }
      }`,
      'publisher.ts': `import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
      import type { Publisher } from './types';
      export class EventPublisher implements Publisher {
        private static readonly SOURCE = 'shop.orders';
        constructor(private client: EventBridgeClient, private busName: string) {}
        async publish(detailType: string, detail: object) {
          await this.client.send(new PutEventsCommand({ Entries: [{ Source: EventPublisher.SOURCE, DetailType: detailType, Detail: JSON.stringify(detail), EventBusName: this.busName }] }));
        }
      }`,
      'types.ts': 'export interface Publisher { publish(detailType: string, detail: object): Promise<void> }',
    },
    ['shop.orders@OrderPlaced on the-bus'],
  ],
  [
    'an abstract base class that asks its heirs',
    {
      'a.ts': `${v3}
      abstract class Base {
        protected abstract type(): string;
        abstract get source(): string;
        async emit() { await client.send(new PutEventsCommand({ Entries: [{ Source: this.source, DetailType: this.type(), Detail: '{}' }] })); }
      }
      class Placed extends Base {
        get source() { return 'shop'; }
        protected type() { return 'Placed'; }
      }
      export const handler = async () => new Placed().emit();`,
    },
    ['shop@Placed on default'],
  ],
  [
    'event classes with their names',
    {
      'a.ts': `${v3}
      abstract class DomainEvent { abstract readonly name: string; constructor(public readonly payload: unknown) {} }
      class Placed extends DomainEvent { readonly name = 'Placed'; }
      class Paid extends DomainEvent { readonly name = 'Paid'; }
      const publish = async (events: DomainEvent[]) => client.send(new PutEventsCommand({
        Entries: events.map((event) => ({ Source: 'shop', DetailType: event.name, Detail: JSON.stringify(event.payload) })),
      }));
      export const handler = async (event: any) => publish([new Placed(event), new Paid(event)]);`,
    },
    ['shop@Paid on default', 'shop@Placed on default'],
  ],
  [
    'a factory of publishers that closes over what it is given',
    {
      'a.ts': `${v3}
      const makePublisher = ({ source, bus }: { source: string; bus?: string }) => ({
        publish: async (type: string, detail: unknown) =>
          client.send(new PutEventsCommand({ Entries: [{ Source: source, DetailType: type, EventBusName: bus, Detail: JSON.stringify(detail) }] })),
      });
      const orders = makePublisher({ source: 'orders' });
      const { publish } = makePublisher({ source: 'bills', bus: 'money' });
      export const handler = async () => { await orders.publish('Placed', {}); await publish('Paid', {}); };`,
    },
    ['bills@Paid on money', 'orders@Placed on default'],
  ],
  [
    'middleware around the handler',
    {
      'a.ts': `${v3}import middy from '@middy/core';
      import httpJsonBodyParser from '@middy/http-json-body-parser';
      import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
      const base = async (event: any) => { await client.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'T' }] })); };
      export const handler = middy(base).use(httpJsonBodyParser()).use(injectLambdaContext({} as any));`,
    },
    ['s@T on default'],
  ],
  [
    'middleware that is given the handler last',
    {
      'a.js': `const middy = require('@middy/core');
      const { EventBridgeClient, PutEventsCommand } = require('@aws-sdk/client-eventbridge');
      const lambdaHandler = async () => new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'T' }] }));
      module.exports.handler = middy().use({ before: async () => {} }).handler(lambdaHandler);`,
    },
    ['s@T on default'],
  ],
  [
    'a wrapper of the project',
    {
      'a.ts': `${v3}import { withLogging } from './wrap';
      async function main() { await client.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'T' }] })); }
      export const handler = withLogging(main);`,
      'wrap.ts': `type Fn = (...args: any[]) => Promise<any>;
      export const withLogging = (fn: Fn): Fn => async (...args) => { try { return await fn(...args); } finally { console.log('done'); } };`,
    },
    ['s@T on default'],
  ],
  [
    'a class with a bound method and decorators, as Powertools has it',
    {
      'a.ts': `${v3}import { Tracer } from '@aws-lambda-powertools/tracer';
      const tracer = new Tracer();
      class Lambda implements LambdaInterface {
        @tracer.captureLambdaHandler()
        public async handler(_event: unknown, _context: unknown): Promise<void> { await this.send('T'); }
        @tracer.captureMethod()
        private async send(type: string) { await client.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: type }] })); }
      }
      const lambda = new Lambda();
      export const handler = lambda.handler.bind(lambda);`,
    },
    ['s@T on default'],
  ],
  [
    'X-Ray around the client',
    {
      'a.ts': `import AWSXRay from 'aws-xray-sdk-core';
      import { EventBridge } from '@aws-sdk/client-eventbridge';
      import { Tracer } from '@aws-lambda-powertools/tracer';
      const eb = AWSXRay.captureAWSv3Client(new EventBridge({}));
      const other = new Tracer().captureAWSv3Client(new EventBridge({}));
      export const handler = async () => { await eb.putEvents({ Entries: [{ Source: 's', DetailType: 'T' }] });
        await other.putEvents({ Entries: [{ Source: 's', DetailType: 'U' }] }); };`,
    },
    ['s@T on default', 's@U on default'],
  ],
  [
    'modules by default, in a barrel, and of both kinds',
    {
      'a.ts': "export { default as handler } from './impl';",
      'impl.ts': `import * as events from './lib';
      import constants from './constants.js';
      export default async function () { await events.put(constants.SOURCE, events.Types.PLACED); }`,
      'lib/index.ts': "export * from './put'; export { Types } from './types';",
      'lib/put.ts': `${v3}export async function put(Source: string, DetailType: string) {
        return client.send(new PutEventsCommand({ Entries: [{ Source, DetailType, Detail: '{}' }] })); }`,
      'lib/types.ts': "export const Types = { PLACED: 'Placed' } as const;",
      'constants.js': "module.exports = { SOURCE: 'shop' };",
    },
    ['shop@Placed on default'],
  ],
  [
    'a handler that an object exports',
    {
      'a.js': `const { EventBridgeClient, PutEventsCommand } = require('@aws-sdk/client-eventbridge');
      const handler = async () => { const c = new EventBridgeClient(); await c.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'T' }] })); };
      module.exports = { handler };`,
    },
    ['s@T on default'],
  ],
  [
    'a table of detail-types that a received value chooses from',
    {
      'a.ts': `${v3}
      const byName: Record<string, string> = { INSERT: 'RowAdded', REMOVE: 'RowGone' };
      export const handler = async (event: any) => {
        for (const { eventName } of event.Records)
          await client.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: byName[eventName], Detail: '{}' }] }));
      };`,
    },
    ['s@RowAdded on default', 's@RowGone on default'],
  ],
  [
    'a switch over what was received',
    {
      'a.ts': `${v3}
      function typeOf(name: string): string { switch (name) { case 'INSERT': return 'Added'; case 'REMOVE': return 'Gone'; default: return 'Changed'; } }
      export const handler = async (event: any) => Promise.all(event.Records.map(async (record: any) => {
        await client.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: typeOf(record.eventName), Detail: '{}' }] }));
      }));`,
    },
    ['s@Added on default', 's@Changed on default', 's@Gone on default'],
  ],
  [
    'texts put together in several ways',
    {
      'a.ts': `${v3}
      const app = 'shop';
      const source = [app, 'orders'].join('.');
      const kind = 'order'.charAt(0).toUpperCase() + 'order'.slice(1);
      export const handler = async () => {
        await client.send(new PutEventsCommand({ Entries: [
          { Source: source, DetailType: kind + 'Placed' },
          { Source: app.concat('.bills'), DetailType: 'bill_paid'.replace('_', '-') },
          { Source: \`\${app}.\${'X'.toLowerCase()}\`, DetailType: String('T') },
        ] }));
      };`,
    },
    ['shop.bills@bill-paid on default', 'shop.orders@OrderPlaced on default', 'shop.x@T on default'],
  ],
  [
    'settings read once into an object',
    {
      'a.ts': `${v3}import { config } from './config';
      export const handler = async () => client.send(new PutEventsCommand({ Entries: [{ Source: config.events.source, DetailType: config.events.types.placed, EventBusName: config.bus }] }));`,
      'config.ts': `const required = (name: string): string => { const value = process.env[name]; if (!value) throw new Error(name); return value; };
      export const config = Object.freeze({ bus: required('BUS'), events: { source: 'shop', types: { placed: 'Placed' } } });`,
    },
    ['shop@Placed on the-bus'],
  ],
  [
    'a client made when it is first needed',
    {
      'a.ts': `import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
      let client: EventBridgeClient | undefined;
      const getClient = () => (client ??= new EventBridgeClient({}));
      export const handler = async () => {
        const entries: PutEventsRequestEntry[] = [];
        if (Math.random() > 0.5) entries.push({ Source: 's', DetailType: 'A' });
        entries.push({ Source: 's', DetailType: 'B' });
        if (entries.length > 0) await getClient().send(new PutEventsCommand({ Entries: entries }));
      };`,
    },
    ['s@A on default', 's@B on default'],
  ],
  [
    'a client imported when it is first needed',
    {
      'a.ts': `export const handler = async () => {
        const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
        const { SOURCE } = await import('./constants.js');
        await new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [{ Source: SOURCE, DetailType: 'T' }] }));
      };`,
      'constants.ts': "export const SOURCE = 's';",
    },
    ['s@T on default'],
  ],
  [
    'defaults of parameters and spread options',
    {
      'a.ts': `${v3}
      const defaults = { Source: 's', EventBusName: 'b' };
      const put = async ({ type = 'T', ...rest }: { type?: string; [key: string]: unknown } = {}) =>
        client.send(new PutEventsCommand({ Entries: [{ ...defaults, DetailType: type, Detail: JSON.stringify(rest) }] }));
      export const handler = async () => { await put(); await put({ type: 'U', id: 1 }); };`,
    },
    ['s@T on b', 's@U on b'],
  ],
  [
    'a generator and a set of events',
    {
      'a.ts': `${v3}
      function* entries() { yield { Source: 's', DetailType: 'A' }; yield { Source: 's', DetailType: 'B' }; }
      export const handler = async () => {
        for (const entry of entries()) await client.send(new PutEventsCommand({ Entries: [entry] }));
        await client.send(new PutEventsCommand({ Entries: [...new Set(['C'])].map((type) => ({ Source: 's', DetailType: type })) }));
        await client.send(new PutEventsCommand({ Entries: Object.entries({ D: 1 }).map(([type]) => ({ Source: 's', DetailType: type })) }));
      };`,
    },
    ['s@A on default', 's@B on default', 's@C on default', 's@D on default'],
  ],
  [
    'maps of handlers by what was received',
    {
      'a.ts': `${v3}
      const put = (type: string) => client.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: type }] }));
      const actions = { create: () => put('Created'), remove: () => put('Removed') };
      const more = new Map<string, () => Promise<unknown>>([['x', () => put('X')]]);
      export const handler = async (event: { action: keyof typeof actions }) => { await actions[event.action](); await more.get(event.action)?.(); };`,
    },
    ['s@Created on default', 's@Removed on default', 's@X on default'],
  ],
  [
    'a container that resolves by name',
    {
      'a.ts': `${v3}import { container, injectable, inject } from 'tsyringe';
      @injectable()
      class Publisher { async publish(type: string) { await client.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: type }] })); } }
      @injectable()
      class UseCase { constructor(private publisher: Publisher) {} async run() { await this.publisher.publish('T'); } }
      export const handler = async () => container.resolve(UseCase).run();`,
    },
    ['s@T on default'],
  ],
  [
    'an asynchronous main with retries',
    {
      'a.ts': `${v3}
      const retry = async <T>(work: () => Promise<T>, times = 3): Promise<T> => {
        try { return await work(); } catch (error) { if (times === 0) throw error; return retry(work, times - 1); } };
      export const handler = async () => retry(() => client.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'T' }] })));`,
    },
    ['s@T on default'],
  ],
  [
    'promises in a chain',
    {
      'a.js': `const AWS = require('aws-sdk'); const eb = new AWS.EventBridge();
      exports.handler = (event, context, callback) => {
        load(event).then((item) => eb.putEvents({ Entries: [{ Source: 's', DetailType: 'T', Detail: JSON.stringify(item) }] }).promise()).then(() => callback(null)).catch(callback);
      };
      function load(event) { return new Promise((resolve) => resolve(event.detail)); }`,
    },
    ['s@T on default'],
  ],
];

describe('forms of publishing in JavaScript and TypeScript', () => {
  it.each(javaScript)('%s', (_name, files, expected) => {
    expect(published(readCode(files, { BUS: 'the-bus' }))).toEqual(expected);
  });
});

const python: readonly Case[] = [
  [
    'keyword arguments from a dictionary',
    {
      'a.py': `import boto3, os, json
client = boto3.client("events")
def handler(event, context):
    kwargs = {"Entries": [{"Source": "s", "DetailType": "T", "Detail": json.dumps(event), "EventBusName": os.environ["BUS"]}]}
    client.put_events(**kwargs)`,
    },
    ['s@T on the-bus'],
  ],
  [
    'a session, a helper for the client, a cached one',
    {
      'a.py': `import boto3
from functools import lru_cache
@lru_cache(maxsize=None)
def client():
    return boto3.session.Session(region_name="eu-west-1").client("events")
def get(name): return boto3.client(name)
def handler(event, context):
    client().put_events(Entries=[{"Source": "s", "DetailType": "A", "Detail": "{}"}])
    get("events").put_events(Entries=[dict(Source="s", DetailType="B", Detail="{}")])`,
    },
    ['s@A on default', 's@B on default'],
  ],
  [
    'comprehensions and loops',
    {
      'a.py': `import boto3, json
events = boto3.client("events")
TYPES = ["A", "B"]
def chunks(items, n):
    for i in range(0, len(items), n):
        yield items[i:i + n]
def handler(event, context):
    events.put_events(Entries=[{"Source": "s", "DetailType": t, "Detail": "{}"} for t in TYPES])
    entries = []
    for record in event["Records"]:
        entries.append({"Source": "s", "DetailType": "Row", "Detail": json.dumps(record)})
    for chunk in chunks(entries, 10):
        events.put_events(Entries=chunk)`,
    },
    ['s@A on default', 's@B on default', 's@Row on default'],
  ],
  [
    'enumerations and constants of classes',
    {
      'a.py': `import boto3
from enum import Enum, StrEnum
from consts import Source
class Type(str, Enum):
    PLACED = "Placed"
class Kind(StrEnum):
    PAID = "Paid"
class Settings:
    BUS = "b"
def handler(event, context):
    boto3.client("events").put_events(Entries=[
        {"Source": Source.SHOP.value, "DetailType": Type.PLACED.value, "EventBusName": Settings.BUS, "Detail": ""},
        {"Source": Source.SHOP, "DetailType": Kind.PAID, "EventBusName": Settings().BUS, "Detail": ""}])`,
      'consts.py': `from enum import Enum
class Source(Enum):
    SHOP = "shop"`,
    },
    ['shop@Paid on b', 'shop@Placed on b'],
  ],
  [
    'data classes and models with defaults',
    {
      'a.py': `import boto3, json
from dataclasses import dataclass, asdict, field
from pydantic import BaseModel
@dataclass
class Entry:
    DetailType: str
    Detail: str
    Source: str = "s"
class Placed(BaseModel):
    order_id: str
    detail_type: str = "Placed"
@dataclass(frozen=True)
class Base:
    payload: dict
    name: str = field(default="Paid")
def handler(event, context):
    client = boto3.client("events")
    client.put_events(Entries=[asdict(Entry("T", "{}"))])
    placed = Placed(order_id="1")
    client.put_events(Entries=[{"Source": "s", "DetailType": placed.detail_type, "Detail": placed.model_dump_json()}])
    client.put_events(Entries=[{"Source": "s", "DetailType": Base(payload={}).name, "Detail": "{}"}])`,
    },
    ['s@Paid on default', 's@Placed on default', 's@T on default'],
  ],
  [
    'a class with its client and source, and one that extends it',
    {
      'a.py': `import boto3, json, os
class Publisher:
    def __init__(self, client=None, bus=None):
        self.client = client or boto3.client("events")
        self.bus = bus or os.getenv("BUS", "default")
        self._entries = []
    @property
    def source(self):
        return "base"
    def add(self, detail_type, detail):
        self._entries.append({"Source": self.source, "DetailType": detail_type, "Detail": json.dumps(detail), "EventBusName": self.bus})
        return self
    def flush(self):
        self.client.put_events(Entries=self._entries)
class Orders(Publisher):
    def __init__(self):
        super().__init__()
    @property
    def source(self):
        return "shop.orders"
def handler(event, context):
    Orders().add("Placed", {}).add("Paid", {}).flush()`,
    },
    ['shop.orders@Paid on the-bus', 'shop.orders@Placed on the-bus'],
  ],
  [
    'decorators of Powertools and of the project',
    {
      'a.py': `import functools
import boto3
from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.utilities.data_classes import event_source, EventBridgeEvent
logger = Logger(); tracer = Tracer()
def traced(prefix):
    def wrap(fn):
        @functools.wraps(fn)
        def inner(*args, **kwargs):
            return fn(*args, **kwargs)
        return inner
    return wrap
@traced("x")
def put(detail_type, *, source="s"):
    boto3.client("events").put_events(Entries=[{"Source": source, "DetailType": detail_type, "Detail": "{}"}])
@logger.inject_lambda_context(log_event=True)
@tracer.capture_lambda_handler
@event_source(data_class=EventBridgeEvent)
def handler(event, context):
    put("A")
    put(detail_type="B", source="t")`,
    },
    ['s@A on default', 't@B on default'],
  ],
  [
    'routes of a resolver',
    {
      'a.py': `import boto3
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
app = APIGatewayRestResolver()
events = boto3.client("events")
@app.post("/orders")
def create():
    events.put_events(Entries=[{"Source": "api", "DetailType": "Created", "Detail": "{}"}])
    return {}
def handler(event, context):
    return app.resolve(event, context)`,
    },
    ['api@Created on default'],
  ],
  [
    'a batch processor that is handed the record handler',
    {
      'a.py': `import boto3, json
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
processor = BatchProcessor(event_type=EventType.SQS)
events = boto3.client("events")
def record_handler(record):
    body = json.loads(record.body)
    events.put_events(Entries=[{"Source": "s", "DetailType": "Handled", "Detail": json.dumps(body)}])
def handler(event, context):
    return process_partial_response(event=event, record_handler=record_handler, processor=processor, context=context)`,
    },
    ['s@Handled on default'],
  ],
  [
    'texts put together in several ways',
    {
      'a.py': `import boto3
APP = "shop"
def handler(event, context):
    boto3.client("events").put_events(Entries=[
        {"Source": f"{APP}.orders", "DetailType": "Order" + "Placed", "Detail": "{}"},
        {"Source": "{}.bills".format(APP), "DetailType": "%sPaid" % "Bill", "Detail": "{}"},
        {"Source": ".".join([APP, "x"]), "DetailType": "order placed".title().replace(" ", ""), "Detail": "{}"},
    ])`,
    },
    ['shop.bills@BillPaid on default', 'shop.orders@OrderPlaced on default', 'shop.x@OrderPlaced on default'],
  ],
  [
    'dictionaries that are changed, merged and unpacked',
    {
      'a.py': `import boto3, json
BASE = {"Source": "s", "EventBusName": "b"}
def handler(event, context):
    entry = BASE.copy()
    entry.update(DetailType="A", Detail="{}")
    other = {**BASE, "DetailType": "B", "Detail": "{}"}
    third = BASE | {"DetailType": "C", "Detail": "{}"}
    client = boto3.client("events")
    client.put_events(Entries=[entry, other])
    client.put_events(Entries=[third])`,
    },
    ['s@A on b', 's@B on b', 's@C on b'],
  ],
  [
    'a tuple of values and a dictionary of types',
    {
      'a.py': `import boto3
TYPES = {"INSERT": "Added", "REMOVE": "Gone"}
PAIRS = (("s1", "X"), ("s2", "Y"))
def handler(event, context):
    c = boto3.client("events")
    for record in event["Records"]:
        c.put_events(Entries=[{"Source": "s", "DetailType": TYPES[record["eventName"]], "Detail": "{}"}])
    for source, kind in PAIRS:
        c.put_events(Entries=[{"Source": source, "DetailType": kind, "Detail": "{}"}])`,
    },
    ['s1@X on default', 's2@Y on default', 's@Added on default', 's@Gone on default'],
  ],
  [
    'an early client in a try, and a retry loop',
    {
      'a.py': `import boto3, time
try:
    client = boto3.client("events")
except Exception:
    client = None
def handler(event, context):
    for attempt in range(3):
        try:
            client.put_events(Entries=[{"Source": "s", "DetailType": "T", "Detail": "{}"}])
            return
        except client.exceptions.InternalException:
            time.sleep(attempt)
    while True:
        client.put_events(Entries=[{"Source": "s", "DetailType": "U", "Detail": "{}"}])
        break`,
    },
    ['s@T on default', 's@U on default'],
  ],
  [
    'asynchronous clients',
    {
      'a.py': `import asyncio, aioboto3
session = aioboto3.Session()
async def main(event):
    async with session.client("events") as client:
        await client.put_events(Entries=[{"Source": "s", "DetailType": "T", "Detail": "{}"}])
def handler(event, context):
    return asyncio.run(main(event))`,
    },
    ['s@T on default'],
  ],
  [
    'a client handed on as an argument, lambdas and partial functions',
    {
      'a.py': `import boto3
from functools import partial
def put(client, source, detail_type):
    return client.put_events(Entries=[{"Source": source, "DetailType": detail_type, "Detail": "{}"}])
emit = partial(put, boto3.client("events"), "s")
shout = lambda kind: put(boto3.client("events"), "loud", kind)
def handler(event, context):
    emit("A")
    shout(detail_type) if (detail_type := "B") else None`,
    },
    ['loud@B on default', 's@A on default'],
  ],
  [
    'packages, relative imports and a main of a module',
    {
      'a.py': 'from app.handlers.orders import handler',
      'app/__init__.py': '',
      'app/handlers/__init__.py': '',
      'app/handlers/orders.py': `from ..lib import events as ev
from app.lib.names import *
def handler(event, context):
    ev.send(SOURCE, PLACED)`,
      'app/lib/__init__.py': '',
      'app/lib/events.py': `import boto3
_client = boto3.client(service_name="events")
def send(source: str, kind: str) -> None:
    _client.put_events(Entries=[{"Source": source, "DetailType": kind, "Detail": "{}"}])`,
      'app/lib/names.py': 'SOURCE = "shop"\nPLACED = "Placed"',
    },
    ['shop@Placed on default'],
  ],
];

describe('forms of publishing in Python', () => {
  it.each(python)('%s', (_name, files, expected) => {
    expect(published(readCode(files, { BUS: 'the-bus' }))).toEqual(expected);
  });
});
