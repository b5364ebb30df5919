import { describe, expect, it } from 'vitest';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import type { LoopVerdict } from '../../src/graph/loop.ts';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import type { FieldEffect } from '../../src/model/emission.ts';
import { localBus } from '../../src/testing/bus/local-bus.ts';
import { Interpreter } from '../support/interpreter.ts';
import { type SystemSketch, systemOf } from '../support/system.ts';

const copy = { kind: 'copy' } as const;
const all = { kind: 'copy', from: '' } as const;
const from = (path: string): FieldEffect<JsonValue> => ({ kind: 'copy', from: path });

type Fields = Readonly<Record<string, FieldEffect<JsonValue>>>;

/** Order leads to Wrapped, and Wrapped to Order, with what each publishes of the other. */
function pair(order: JsonObject, wrapped: JsonObject, wrap: Fields, unwrap: Fields, asked: JsonObject = {}) {
  return {
    rules: {
      R0: { pattern: { 'detail-type': ['Order'] }, to: ['F0'] },
      R1: { pattern: { 'detail-type': ['Wrapped'], ...asked }, to: ['F1'] },
    },
    functions: {
      F0: { publishes: [{ event: 'a@Wrapped', fields: wrap }] },
      F1: { publishes: [{ event: 'a@Order', fields: unwrap }] },
    },
    schemas: { 'a@Order': order, 'a@Wrapped': wrapped },
  };
}

const object = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({
  type: 'object',
  properties,
  required,
});

const text = { type: 'string', minLength: 2 };

function verdictOf(sketch: SystemSketch): LoopVerdict {
  const { groups } = analyzeLoops(systemOf(sketch), defaultSettings, schemaOracle(defaultSettings));
  const loops = groups.flatMap((group) => group.loops);
  expect(loops).toHaveLength(1);
  return loops[0]!.verdict;
}

/** The details shown for an endless loop, by detail-type; the first event goes round so many times. */
function shown(sketch: SystemSketch, rounds = 1000): Record<string, JsonObject> {
  const verdict = verdictOf(sketch);
  expect(verdict.kind).toBe('endless');
  const events = (verdict.kind === 'endless' ? verdict.events() : []) as JsonObject[];
  const [first] = events;
  const interpreter = new Interpreter(systemOf(sketch));
  let event = { ...(first as unknown as Parameters<Interpreter['deliver']>[0]), bus: 'bus' };
  for (let hop = 0; hop < rounds * events.length; hop++) {
    const [next] = interpreter.deliver(event);
    expect(next, `hop ${hop}`).toBeDefined();
    event = next!.event;
  }
  return Object.fromEntries(events.map((each) => [each['detail-type'], each['detail'] as JsonObject]));
}

describe('a record that holds the event it came from', () => {
  it('is that event, and what is taken out of it is what was put in', () => {
    const sketch = pair(
      object({ order_id: text }),
      object({ original: object({ order_id: text }), reason: text }),
      { original: all, reason: { kind: 'set', value: 'late' } },
      { order_id: from('original.order_id') },
    );
    const { Order, Wrapped } = shown(sketch);
    expect(Wrapped!['original']).toEqual(Order);
  });

  it('is one that the schemas of both allow', () => {
    const order = object({ order_id: { type: 'string', pattern: '^[a-m]' } });
    const original = object({ order_id: { type: 'string', pattern: '[x-z]$', maxLength: 2 } });
    const { Order, Wrapped } = shown(
      pair(order, object({ original }), { original: all }, { order_id: from('original.order_id') }),
    );
    expect(Order!['order_id']).toMatch(/^[a-m][x-z]$/);
    expect(Wrapped!['original']).toEqual(Order);
  });

  it('refutes the loop where no such record is allowed', () => {
    const order = object({ code: { type: 'string', pattern: '^[0-9]+$' } });
    const original = object({ code: { type: 'string', pattern: '^[a-z]+$' } });
    const sketch = pair(order, object({ original }), { original: all }, { code: from('original.code') });
    expect(verdictOf(sketch)).toMatchObject({
      kind: 'refuted',
      stop: {
        layer: 'content filter',
        reason: 'the schema of Wrapped does not allow what F0 puts into detail.original',
      },
    });
  });

  it('meets what a rule asks of the event within', () => {
    const status = { enum: ['new', 'paid'] };
    const sketch = (wanted: string, then: Fields) =>
      pair(object({ status }), object({ original: object({ status }) }), { original: all }, then, {
        detail: { original: { status: [wanted] } },
      });
    expect(shown(sketch('paid', { status: from('original.status') }))['Order']).toEqual({ status: 'paid' });
    const set = (value: string): Fields => ({ status: { kind: 'set', value } });
    expect(shown(sketch('paid', set('paid')))['Wrapped']).toEqual({ original: { status: 'paid' } });
    // Only the record says it: the event itself has no status that the rule asks for.
    expect(verdictOf(sketch('paid', set('new')))).toMatchObject({ kind: 'refuted' });
  });

  it('is endless where each holds the one before, and more and more with it', async () => {
    const history = { type: 'object' };
    const order = object({ order_id: text, history }, ['order_id']);
    const sketch = pair(order, order, { order_id: copy, history: all }, { order_id: copy, history: all });
    shown(sketch);
    const bus = localBus(systemOf(sketch));
    bus.publish({ bus: 'bus', source: 'a', detailType: 'Order', detail: { order_id: 'o-1' } });
    await bus.settle({ limit: 400, atLimit: 'stop' });
    expect(bus.events().length).toBeGreaterThanOrEqual(400);
  });

  it('is possible where a schema may refuse what has grown', () => {
    const once = object({ order_id: text, history: { type: 'object', maxProperties: 1 } }, ['order_id']);
    const sketch = pair(once, once, { order_id: copy, history: all }, { order_id: copy, history: all });
    expect(verdictOf(sketch)).toMatchObject({
      kind: 'possible',
      doubts: [{ reason: expect.stringMatching(/^whether what is copied in .*detail\.history is allowed/) }],
    });
  });

  it('is refuted where it never may hold one', () => {
    const closed = {
      ...object({ order_id: text, history: { ...object({}), additionalProperties: false } }, ['order_id']),
    };
    const sketch = pair(closed, closed, { order_id: copy, history: all }, { order_id: copy, history: all });
    expect(verdictOf(sketch).kind).toBe('refuted');
  });
});

describe('fields that change places', () => {
  it('go round twice before they are where they were', () => {
    const values = object({ a: { enum: ['x', 'y'] }, b: { enum: ['x', 'y'] } });
    const sketch: SystemSketch = {
      rules: {
        R: { pattern: { 'detail-type': ['Swap'], detail: { a: ['x', 'y'] } }, to: ['F'] },
      },
      functions: { F: { publishes: [{ event: 'a@Swap', fields: { a: from('b'), b: from('a') } }] } },
      schemas: { 'a@Swap': { ...values, not: { properties: { a: { const: 'x' }, b: { const: 'x' } } } } },
    };
    shown(sketch);
    const never = {
      ...sketch,
      rules: { R: { pattern: { 'detail-type': ['Swap'], detail: { a: ['x'], b: ['y'] } }, to: ['F'] } },
    };
    expect(verdictOf(never)).toMatchObject({ kind: 'refuted' });
  });
});
