import { describe, expect, it } from 'vitest';
import { published, readCode } from './read.ts';

const v3 =
  "import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';\nconst client = new EventBridgeClient({});\n";

/** A name, the files (the first has the handler), what is published. `V3` stands for the client's import. */
const cases: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
  [
    'literals, on the default bus',
    {
      'a.ts': `${v3}export const handler = async () => {
        await client.send(new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: "Placed", Detail: '{}' }] }));
      };`,
    },
    ['shop@Placed on default'],
  ],
  [
    'the environment and its defaults',
    {
      'a.ts': `${v3}const bus = process.env.BUS ?? 'other';
      const source = process.env['NONE'] || 'fallback';
      export async function handler() {
        const { TYPE = 'Unset' } = process.env;
        return client.send(new PutEventsCommand({ Entries: [{ Source: source, DetailType: TYPE, EventBusName: bus, Detail: '' }] }));
      }`,
    },
    ['fallback@Unset on the-bus'],
  ],
  [
    'enum members, constants and template literals',
    {
      'a.ts': `${v3}enum Type { Placed = 'OrderPlaced' }
      const prefix = 'com.shop' as const;
      export const handler = async (event: { id: string }): Promise<void> => {
        const entry = { Source: \`\${prefix}.orders\`, DetailType: Type.Placed, Detail: JSON.stringify(event) } satisfies object;
        await client.send(new PutEventsCommand({ Entries: [entry] }));
      };`,
    },
    ['com.shop.orders@OrderPlaced on default'],
  ],
  [
    'a helper of another module, called twice, without mixing what it is given',
    {
      'a.ts': `import { put } from './lib/put.js';
      export const handler = async () => { await put('s1', 'T1'); await put('s2', 'T2'); };`,
      'lib/put.ts': `${v3}export const put = (source: string, type: string, bus = 'b') =>
        client.send(new PutEventsCommand({ Entries: [{ Source: source, DetailType: type, EventBusName: bus }] }));`,
    },
    ['s1@T1 on b', 's2@T2 on b'],
  ],
  [
    'a list of exports with several types among them',
    {
      'a.ts': `import { put } from './lib/index.js';
      export const handler = async () => { await put('s'); };`,
      'lib/index.ts': "export { type A, type B, put, type C } from './put.js';",
      'lib/put.ts': `${v3}export interface A {} export interface B {} export interface C {}
      export const put = (source: string) =>
        client.send(new PutEventsCommand({ Entries: [{ Source: source, DetailType: 'T' }] }));`,
    },
    ['s@T on default'],
  ],
  [
    'entries gathered in a loop',
    {
      'a.js': `const AWS = require('aws-sdk');
      const eb = new AWS.EventBridge();
      exports.handler = async (event) => {
        const entries = [];
        for (const record of event.Records) entries.push({ Source: 'loop', DetailType: 'Row', Detail: record.body });
        await eb.putEvents({ Entries: entries }).promise();
      };`,
    },
    ['loop@Row on default'],
  ],
  [
    'map over what was received, and a field that only the event has',
    {
      'a.mjs': `${v3}export const handler = async (event) => {
        const Entries = event.Records.map((r) => ({ Source: 'm', DetailType: 'Order' + r.kind, Detail: '' }));
        for (let i = 0; i < Entries.length; i += 10) await client.send(new PutEventsCommand({ Entries: Entries.slice(i, i + 10) }));
      };`,
    },
    ['m@Order… on default'],
  ],
  [
    'branches do not leak into each other',
    {
      'a.js': `const { EventBridge } = require('@aws-sdk/client-eventbridge');
      const eb = new EventBridge();
      module.exports.handler = async (e) => {
        let type = 'None';
        if (e.ok) { type = 'Good'; await eb.putEvents({ Entries: [{ Source: 'x', DetailType: type, Detail: '' }] }); }
        else { type = 'Bad'; await eb.putEvents({ Entries: [{ Source: 'y', DetailType: type, Detail: '' }] }); }
      };`,
    },
    ['x@Good on default', 'y@Bad on default'],
  ],
  [
    'a class with the client, its fields and a base class',
    {
      'a.ts': `import { OrderPublisher } from './publishers';
      const publisher = new OrderPublisher(process.env.BUS!);
      export const handler = async () => publisher.placed({ id: 1 });`,
      'publishers/index.ts': `export * from './order';`,
      'publishers/order.ts': `import { Base } from './base';
      export class OrderPublisher extends Base {
        constructor(bus: string) { super(bus, 'orders'); }
        placed(detail: object) { return this.emit('OrderPlaced', detail); }
        never() { return this.emit('OrderNever', {}); }
      }`,
      'publishers/base.ts': `${v3}export abstract class Base {
        #count = 0;
        constructor(private readonly bus: string, protected source: string) {}
        protected async emit(DetailType: string, detail: object) {
          await client.send(new PutEventsCommand({ Entries: [{ Source: this.source, DetailType, EventBusName: this.bus, Detail: JSON.stringify(detail) }] }));
        }
      }`,
    },
    ['orders@OrderPlaced on the-bus'],
  ],
  [
    'a handler in middleware, deferred functions and promises',
    {
      'a.ts': `import middy from '@middy/core';\n${v3}
      const lambdaHandler = async (event) => {
        const all = ['A', 'B'].map((t) => client.send(new PutEventsCommand({ Entries: [{ Source: 'p', DetailType: t, Detail: '' }] })));
        await Promise.all(all).then(() => undefined);
      };
      export const handler = middy(lambdaHandler).use({}).use({});`,
    },
    ['p@A on default', 'p@B on default'],
  ],
  [
    'a switch, an early return and an undefined event',
    {
      'a.ts': `${v3}const eventOf = (kind: string) => {
        switch (kind) {
          case 'a': return { Source: 's', DetailType: 'A', Detail: '' };
          case 'b': return { Source: 's', DetailType: 'B', Detail: '' };
          default: return undefined;
        }
      };
      export async function handler(event) {
        const entry = eventOf(event.kind);
        if (!entry) return;
        await client.send(new PutEventsCommand({ Entries: [entry] }));
      }`,
    },
    ['s@A on default', 's@B on default'],
  ],
  [
    'a generic helper',
    {
      'a.ts': `${v3}export const publish = async <TEvent, K extends Array<string> = []>(Source: string, DetailType: string, detail: TEvent) =>
        client.send(new PutEventsCommand({ Entries: [{ Source, DetailType, Detail: JSON.stringify(detail) }] }));
      export const handler = async (event) => publish<Reminder>('r', 'Reminder', event.detail);`,
    },
    ['r@Reminder on default'],
  ],
  [
    'entries that come from elsewhere',
    {
      'a.ts': `${v3}export const handler = async (event) => client.send(new PutEventsCommand({ Entries: JSON.parse(event.body) }));`,
    },
    ['something'],
  ],
  [
    'what is imported and never called is not published',
    {
      'a.ts': `import { shout, whisper } from './voices';
      export const handler = async () => whisper();`,
      'voices.ts': `${v3}export const shout = () => client.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'Shout' }] }));
      export const whisper = () => 1;`,
    },
    [],
  ],
  [
    'modules that import each other',
    {
      'a.ts': `import { b } from './b'; export const name = 'A'; export const handler = async () => b();`,
      'b.ts': `import { name } from './a';\n${v3}export const b = () => client.send(new PutEventsCommand({ Entries: [{ Source: 'c', DetailType: name }] }));`,
    },
    ['c@A on default'],
  ],
];

