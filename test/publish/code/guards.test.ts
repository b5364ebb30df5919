import { describe, expect, it } from 'vitest';
import { readCode } from './read.ts';

const v3 =
  "import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';\nconst client = new EventBridgeClient({});\n" +
  "const put = (Detail: string) => client.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'T', Detail }] }));\n";
const event = 'event: any';

/** A name, the code, and below which depth it follows events; undefined: no guard is claimed. */
type Case = readonly [string, string | Readonly<Record<string, string>>, number | undefined];

const guarded: readonly Case[] = [
  [
    'an early return',
    `export const handler = async (${event}) => { if (event.detail._chain_depth >= 3) return; await put('{}'); };`,
    3,
  ],
  [
    'an early exception',
    `export const handler = async (${event}) => { if (event.detail._chain_depth > 3) throw new Error('deep'); await put('{}'); };`,
    4,
  ],
  [
    'a missing depth that counts as 0',
    `const MAX = 5; export const handler = async (${event}) => { const depth = event.detail?._chain_depth ?? 0; if (MAX <= depth) { console.log('deep'); return; } await put('{}'); };`,
    5,
  ],
  [
    'publishing below only',
    `export const handler = async (${event}) => { const { _chain_depth: depth = 0 } = event.detail; if (depth < 2) { await put('{}'); } };`,
    2,
  ],
  [
    'publishing in the other branch',
    `export const handler = async (${event}) => { if (event.detail._chain_depth >= 2) console.warn('deep'); else await put('{}'); };`,
    2,
  ],
  [
    'a negation',
    `export const handler = async (${event}) => { if (!(event.detail._chain_depth < 2)) return; await put('{}'); };`,
    2,
  ],
  [
    'a choice',
    `export const handler = async (${event}) => event.detail._chain_depth >= 2 ? undefined : put('{}');`,
    2,
  ],
  [
    'a conjunction',
    `export const handler = async (${event}) => event.detail._chain_depth < 2 && put('{}');`,
    2,
  ],
  [
    'a disjunction with something else',
    `export const handler = async (${event}) => { if (event.x || event.detail._chain_depth >= 2) return; await put('{}'); };`,
    2,
  ],
  [
    'a variable that holds the test',
    `export const handler = async (${event}) => { const deep = (event.detail._chain_depth || 0) >= 4; if (deep) return; await put('{}'); };`,
    4,
  ],
  [
    'a function that answers',
    `const tooDeep = (event: any) => (event.detail._chain_depth ?? 0) >= 3; export const handler = async (${event}) => { if (tooDeep(event)) return; await put('{}'); };`,
    3,
  ],
  [
    'a function that answers by steps',
    `function allowed({ _chain_depth = 0 }: any): boolean { if (_chain_depth < 3) return true; console.log('deep'); return false; }
    export const handler = async (${event}) => { if (!allowed(event.detail)) return; await put('{}'); };`,
    3,
  ],
  [
    'a function that throws',
    `function guard(event: any) { if (event.detail._chain_depth >= 3) throw new Error('deep'); }
    export const handler = async (${event}) => { guard(event); await put('{}'); };`,
    3,
  ],
  [
    'a wrapper',
    `const guarded = (next: any) => async (event: any) => { if (event.detail._chain_depth >= 3) return; return next(event); };
    export const handler = guarded(async (${event}) => { await put('{}'); });`,
    3,
  ],
  [
    'a maximum of the environment',
    `const max = Number(process.env.MAX_DEPTH ?? '3'); export const handler = async (${event}) => { if (event.detail._chain_depth >= max) return; await put('{}'); };`,
    7,
  ],
  [
    'messages of a queue, one by one',
    `export const handler = async (${event}) => { for (const record of event.Records) { const body = JSON.parse(record.body); if (body.detail._chain_depth >= 3) continue; await put('{}'); } };`,
    3,
  ],
  [
    'entries made below only',
    `export const handler = async (${event}) => { const Entries: any[] = []; for (const record of event.Records) { const body = JSON.parse(record.body); if (body.detail._chain_depth < 3) Entries.push({ Source: 's', DetailType: 'T', Detail: '{}' }); }
    await client.send(new PutEventsCommand({ Entries })); };`,
    3,
  ],
  [
    'the weaker of two',
    `export const handler = async (${event}) => { const depth = event.detail._chain_depth; if (depth < 2) await put('a'); if (depth < 4) await put('b'); };`,
    4,
  ],
  [
    'in a try block',
    `export const handler = async (${event}) => { try { if (event.detail._chain_depth >= 3) return; await put('{}'); } catch (error) { console.error(error); throw error; } };`,
    3,
  ],
];

