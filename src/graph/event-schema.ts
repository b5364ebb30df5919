import type { JsonObject, JsonValue } from '../json/value.ts';
import type { EventState, Known } from './state.ts';
import type { TrackedField } from './tracked.ts';

/**
 * What the events of a state obey besides their contract: the depth and the tracked fields that the state says they
 * have. Depths from `ceiling` on are one state, or stand each for those a period apart.
 */
export function narrowingOf(
  state: EventState,
  fields: readonly TrackedField[],
  depthPath: string,
  ceiling: number,
  period: number | undefined,
): JsonValue {
  const parts = fields.map(({ path, values }, i) =>
    fieldSchema(
      path,
      state.fields[i]!,
      (value) => ({ enum: [value] }),
      values.length === 0 ? {} : { not: { enum: [...values] } },
    ),
  );
  const depth = fieldSchema(
    depthPath,
    state.depth,
    (value) =>
      value < ceiling || (period ?? 1) > 1 ? { enum: [value] } : { type: 'integer', minimum: ceiling },
    {},
  );
  const known = [...parts, depth].filter((part) => part !== undefined);
  return known.length === 0 ? true : { allOf: known };
}

function fieldSchema<T>(
  path: string,
  known: Known<T>,
  ofValue: (value: T) => JsonObject,
  other: JsonObject,
): JsonObject | undefined {
  switch (known.kind) {
    case 'any':
      return undefined;
    case 'absent':
      return { not: required(path, {}) };
    case 'other':
      return required(path, other);
    case 'value':
      return required(path, ofValue(known.value));
  }
}

/** The schema of objects in which a dotted path is present and obeys a schema. */
export function required(path: string, schema: JsonObject): JsonObject {
  return path
    .split('.')
    .reduceRight<JsonObject>(
      (inner, name) => ({ type: 'object', required: [name], properties: { [name]: inner } }),
      schema,
    );
}
