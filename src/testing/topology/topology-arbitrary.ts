import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../json/value.ts';
import type { FieldEffect } from '../../model/emission.ts';
import { parseEventType } from '../../model/event-type.ts';
import type { Topology } from '../../model/topology.ts';
import { type FieldNames, usualFields } from '../handler/published.ts';
import {
  type FunctionSketch,
  type PublicationSketch,
  type SystemSketch,
  topologyFromSketch,
} from './sketch.ts';

export interface TopologyArbitraryOptions {
  /** Event types; five of two families of sources unless given, so that lists of sources mean something. */
  readonly eventTypes?: readonly string[];
  /** Names of functions; three unless given. */
  readonly functions?: readonly string[];
  /** Rules, at most; 4 unless given. */
  readonly maxRules?: number;
  /** Events that one function publishes, at most; 2 unless given. */
  readonly maxPublications?: number;
  /** Events of one kind that are published for one received, at most; 1 unless given. */
  readonly maxCount?: number;
  /** Depths that guards and filters speak of, at most; 4 unless given. */
  readonly maxDepth?: number;
  /** Whether some effects on depth and stage are left open (`any`), so that verdicts may be "possible". */
  readonly unknowns?: boolean;
  readonly fields?: Partial<FieldNames>;
}

const usual = {
  eventTypes: ['m.a@X', 'm.a@Y', 'm.b@X', 'm.b@Z', 'n.c@X'],
  functions: ['F', 'G', 'H'],
  maxRules: 4,
  maxPublications: 2,
  maxCount: 1,
  maxDepth: 4,
  unknowns: false,
} as const;

type Settings = Required<Omit<TopologyArbitraryOptions, 'fields'>> & { readonly fields: FieldNames };

/**
 * Random systems of a few rules, functions and event types on one bus, as sketches: rules with all sorts of patterns
 * on source, detail-type, stage and depth, some of them disabled; functions with and without a depth guard, that
 * publish what depends on what they receive. Everything about them is known, unless `unknowns` asks otherwise.
 */
export function systemSketchArbitrary(options: TopologyArbitraryOptions = {}): fc.Arbitrary<SystemSketch> {
  const settings: Settings = { ...usual, ...options, fields: { ...usualFields, ...options.fields } };
  const { eventTypes, functions, maxRules } = settings;
  const schema = guardedDetail(settings.fields);
  return fc
    .record({
      rules: fc.array(rule(settings), { minLength: 1, maxLength: maxRules }),
      behaviours: fc.tuple(...functions.map(() => functionSketch(settings))),
    })
    .map(({ rules, behaviours }) => ({
      rules: Object.fromEntries(rules.map((each, i) => [`R${i}`, each])),
      functions: Object.fromEntries(functions.map((name, i) => [name, behaviours[i]!])),
      schemas: Object.fromEntries(eventTypes.map((type) => [type, schema])),
    }));
}

/** Random topologies: {@link systemSketchArbitrary}, put together. */
export function topologyArbitrary(options: TopologyArbitraryOptions = {}): fc.Arbitrary<Topology> {
  return systemSketchArbitrary(options).map(topologyFromSketch);
}

/** Both guards' fields, required in every event. */
function guardedDetail({ depth, stage }: FieldNames): JsonObject {
  return {
    type: 'object',
    properties: { [stage]: { enum: ['raw', 'processed'] }, [depth]: { type: 'integer', minimum: 0 } },
    required: [stage, depth],
  };
}

function rule(settings: Settings) {
  const { functions } = settings;
  return fc.record({
    pattern: pattern(settings),
    to: fc.subarray([...functions], { minLength: 1, maxLength: Math.min(2, functions.length) }),
    state: fc.constantFrom('enabled' as const, 'enabled' as const, 'enabled' as const, 'disabled' as const),
  });
}