const unguarded: readonly Case[] = [
  [
    'a test of another field',
    `export const handler = async (${event}) => { if (event.detail.retries >= 3) return; await put('{}'); };`,
    undefined,
  ],
  [
    'a test that only logs',
    `export const handler = async (${event}) => { if (event.detail._chain_depth >= 3) console.warn('deep'); await put('{}'); };`,
    undefined,
  ],
  [
    'a test behind the publication',
    `export const handler = async (${event}) => { await put('{}'); if (event.detail._chain_depth >= 3) return; };`,
    undefined,
  ],
  [
    'one publication of two',
    `export const handler = async (${event}) => { if (event.detail._chain_depth < 3) await put('a'); await client.send(new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'U' }] })); };`,
    undefined,
  ],
  [
    'a return that needs something else as well',
    `export const handler = async (${event}) => { if (event.detail._chain_depth >= 3 && event.x) return; await put('{}'); };`,
    undefined,
  ],
  [
    'a publication in the catch block of a try',
    `export const handler = async (${event}) => { try { if (event.detail._chain_depth >= 3) throw new Error('deep'); } catch { await put('{}'); } };`,
    undefined,
  ],
  [
    'a guard whose exception is caught',
    `export const handler = async (${event}) => { try { JSON.parse(event.x); if (event.detail._chain_depth >= 3) return; } catch { console.log('odd'); } await put('{}'); };`,
    undefined,
  ],
  [
    'a maximum that nobody knows',
    `export const handler = async (${event}) => { if (event.detail._chain_depth >= Number(process.env.UNKNOWN_MAX)) return; await put('{}'); };`,
    undefined,
  ],
  [
    'a depth that may be another number',
    `export const handler = async (${event}) => { const depth = event.trusted ? 0 : event.detail._chain_depth; if (depth >= 3) return; await put('{}'); };`,
    undefined,
  ],
  [
    'a depth that deep events reset',
    `export const handler = async (${event}) => { const own = event.detail._chain_depth; const depth = own < 2 ? own : 0; if (depth >= 3) return; await put('{}'); };`,
    undefined,
  ],
  [
    'the first message of several',
    `export const handler = async (${event}) => { if (JSON.parse(event.Records[0].body).detail._chain_depth >= 3) return; for (const record of event.Records) await put('{}'); };`,
    undefined,
  ],
  [
    'a return out of the loop only',
    `export const handler = async (${event}) => { event.Records.forEach((record: any) => { if (record.detail._chain_depth >= 3) return; }); await put('{}'); };`,
    undefined,
  ],
  [
    'an asynchronous guard that nobody waits for',
    `async function guard(event: any) { if (event.detail._chain_depth >= 3) throw new Error('deep'); }
    export const handler = async (${event}) => { guard(event).catch(() => {}); await put('{}'); };`,
    undefined,
  ],
  [
    'a labelled block that is left',
    `export const handler = async (${event}) => { check: { if (event.detail._chain_depth >= 3) break check; } await put('{}'); };`,
    undefined,
  ],
  [
    'a guard that returns before it tests',
    `function guard(event: any) { if (event.detail.admin) return; if (event.detail._chain_depth >= 3) throw new Error('deep'); }
    export const handler = async (${event}) => { guard(event); await put('{}'); };`,
    undefined,
  ],
  [
    'a package that may publish',
    `import { other } from 'some-package'; export const handler = async (${event}) => { if (event.detail._chain_depth >= 3) return; await put('{}'); other(event); };`,
    undefined,
  ],
];

