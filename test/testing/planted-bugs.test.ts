import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json/value.ts';
import { contractOf } from '../../src/testing/contracts.ts';
import { type ConsumerReport, testConsumer } from '../../src/testing/handler/consumer.ts';
import type { ConsumerTestOptions } from '../../src/testing/handler/consumer-options.ts';
import { HandlerCheckError } from '../../src/testing/handler/failure.ts';

const chain = {
  _chain_depth: { type: 'integer', minimum: 0 },
  processing_stage: { enum: ['raw', 'processed'] },
} as const;

const order = contractOf({
  source: 'shop.orders',
  detailType: 'OrderPlaced',
  schema: {
    type: 'object',
    properties: {
      ...chain,
      orderId: { type: 'string', pattern: '^o-[0-9]{4}$' },
      total: { type: 'integer', minimum: 0, maximum: 500 },
    },
    required: ['orderId', 'total', '_chain_depth', 'processing_stage'],
    additionalProperties: false,
  },
});
const receipt = contractOf({
  source: 'shop.billing',
  detailType: 'ReceiptMade',
  schema: {
    type: 'object',
    properties: {
      ...chain,
      orderId: { type: 'string' },
      points: { type: 'integer', minimum: 0, maximum: 50 },
    },
    required: ['orderId', 'points', '_chain_depth', 'processing_stage'],
    additionalProperties: false,
  },
});
const stock = contractOf({
  source: 'shop.stock',
  detailType: 'StockReserved',
  schema: receipt.detailSchema as JsonObject,
});
const contracts = [order, receipt, stock];

const client = new EventBridgeClient({ region: 'us-east-1' });
type Detail = { orderId: string; total: number; _chain_depth: number; processing_stage: string };
type Entry = { Source: string; DetailType: string; Detail: string };

/** What a bug changes in a handler that is right. */
interface Bug {
  readonly follow?: (detail: Detail) => object;
  readonly points?: (detail: Detail) => number;
  readonly source?: (detail: Detail) => string;
  readonly rejected?: (detail: Detail, publish: () => Promise<void>) => unknown;
  readonly send?: (entries: Entry[]) => Promise<void>;
}

async function put(entries: Entry[]) {
  const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
  return entries.filter((_, i) => Entries[i]?.ErrorCode !== undefined);
}

/** Sends again what was refused, once; what is refused then is an error. */
async function sendRight(entries: Entry[]): Promise<void> {
  const refused = await put(entries);
  const again = refused.length > 0 ? await put(refused) : [];
  if (again.length > 0) throw new Error(`${again.length} entries were refused`);
}

function isValid(detail: Partial<Detail>): boolean {
  const { orderId, total, _chain_depth: depth, processing_stage: stage, ...others } = detail;
  if (Object.keys(others).length > 0) return false;
  if (typeof orderId !== 'string' || !/^o-[0-9]{4}$/.test(orderId)) return false;
  if (!Number.isInteger(total) || total! < 0 || total! > 500) return false;
  return Number.isInteger(depth) && depth! >= 0 && (stage === 'raw' || stage === 'processed');
}

function handlerWith(bug: Bug) {
  return async ({ detail }: { detail: Detail }) => {
    const send = bug.send ?? sendRight;
    const publish = () => {
      const follow =
        bug.follow ??
        (({ _chain_depth, processing_stage }) => ({ _chain_depth: _chain_depth + 1, processing_stage }));
      const points = (bug.points ?? (({ total }) => Math.floor(total / 10)))(detail);
      const Detail = JSON.stringify({ ...follow(detail), orderId: detail.orderId, points });
      const Source = bug.source?.(detail) ?? 'shop.billing';
      return send([
        { Source, DetailType: 'ReceiptMade', Detail },
        { Source: 'shop.stock', DetailType: 'StockReserved', Detail },
      ]);
    };
    if (!isValid(detail) || detail._chain_depth >= 3)
      return bug.rejected?.(detail, publish) ?? { status: 'rejected' };
    await publish();
    return { status: 'done' };
  };
}

function check(bug: Bug, more: ConsumerTestOptions = {}): Promise<ConsumerReport> {
  return testConsumer(handlerWith(bug), order, { contracts, numRuns: 100, ...more });
}

/** The checks that a handler with the bug fails. */
async function failing(bug: Bug, more: ConsumerTestOptions = {}): Promise<string[]> {
  try {
    await check(bug, more);
    return [];
  } catch (error) {
    if (!(error instanceof HandlerCheckError)) throw error;
    return error.results.flatMap((result) => (result.verdict === 'failed' ? [result.check] : []));
  }
}

const once = new Set<string>();

describe('bugs planted in a handler are found within 200 runs', () => {
  test('none in the right one', async () => {
    const { results, repeat } = await check({});
    expect(results.map(({ verdict }) => verdict)).toEqual(results.map(() => 'passed'));
    expect(repeat).toMatchObject({ safe: false });
  });

  test.each<[string, string, Bug]>([
    [
      'the depth is not incremented',
      'depth',
      { follow: ({ _chain_depth, processing_stage }) => ({ _chain_depth, processing_stage }) },
    ],
    ['the depth is dropped', 'depth', { follow: ({ processing_stage }) => ({ processing_stage }) }],
    [
      'the stage is wrong',
      'stage',
      { follow: ({ _chain_depth }) => ({ _chain_depth: _chain_depth + 1, processing_stage: 'raw' }) },
    ],
    [
      'an undeclared event',
      'declared',
      { source: ({ total }) => (total > 490 ? 'shop.biling' : 'shop.billing') },
    ],
    [
      'an invalid detail at one end of a range',
      'valid',
      { points: ({ total }) => (total === 500 ? 51 : Math.floor(total / 10)) },
    ],
    [
      'the guard is missing',
      'maxChainDepth',
      { rejected: (detail, publish) => (isValid(detail) ? publish() : undefined) },
    ],
    [
      'events are published in spite of the rejection',
      'invalidEvents',
      { rejected: (detail, publish) => (isValid(detail) ? undefined : publish()) },
    ],
    [
      'events are published after the rejection was returned',
      'invalidEvents',
      {
        rejected: (detail, publish) => {
          if (!isValid(detail)) setImmediate(() => void publish());
          return { status: 'rejected' };
        },
      },
    ],
    [
      'everything is sent again when one entry was refused',
      'retries',
      {
        send: async (entries) => {
          if ((await put(entries)).length > 0 && (await put(entries)).length > 0) throw new Error('refused');
        },
      },
    ],
    [
      'a partial failure is swallowed',
      'partialFailures',
      { send: async (entries) => void (await put(entries)) },
    ],
    [
      'nobody waits for the publishing',
      'awaited',
      { send: async (entries) => void setImmediate(() => void put(entries)) },
    ],
  ])('%s', async (_name, expected, bug) => {
    expect(await failing(bug)).toContain(expected);
  });

  test('an event that is delivered twice is published for twice', async () => {
    expect(await failing({}, { repeat: 'safe' })).toEqual(['repeat']);
    // With a memory of what was handled it is safe, and every other check still sees what it has to.
    const remembering = async (event: { id: string; detail: Detail }) => {
      if (once.has(event.id)) return { status: 'done' };
      const result = await handlerWith({})(event);
      once.add(event.id);
      return result;
    };
    const { repeat } = await testConsumer(remembering, order, { contracts });
    expect(repeat?.safe).toBe(true);
  });
});
