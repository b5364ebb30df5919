import { isObject, type JsonObject, type JsonValue } from '../../src/json/value.ts';
import type { FieldEffect } from '../../src/model/emission.ts';
import type { Draws } from './draws.ts';
import { DECISIONS, systemFrom } from './random-systems.ts';
import type { PublicationSketch, SystemSketch } from './system.ts';

type Effects = Record<string, FieldEffect<JsonValue>>;

const copy = { kind: 'copy' } as const;

/** What a publication makes of a text field, of a record that holds one, and of what the record holds. */
const ofKind: readonly Effects[] = [
  { kind: copy },
  { kind: { kind: 'copy', from: 'record.kind' } },
  { kind: { kind: 'copy', from: 'record.kind' } },
  { kind: { kind: 'set', value: 'a' } },
  { kind: { kind: 'absent' } },
];
const ofRecord: readonly Effects[] = [
  { record: copy },
  { 'record.kind': copy },
  { 'record.kind': { kind: 'copy', from: 'kind' } },
  { 'record.kind': { kind: 'copy', from: 'kind' } },
  { record: { kind: 'set', value: { kind: 'b' } } },
  { record: { kind: 'absent' } },
  { record: copy, 'record.kind': { kind: 'copy', from: 'kind' } },
  { 'record.kind': { kind: 'copy', from: 'kind' }, record: copy },
];

const asked: readonly JsonValue[] = [['a'], [{ 'anything-but': 'a' }], [{ exists: false }], ['a', 'b']];

const listed: readonly JsonObject[] = [
  { type: 'string' },
  { type: 'string' },
  { enum: ['a', 'b'] },
  { enum: ['b', 'c'] },
];

/** How many numbers the largest of these systems is made of. */
export const RENAMED_DECISIONS = DECISIONS + 60;

/** A random system in which fields are copied from one another, out of records and into them. */
export function renamedSystemFrom(draws: Draws): SystemSketch {
  const { rules, functions, schemas = {} } = systemFrom(draws);
  const published = (each: string | PublicationSketch): PublicationSketch => ({
    ...(typeof each === 'string' ? { event: each } : each),
    fields: { ...draws.pick(ofKind), ...draws.pick(ofRecord) },
  });
  const pattern = (given: JsonObject): JsonObject => {
    const of: Record<string, JsonValue> = {};
    if (draws.once(4)) of['kind'] = draws.pick(asked);
    if (draws.once(3)) of['record'] = { kind: draws.pick(asked) };
    if (Object.keys(of).length === 0) return given;
    return { ...given, detail: { ...(isObject(given['detail']!) ? given['detail'] : {}), ...of } };
  };
  const told = (schema: JsonObject): JsonObject => ({
    ...schema,
    properties: {
      ...(schema['properties'] as JsonObject),
      kind: draws.pick(listed),
      record: { type: 'object', properties: { kind: draws.pick(listed) } },
    },
  });
  return {
    rules: Object.fromEntries(
      Object.entries(rules).map(([name, rule]) => [name, { ...rule, pattern: pattern(rule.pattern) }]),
    ),
    functions: Object.fromEntries(
      Object.entries(functions).map(([name, each]) => [
        name,
        { ...each, publishes: (each.publishes ?? []).map(published) },
      ]),
    ),
    schemas: Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, told(schema)])),
  };
}
