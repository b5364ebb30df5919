import type { JsonObject, JsonValue } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import type { EventState, Known } from './state.ts';
import type { TrackedField } from './tracked.ts';

/**
 * The schema of the events in a state: the contract's, with the depth and the tracked fields that the state says they
 * have. Depths from `ceiling` on are one state.
 */
export function eventSchema(
  contract: Contract,
  state: EventState,
  fields: readonly TrackedField[],
  depthPath: string,
  ceiling: number,
): JsonValue {
  const parts = fields.map(({ path, values }, i) =>
    fieldSchema(path, state.fields[i]!, (value) => ({ enum: [value] }), { not: { enum: [...values] } }),
  );
  const depth = fieldSchema(
    depthPath,
    state.depth,
    (value) => (value < ceiling ? { enum: [value] } : { type: 'integer', minimum: ceiling }),
    {},
  );
  const known = [...parts, depth].filter((part) => part !== undefined);
  return known.length === 0
    ? contract.schema
    : { ...dialectOf(contract.schema), allOf: [contract.schema, ...known] };
}

/** The dialect must stand at the root to hold for what is added. */
function dialectOf(schema: JsonValue): JsonObject {
  const dialect = (schema as JsonObject)['$schema'];
  return dialect === undefined ? {} : { $schema: dialect };
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
function required(path: string, schema: JsonObject): JsonObject {
  return path
    .split('.')
    .reduceRight<JsonObject>(
      (inner, name) => ({ type: 'object', required: [name], properties: { [name]: inner } }),
      schema,
    );
}
