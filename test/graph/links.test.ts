import { describe, expect, it } from 'vitest';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import type { Loop } from '../../src/graph/loop.ts';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import { isObject, type JsonObject, type JsonValue } from '../../src/json/value.ts';
import { matchValue } from '../../src/pattern/match.ts';
import { compiledOnce } from '../../src/schema/decide.ts';
import { judgeOf } from '../../src/schema/validator.ts';
import { localBus } from '../../src/testing/bus/local-bus.ts';
import { type PublicationSketch, type SystemSketch, systemOf } from '../support/system.ts';

type Fields = PublicationSketch['fields'];

const copy = { kind: 'copy' } as const;

function schemaOf(properties: JsonObject, required = Object.keys(properties)): JsonObject {
  return { type: 'object', properties, required };
}

/** A ring of event types a@E0, a@E1, …: the function of each publishes the next with these fields. */
function ring(schemas: readonly JsonObject[], fields: readonly Fields[], more: SystemSketch['rules'] = {}) {
  const rules: Record<string, SystemSketch['rules'][string]> = {};
  const functions: Record<string, SystemSketch['functions'][string]> = {};
  for (const [i] of schemas.entries()) {
    rules[`R${i}`] = { pattern: { 'detail-type': [`E${i}`] }, to: [`F${i}`] };
    functions[`F${i}`] = {
      publishes: [{ event: `a@E${(i + 1) % schemas.length}`, fields: fields[i] ?? {} }],
    };
  }
  return {
    rules: { ...rules, ...more },
    functions,
    schemas: Object.fromEntries(schemas.map((schema, i) => [`a@E${i}`, schema])),
  };
}

function only(sketch: SystemSketch): Loop {
  const analysis = analyzeLoops(systemOf(sketch), defaultSettings, schemaOracle(defaultSettings));
  const loops = analysis.groups.flatMap((group) => group.loops);
  expect(loops).toHaveLength(1);
  return loops[0]!;
}

/** The events of an endless loop, each judged by Ajv and the reference matcher. */
function eventsOf(sketch: SystemSketch): JsonObject[] {
  const topology = systemOf(sketch);
  const { verdict, hops } = only(sketch);
  expect(verdict.kind).toBe('endless');
  const events = verdict.kind === 'endless' ? verdict.events() : [];
  for (const [i, event] of events.entries()) {
    const contract = topology.contracts.find(
      ({ type }) => type.detailType === hops[i]!.from.type!.detailType,
    );
    if (contract) expect(judgeOf(compiledOnce(contract.schema)!)(event!)).toBe(true);
    const { filter } = hops[i]!.route;
    expect(filter.kind === 'pattern' && matchValue(filter.pattern, event!)).toBe(true);
  }
  return events.map((event) => (isObject(event) ? event : {}));
}

function fieldsOf(events: readonly JsonObject[], name: string): (JsonValue | undefined)[] {
  return events.map(({ detail }) => (isObject(detail!) ? detail[name] : undefined));
}

/** What the local bus publishes, round by round, when it is given the first event: the details. */
async function replayed(sketch: SystemSketch, first: JsonObject, hops: number): Promise<JsonValue[]> {
  const bus = localBus(systemOf(sketch));
  const { source, 'detail-type': detailType, detail } = first;
  bus.publish({
    bus: 'bus',
    source: source as string,
    detailType: detailType as string,
    detail: detail as JsonObject,
  });
  await bus.settle({ limit: hops, atLimit: 'stop' });
  return bus.events().map(({ event }) => event['detail']!);
}

const uuid: JsonObject = { type: 'string', format: 'uuid' };