const python: readonly Case[] = [
  [
    'an early return',
    {
      'a.py': `import boto3, json
MAX_DEPTH = 3
def handler(event, context):
    depth = event["detail"].get("_chain_depth", 0)
    if depth >= MAX_DEPTH:
        return {"status": "rejected"}
    boto3.client("events").put_events(Entries=[{"Source": "s", "DetailType": "T", "Detail": json.dumps({"_chain_depth": depth + 1})}])`,
    },
    3,
  ],
  [
    'an early exception in a helper',
    {
      'a.py': `import boto3
def check(detail):
    if int(detail.get("_chain_depth") or 0) >= 3:
        raise ValueError("too deep")
def handler(event, context):
    check(event["detail"])
    boto3.client("events").put_events(Entries=[{"Source": "s", "DetailType": "T", "Detail": "{}"}])`,
    },
    3,
  ],
  [
    'a decorator',
    {
      'a.py': `import boto3, functools
def max_depth(limit):
    def decorate(fn):
        @functools.wraps(fn)
        def inner(event, context):
            if event["detail"].get("_chain_depth", 0) >= limit:
                return None
            return fn(event, context)
        return inner
    return decorate
@max_depth(4)
def handler(event, context):
    boto3.client("events").put_events(Entries=[{"Source": "s", "DetailType": "T", "Detail": "{}"}])`,
    },
    4,
  ],
  [
    'a loop that goes on',
    {
      'a.py': `import boto3, json
def handler(event, context):
    for record in event["Records"]:
        body = json.loads(record["body"])
        if body["detail"]["_chain_depth"] > 2:
            continue
        boto3.client("events").put_events(Entries=[{"Source": "s", "DetailType": "T", "Detail": "{}"}])`,
    },
    3,
  ],
  [
    'a test that only logs',
    {
      'a.py': `import boto3
def handler(event, context):
    if event["detail"]["_chain_depth"] >= 3:
        print("deep")
    boto3.client("events").put_events(Entries=[{"Source": "s", "DetailType": "T", "Detail": "{}"}])`,
    },
    undefined,
  ],
  [
    'a try that goes on',
    {
      'a.py': `import boto3
def handler(event, context):
    try:
        if event["detail"]["_chain_depth"] >= 3:
            return
    except KeyError:
        pass
    boto3.client("events").put_events(Entries=[{"Source": "s", "DetailType": "T", "Detail": "{}"}])`,
    },
    undefined,
  ],
];

describe('how deep a handler follows', () => {
  it.each([...guarded, ...unguarded, ...python])('%s', (_name, code, depth) => {
    const files = typeof code === 'string' ? { 'a.ts': v3 + code } : code;
    const reading = readCode(files, { MAX_DEPTH: '7', UNKNOWN_MAX: undefined });
    expect(reading.publications.length).toBeGreaterThan(0);
    expect(reading.rejects?.depth).toBe(depth);
  });
});

const contracts = `import { consumerOf, defineContract } from 'busproof/runtime';
  const placed = defineContract({ source: 'shop', detailType: 'Placed', bus: 'b', fields: { depth: '_chain_depth', stage: 'processing_stage' } });
  const shipped = defineContract({ source: 'shop', detailType: 'Shipped', bus: 'b', fields: { depth: '_chain_depth', stage: 'processing_stage' } });\n`;

describe('consumers of generated code', () => {
  const consumer = (defaults: string, options = ''): Readonly<Record<string, string>> => ({
    'a.ts': `import { onPlaced } from './consume.ts';
      export const handler = onPlaced(async (event, { publish }) => { await publish.shipped({ id: 1 }); }${options});`,
    'consume.ts': `${contracts}export const onPlaced = consumerOf({ contract: placed, publications: { shipped }, defaults: ${defaults} });`,
  });

  it.each([
    ['the default of the runtime', consumer('{}'), 3],
    ['what the contract says', consumer('{ maxChainDepth: 5 }'), 5],
    ['what the handler says', consumer('{ maxChainDepth: 5 }', ', { maxChainDepth: 2 }'), 2],
    [
      'options that nobody knows',
      consumer('{ maxChainDepth: 5 }', ', JSON.parse(process.env.OPTIONS!)'),
      undefined,
    ],
  ])('reject by %s', (_name, files, depth) => {
    const reading = readCode(files, { OPTIONS: undefined });
    expect(reading.publications).toMatchObject([
      { source: 'shop', detailType: 'Shipped', bus: 'b', detail: { _chain_depth: { kind: 'increment' } } },
    ]);
    expect(reading.rejects?.depth).toBe(depth);
  });

  it('know the stage of what follows', () => {
    const stage = (defaults: string): unknown =>
      readCode(consumer(defaults)).publications[0]?.detail['processing_stage'];
    expect(stage('{}')).toEqual({ kind: 'copy' });
    expect(stage('{ callsModel: true }')).toEqual({ kind: 'set', value: 'processed' });
    expect(readCode(consumer('{ callsModel: true }')).callsModel).toBe(true);
  });
});