function pattern({ eventTypes, fields, maxDepth }: Settings): fc.Arbitrary<JsonObject> {
  const types = eventTypes.map((id) => parseEventType(id)!);
  const source = choices([...new Set(types.map((type) => type.source))]);
  const detailType = choices([...new Set(types.map((type) => type.detailType))]);
  const stage = fc.constantFrom<JsonValue>(['raw'], ['processed'], [{ 'anything-but': 'raw' }]);
  const level = fc.nat({ max: maxDepth });
  const depth: fc.Arbitrary<JsonValue> = fc.oneof(
    level.map((value) => [{ numeric: ['<', value + 1] }]),
    level.map((value) => [{ numeric: ['>=', value] }]),
    level.map((value) => [value]),
    level.map((value) => [{ 'anything-but': [value] }]),
    fc.tuple(level, level).map(([a, b]) => [{ numeric: ['>=', Math.min(a, b), '<', Math.max(a, b) + 1] }]),
  );
  return fc
    .record({ source, 'detail-type': detailType, stage, depth }, { requiredKeys: [] })
    .map(({ stage: byStage, depth: byDepth, ...envelope }): JsonObject => {
      const detail: JsonObject = {
        ...(byStage === undefined ? {} : { [fields.stage]: byStage }),
        ...(byDepth === undefined ? {} : { [fields.depth]: byDepth }),
      };
      const whole: JsonObject = { ...envelope, ...(Object.keys(detail).length > 0 ? { detail } : {}) };
      return Object.keys(whole).length > 0 ? whole : { source: [{ prefix: '' }] };
    });
}

/** Ways to ask for some of the names. */
function choices(names: readonly string[]): fc.Arbitrary<JsonValue> {
  const one = fc.constantFrom(...names);
  return fc.oneof(
    fc.subarray([...names], { minLength: 1, maxLength: 2 }),
    one.map((name) => [{ prefix: name.slice(0, Math.max(1, name.indexOf('.') + 1)) }]),
    one.map((name) => [{ 'anything-but': [name] }]),
    one.map((name) => [{ 'anything-but': { prefix: name.slice(0, 1) } }]),
    one.map((name) => [{ suffix: name.slice(-1) }]),
    one.map((name) => [{ wildcard: `*${name.slice(-1)}` }]),
  );
}

function functionSketch(settings: Settings): fc.Arbitrary<FunctionSketch> {
  const { maxPublications, maxDepth } = settings;
  return fc
    .record({
      publishes: fc.uniqueArray(publication(settings), {
        maxLength: maxPublications,
        selector: ({ event }) => event,
      }),
      guard: fc.option(fc.integer({ min: 1, max: Math.max(1, maxDepth) }), { freq: 2 }),
    })
    .map(({ publishes, guard }) => ({
      publishes,
      ...(guard === null ? {} : { rejectsAtDepth: { depth: guard } }),
    }));
}

function publication({
  eventTypes,
  maxCount,
  maxDepth,
  unknowns,
}: Settings): fc.Arbitrary<PublicationSketch> {
  const open = unknowns ? [{ arbitrary: fc.constant({ kind: 'any' } as const), weight: 1 }] : [];
  const depth: fc.Arbitrary<FieldEffect<number>> = fc.oneof(
    { arbitrary: fc.constant<FieldEffect<number>>({ kind: 'increment' }), weight: 3 },
    { arbitrary: fc.constant<FieldEffect<number>>({ kind: 'copy' }), weight: 2 },
    {
      arbitrary: fc.nat({ max: maxDepth }).map((value): FieldEffect<number> => ({ kind: 'set', value })),
      weight: 1,
    },
    ...open,
  );
  const stage: fc.Arbitrary<FieldEffect<string>> = fc.oneof(
    { arbitrary: fc.constant<FieldEffect<string>>({ kind: 'copy' }), weight: 2 },
    {
      arbitrary: fc
        .constantFrom('raw', 'processed')
        .map((value): FieldEffect<string> => ({ kind: 'set', value })),
      weight: 2,
    },
    ...open,
  );
  return fc
    .record(
      {
        event: fc.constantFrom(...eventTypes),
        depth,
        stage,
        count: fc.integer({ min: 1, max: maxCount }),
        on: fc.subarray([...eventTypes], { minLength: 1 }),
      },
      { requiredKeys: ['event', 'depth', 'stage', 'count'] },
    )
    .map((each) => each as PublicationSketch);
}