describe('what is copied on the way round', () => {
  it('is the same in every hop', async () => {
    const schema = schemaOf({ correlation_id: uuid, note: { type: 'string', minLength: 3 } });
    const fields: Fields = { correlation_id: copy, note: copy };
    const sketch = ring([schema, schema, schema], [fields, fields, fields]);
    const events = eventsOf(sketch);
    expect(new Set(fieldsOf(events, 'correlation_id')).size).toBe(1);
    const details = await replayed(sketch, events[0]!, 9);
    expect(details.length).toBeGreaterThanOrEqual(9);
    for (const [i, detail] of details.entries()) expect(detail).toEqual(events[i % 3]!['detail']);
  });

  it('is the same where each schema makes up a value of its own', async () => {
    const schemas = [1, 2, 3].map((n) =>
      schemaOf({ correlation_id: uuid, [`own_${n}`]: { type: 'integer', minimum: n } }),
    );
    const sketch = ring(schemas, [
      { correlation_id: copy },
      { correlation_id: copy },
      { correlation_id: copy },
    ]);
    const ids = fieldsOf(eventsOf(sketch), 'correlation_id');
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids).toEqual([ids[0], ids[0], ids[0]]);
  });

  it('is a value that all the schemas allow', async () => {
    const schemas = [
      schemaOf({ code: { type: 'string', pattern: '^[a-m]' } }),
      schemaOf({ code: { type: 'string', pattern: '[x-z]$', maxLength: 2 } }),
      schemaOf({ code: { type: 'string', not: { pattern: '^[a-k]' } } }),
    ];
    const sketch = ring(schemas, [{ code: copy }, { code: copy }, { code: copy }]);
    const events = eventsOf(sketch);
    const codes = fieldsOf(events, 'code');
    expect(codes[0]).toMatch(/^[lm][x-z]$/);
    expect(codes).toEqual([codes[0], codes[0], codes[0]]);
    const details = await replayed(sketch, events[0]!, 7);
    expect(details.map((detail) => (detail as JsonObject)['code'])).toEqual(details.map(() => codes[0]));
  });

  it('is a value that lists of different lengths share', () => {
    const schemas = [
      ['a', 'b', 'c'],
      ['b', 'c', 'd', 'e'],
      ['c', 'f'],
    ].map((listed) => schemaOf({ code: { enum: listed } }));
    const events = eventsOf(ring(schemas, [{ code: copy }, { code: copy }, { code: copy }]));
    expect(fieldsOf(events, 'code')).toEqual(['c', 'c', 'c']);
  });

  it('is found behind references and in embedded records', () => {
    const record = (id: JsonObject): JsonObject => ({
      type: 'object',
      properties: { id, kind: { type: 'string' } },
      required: ['id'],
    });
    const schemas: JsonObject[] = [
      {
        $id: 'https://example.com/e0',
        ...schemaOf({ original: { $ref: '#/$defs/record' } }),
        $defs: { record: record({ type: 'integer', minimum: 7 }) },
      },
      {
        allOf: [
          { type: 'object' },
          schemaOf({ original: record({ type: 'integer', maximum: 9, multipleOf: 4 }) }),
        ],
      },
    ];
    const originals = fieldsOf(eventsOf(ring(schemas, [{ original: copy }, { original: copy }])), 'original');
    expect(originals[0]).toMatchObject({ id: 8 });
    expect(originals[1]).toEqual(originals[0]);
  });

  it('meets what rules ask of an embedded record on every hop', () => {
    const schema = schemaOf({
      original: {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        required: ['a', 'b'],
      },
    });
    const more = {
      R0: { pattern: { 'detail-type': ['E0'], detail: { original: { a: ['1'] } } }, to: ['F0'] },
      R1: { pattern: { 'detail-type': ['E1'], detail: { original: { b: ['2'] } } }, to: ['F1'] },
    };
    const events = eventsOf(ring([schema, schema], [{ original: copy }, { original: copy }], more));
    const originals = fieldsOf(events, 'original');
    expect(originals[0]).toMatchObject({ a: '1', b: '2' });
    expect(originals[1]).toEqual(originals[0]);
    const other = {
      ...more,
      R1: { pattern: { 'detail-type': ['E1'], detail: { original: { a: ['2'] } } }, to: ['F1'] },
    };
    expect(
      only(ring([schema, schema], [{ original: copy }, { original: copy }], other)).verdict,
    ).toMatchObject({
      kind: 'refuted',
      stop: { layer: 'content filter' },
    });
  });

  it('begins where it is set, and lasts until it is no longer known', () => {
    const schema = schemaOf({ trace: { type: 'string', minLength: 1 } });
    const set = { kind: 'set', value: 'begun' } as const;
    const events = eventsOf(
      ring([schema, schema, schema], [{ trace: set }, { trace: copy }, { trace: copy }]),
    );
    expect(fieldsOf(events, 'trace')).toEqual(['begun', 'begun', 'begun']);
    const some = eventsOf(ring([schema, schema, schema], [{}, { trace: copy }, { trace: copy }]));
    const [first, second, third] = fieldsOf(some, 'trace');
    expect([second, third]).toEqual([first, first]);
  });

  it('is missing where one lets no such field through', () => {
    const schemas = [
      schemaOf({ note: { type: 'string' }, tag: { type: 'string' } }, ['tag']),
      { ...schemaOf({ tag: { type: 'string' } }), additionalProperties: false },
    ];
    const events = eventsOf(
      ring(schemas, [
        { note: copy, tag: copy },
        { note: copy, tag: copy },
      ]),
    );
    expect(fieldsOf(events, 'note')).toEqual([undefined, undefined]);
    expect(new Set(fieldsOf(events, 'tag')).size).toBe(1);
  });

  it('grows where the chain depth is counted', () => {
    const schema = schemaOf({ _chain_depth: { type: 'integer', minimum: 0 }, id: uuid });
    const sketch = ring([schema, schema, schema], []);
    for (const { publishes } of Object.values(sketch.functions))
      Object.assign(publishes![0]!, { depth: { kind: 'increment' }, fields: { id: copy } });
    const depths = fieldsOf(eventsOf(sketch), '_chain_depth') as number[];
    expect(depths.map((depth) => depth - depths[0]!)).toEqual([0, 1, 2]);
  });
});