describe('published by JavaScript and TypeScript', () => {
  it.each(cases)('%s', (_name, files, expected) => {
    expect(published(readCode(files, { BUS: 'the-bus' }))).toEqual(expected);
  });

  it('names what generated publishers and consumers publish, with their depth', () => {
    const contract = (name: string, source: string) =>
      `import { defineContract } from 'busproof/runtime';
       export const ${name} = /* @__PURE__ */ defineContract({ source: '${source}', detailType: '${name}', fields: { depth: 'hops' } });`;
    const files = {
      'events/placed.ts': contract('placed', 'shop'),
      'events/paid.ts': contract('paid', 'bank'),
      'publish.ts': `import { publisherOf } from 'busproof/runtime'; import { placed as $placed } from './events/placed.ts';
        export const placed = /* @__PURE__ */ publisherOf($placed);`,
      'components/pay.ts': `import { consumerOf } from 'busproof/runtime'; import { paid as $paid } from '../events/paid.ts'; import { placed as $placed } from '../events/placed.ts';
        export const placed = consumerOf({ contract: $placed, publications: { paid: $paid, never: $placed } });`,
    };
    const starting = readCode(
      {
        'a.ts': `import { connect } from 'busproof/runtime'; import { placed } from './publish';
        connect({ bus: process.env.BUS });
        export const handler = async (event) => placed({ id: event.id });`,
        ...files,
      },
      { BUS: 'the-bus' },
    );
    expect([published(starting), starting.open]).toEqual([['shop@placed on the-bus'], []]);
    expect(starting.publications[0]?.detail['hops']).toEqual({ kind: 'set', value: 0 });
    const following = readCode({
      'a.ts': `import { placed } from './components/pay';
        export const handler = placed(async (event, { publish }) => { await publish.paid({ id: event.detail.id }); });`,
      ...files,
    });
    expect([published(following), following.open]).toEqual([['bank@paid on …'], []]);
    expect(following.publications[0]?.detail['hops']).toEqual({ kind: 'increment' });
  });

  it('is closed where everything is followed, and open where a package may publish', () => {
    const code = (from: string) => `import { f } from '${from}'; export const handler = async () => f();`;
    expect(readCode({ 'a.ts': code('uuid') }).open).toEqual([]);
    expect(readCode({ 'a.ts': code('./missing') }).open.map(({ text }) => text)).toEqual([
      'the import ./missing is not found',
    ]);
    expect(readCode({ 'a.ts': code('some-event-thing') }).open.map(({ text }) => text)).toEqual([
      'the package some-event-thing may publish',
    ]);
  });

  it('tells how depth and stage follow from what was received', () => {
    const { publications } = readCode({
      'a.ts': `${v3}const following = ({ _chain_depth, processing_stage }) => ({ _chain_depth: _chain_depth + 1, processing_stage, at: Date.now() });
      export const handler = async (event) => client.send(new PutEventsCommand({
        Entries: [{ Source: 'a', DetailType: 'B', Detail: JSON.stringify({ ...following(event.detail), kind: 'x', n: 3 }) }] }));`,
    });
    expect(publications[0]?.detail).toEqual({
      _chain_depth: { kind: 'increment' },
      processing_stage: { kind: 'copy' },
      at: { kind: 'any' },
      kind: { kind: 'set', value: 'x' },
      n: { kind: 'set', value: 3 },
    });
    expect(publications[0]?.others).toBe('absent');
  });
});
