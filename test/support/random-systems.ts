import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import type { FieldEffect } from '../../src/model/emission.ts';
import type { Draws } from './draws.ts';
import type { FunctionSketch, PublicationSketch, SystemSketch } from './system.ts';

/** Event types of the random systems: two families of sources, so that lists of sources mean something. */
export const eventTypes = ['m.a@X', 'm.a@Y', 'm.b@X', 'm.b@Z', 'n.c@X'] as const;

/** The second bus lies in another account and Region. */
export const buses = ['bus', '222233334444/eu-west-1/two'] as const;

const functions = ['F', 'G', 'H'] as const;

function detailOf(stage: JsonObject, depth: JsonObject, required: readonly string[]): JsonObject {
  return {
    type: 'object',
    properties: {
      processing_stage: stage,
      _chain_depth: { type: 'integer', ...depth },
      kind: { type: 'string' },
    },
    required,
  };
}

const bothStages = { enum: ['raw', 'processed'] };
const guards = ['processing_stage', '_chain_depth'];

/** What `detail` may be: mostly both guards' fields, sometimes fewer of them, or depths that only a publisher reaches. */
export const detailSchemas: readonly JsonObject[] = [
  detailOf(bothStages, { minimum: 0 }, guards),
  detailOf(bothStages, { minimum: 0 }, ['processing_stage']),
  detailOf({ type: 'string' }, { minimum: 0 }, []),
  detailOf(bothStages, { minimum: 0, maximum: 2 }, guards),
  detailOf({ enum: ['processed'] }, { minimum: 1 }, guards),
];

const sources: readonly JsonValue[] = [
  ['m.a'],
  ['m.b'],
  ['m.a', 'm.b'],
  [{ prefix: 'm.' }],
  [{ 'anything-but': ['m.a'] }],
  [{ 'anything-but': { prefix: 'm.' } }],
  [{ suffix: '.c' }],
  [{ wildcard: '*.b' }],
];

const detailTypes: readonly JsonValue[] = [['X'], ['Y'], ['X', 'Z'], [{ 'anything-but': 'X' }]];

const stages: readonly JsonValue[] = [['raw'], ['processed'], [{ 'anything-but': 'raw' }]];

const depths: readonly JsonValue[] = [
  [{ numeric: ['<', 2] }],
  [{ numeric: ['>=', 2] }],
  [0, 1],
  [{ numeric: ['>', 0, '<=', 3] }],
  [{ 'anything-but': [3] }],
];

const kinds: readonly JsonValue[] = [['a'], [{ 'anything-but': 'a' }], [{ exists: false }], ['a', 'b']];

/** What a random system may be made of beside rules, functions and guards. */
interface Parts {
  /** A second bus, and rules that forward to it. */
  readonly buses: readonly string[];
  /** A third field that is filtered, set and copied. */
  readonly kind: boolean;
  /** Other schemas than the one that demands both guards. */
  readonly schemas: boolean;
}

function patternOf(draws: Draws, parts: Parts): JsonObject {
  const detail: Record<string, JsonValue> = {};
  const pattern: Record<string, JsonValue> = {};
  if (draws.once(2)) pattern['source'] = draws.pick(sources);
  if (draws.once(2)) pattern['detail-type'] = draws.pick(detailTypes);
  if (draws.once(2)) detail['processing_stage'] = draws.pick(stages);
  if (draws.once(2)) detail['_chain_depth'] = draws.pick(depths);
  if (parts.kind && draws.once(2)) detail['kind'] = draws.pick(kinds);
  if (Object.keys(detail).length > 0) pattern['detail'] = detail;
  return Object.keys(pattern).length > 0 ? pattern : { source: [{ prefix: '' }] };
}

function depthEffect(draws: Draws): FieldEffect<number> {
  const choice = draws.below(14);
  if (choice < 7) return { kind: 'increment' };
  if (choice < 11) return { kind: 'copy' };
  return choice < 13 ? { kind: 'set', value: draws.below(5) } : { kind: 'absent' };
}

function textEffect(draws: Draws, values: readonly string[]): FieldEffect<string> {
  const choice = draws.below(9);
  if (choice < 4) return { kind: 'copy' };
  return choice < 8 ? { kind: 'set', value: draws.pick(values) } : { kind: 'absent' };
}

function publicationOf(draws: Draws, parts: Parts): PublicationSketch {
  const count = draws.below(8);
  const probability = draws.below(12);
  return {
    event: draws.pick(eventTypes),
    bus: draws.pick(parts.buses),
    depth: depthEffect(draws),
    stage: textEffect(draws, ['raw', 'processed']),
    count: count < 6 ? 1 : count === 6 ? 2 : draws.below(4),
    probability: probability < 10 ? 1 : probability === 10 ? 0.5 : 0,
    ...(parts.kind ? { fields: { kind: textEffect(draws, ['a', 'b']) } } : {}),
    ...(draws.once(2) ? { on: eventTypes.filter(() => draws.once(2)) } : {}),
  };
}

function functionOf(draws: Draws, parts: Parts): FunctionSketch {
  const publications = draws.list(0, 2, () => publicationOf(draws, parts));
  const byPlace = new Map(publications.map((each) => [`${each.event} ${each.bus}`, each]));
  return {
    publishes: [...byPlace.values()],
    ...(draws.once(3) ? { rejectsAtDepth: { depth: 1 + draws.below(4) } } : {}),
  };
}

/** A system of a few rules, functions and event types in which everything is known. */
export function systemFrom(draws: Draws): SystemSketch {
  const parts: Parts = {
    buses: draws.once(5) ? buses : buses.slice(0, 1),
    kind: draws.once(8),
    schemas: draws.once(3),
  };
  const rules = draws.list(1, 3, () => {
    const bus = draws.pick(parts.buses);
    const others = parts.buses.filter((each) => each !== bus).map((each) => `bus:${each}`);
    const targets = [...functions, ...others].filter(() => draws.once(2));
    return {
      pattern: patternOf(draws, parts),
      to: targets.length > 0 ? targets : ['F'],
      from: { kind: 'bus' as const, bus },
      state: draws.once(5) ? ('disabled' as const) : ('enabled' as const),
    };
  });
  return {
    rules: Object.fromEntries(rules.map((each, i) => [`R${i}`, each])),
    functions: Object.fromEntries(functions.map((name) => [name, functionOf(draws, parts)])),
    schemas: Object.fromEntries(
      eventTypes.map((type) => [type, parts.schemas ? draws.pick(detailSchemas) : detailSchemas[0]!]),
    ),
  };
}

/** How many numbers the largest of these systems is made of. */
export const DECISIONS = 160;

/** The same system with schemas that allow everything. */
export function withoutSchemas(system: SystemSketch): SystemSketch {
  return { ...system, schemas: Object.fromEntries(eventTypes.map((type) => [type, detailSchemas[2]!])) };
}

/** The same system with some of what is published left unsaid: whatever may be, the first system is one case of it. */
export function withBlanks(system: SystemSketch, draws: Draws): SystemSketch {
  const functions = Object.entries(system.functions).map(([name, each]) => {
    const publishes = (each.publishes ?? []).map((publication) => ({
      ...(publication as PublicationSketch),
      ...(draws.once(3) ? { stage: { kind: 'any' } as const } : {}),
      ...(draws.once(3) ? { depth: { kind: 'any' } as const } : {}),
    }));
    return [name, { ...each, publishes }] as const;
  });
  return { ...system, functions: Object.fromEntries(functions) };
}
