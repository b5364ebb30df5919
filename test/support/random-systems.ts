import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import type { FieldEffect } from '../../src/model/emission.ts';
import type { PublicationSketch, SystemSketch } from './system.ts';

/** Event types of the random systems: two families of sources, so that lists of sources mean something. */
export const eventTypes = ['m.a@X', 'm.a@Y', 'm.b@X', 'm.b@Z', 'n.c@X'] as const;

const functions = ['F', 'G', 'H'] as const;

/** Both guards' fields, required in every event. */
export const guardedDetail: JsonObject = {
  type: 'object',
  properties: {
    processing_stage: { enum: ['raw', 'processed'] },
    _chain_depth: { type: 'integer', minimum: 0 },
  },
  required: ['processing_stage', '_chain_depth'],
};

const source: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(
  ['m.a'],
  ['m.b'],
  ['m.a', 'm.b'],
  [{ prefix: 'm.' }],
  [{ 'anything-but': ['m.a'] }],
  [{ 'anything-but': { prefix: 'm.' } }],
  [{ suffix: '.c' }],
  [{ wildcard: '*.b' }],
);

const detailType: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(
  ['X'],
  ['Y'],
  ['X', 'Z'],
  [{ 'anything-but': 'X' }],
);

const stage: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(
  ['raw'],
  ['processed'],
  [{ 'anything-but': 'raw' }],
);

const depth: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(
  [{ numeric: ['<', 2] }],
  [{ numeric: ['>=', 2] }],
  [0, 1],
  [{ numeric: ['>', 0, '<=', 3] }],
  [{ 'anything-but': [3] }],
);

const pattern: fc.Arbitrary<JsonObject> = fc
  .record({ source, 'detail-type': detailType, stage, depth }, { requiredKeys: [] })
  .map(({ stage: processing_stage, depth: _chain_depth, ...envelope }): JsonObject => {
    const detail: JsonObject = {
      ...(processing_stage === undefined ? {} : { processing_stage }),
      ...(_chain_depth === undefined ? {} : { _chain_depth }),
    };
    const whole: JsonObject = { ...envelope, ...(Object.keys(detail).length > 0 ? { detail } : {}) };
    return Object.keys(whole).length > 0 ? whole : { source: [{ prefix: '' }] };
  });

const depthEffect: fc.Arbitrary<FieldEffect<number>> = fc.oneof(
  { arbitrary: fc.constant<FieldEffect<number>>({ kind: 'increment' }), weight: 3 },
  { arbitrary: fc.constant<FieldEffect<number>>({ kind: 'copy' }), weight: 2 },
  {
    arbitrary: fc.integer({ min: 0, max: 4 }).map((value): FieldEffect<number> => ({ kind: 'set', value })),
    weight: 1,
  },
);

const stageEffect: fc.Arbitrary<FieldEffect<string>> = fc.oneof(
  fc.constant<FieldEffect<string>>({ kind: 'copy' }),
  fc.constantFrom('raw', 'processed').map((value): FieldEffect<string> => ({ kind: 'set', value })),
);

const publication: fc.Arbitrary<PublicationSketch> = fc
  .record(
    {
      event: fc.constantFrom(...eventTypes),
      depth: depthEffect,
      stage: stageEffect,
      on: fc.subarray([...eventTypes], { minLength: 1 }),
    },
    { requiredKeys: ['event', 'depth', 'stage'] },
  )
  .map((each) => each as PublicationSketch);

const functionSketch = fc
  .record({
    publishes: fc.uniqueArray(publication, { maxLength: 2, selector: ({ event }) => event }),
    guard: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 2 }),
  })
  .map(({ publishes, guard }) => ({
    publishes,
    ...(guard === null ? {} : { rejectsAtDepth: { depth: guard } }),
  }));

const rule = fc.record({
  pattern,
  to: fc.subarray([...functions], { minLength: 1, maxLength: 2 }),
  state: fc.constantFrom('enabled' as const, 'enabled' as const, 'enabled' as const, 'disabled' as const),
});

/** Systems of a few rules, functions and event types in which everything is known. */
export const randomSystem: fc.Arbitrary<SystemSketch> = fc
  .record({
    rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
    F: functionSketch,
    G: functionSketch,
    H: functionSketch,
  })
  .map(({ rules, F, G, H }) => ({
    rules: Object.fromEntries(rules.map((each, i) => [`R${i}`, each])),
    functions: { F, G, H },
    schemas: Object.fromEntries(eventTypes.map((type) => [type, guardedDetail])),
  }));