describe('what no two event types can share', () => {
  const digits = schemaOf({ code: { type: 'string', pattern: '^[0-9]+$' } });
  const letters = schemaOf({ code: { type: 'string', pattern: '^[a-z]+$' } });

  it('refutes the hop that would copy it, and nothing is said to grow', async () => {
    const sketch = ring([digits, letters], [{ code: copy }, { code: copy }]);
    const loop = only(sketch);
    expect(loop.verdict).toMatchObject({
      kind: 'refuted',
      stop: {
        layer: 'content filter',
        reason: expect.stringMatching(
          /^the schema of E[01] does not allow what F[01] puts into detail\.code$/,
        ),
      },
    });
    const { groups } = analyzeLoops(systemOf(sketch), defaultSettings, schemaOracle(defaultSettings));
    expect(groups.map(({ growth }) => growth)).toEqual([undefined]);
    const first = { source: 'a', 'detail-type': 'E0', detail: { code: '1' } };
    expect(await replayed(sketch, first, 9)).toHaveLength(1);
  });

  it('lets the loop go where it is not copied', () => {
    expect(eventsOf(ring([digits, letters], [{}, {}]))).toHaveLength(2);
  });

  it('refutes a loop of three of which each two agree', () => {
    const schemas = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ].map((listed) => schemaOf({ code: { type: 'string', pattern: `^(${listed.join('|')})$` } }));
    const fields = { code: copy };
    expect(only(ring(schemas, [fields, fields, fields])).verdict).toMatchObject({
      kind: 'refuted',
      stop: { reason: 'nothing that is copied in detail.code is allowed all the way round' },
    });
  });

  it('refutes a hop whose schema does not allow what is always set or left out', () => {
    const set = { code: { kind: 'set', value: 'x' } } as const;
    expect(only(ring([letters, digits], [set, {}])).verdict).toMatchObject({ kind: 'refuted' });
    expect(only(ring([letters, digits], [{}, set])).verdict).toMatchObject({ kind: 'endless' });
    expect(only(ring([letters, digits], [{ code: { kind: 'absent' } }, {}])).verdict).toMatchObject({
      kind: 'refuted',
    });
  });

  it('is never endless where fields depend on each other', () => {
    // The second allows the value only beside another field that the first excludes with it.
    const depends = (kind: string): JsonObject => ({
      type: 'object',
      required: ['code', 'kind'],
      oneOf: [
        { properties: { code: { const: 'x' }, kind: { const: kind } } },
        { properties: { code: { const: `only ${kind}` }, kind: { type: 'string' } } },
      ],
    });
    const both = { code: copy, kind: copy };
    expect(only(ring([depends('a'), depends('b')], [both, both])).verdict.kind).not.toBe('endless');
    const events = eventsOf(ring([depends('a'), depends('b')], [{ code: copy }, { code: copy }]));
    expect(fieldsOf(events, 'code')).toEqual(['x', 'x']);
  });
});
