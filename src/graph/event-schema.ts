import type { JsonObject, JsonValue } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import type { GraphSettings } from './settings.ts';
import type { EventState, Known } from './state.ts';

/**
 * The schema of the events in a state: the contract's, with the stage and the depth that the state says they have.
 * `stages` are the values that `other` excludes; depths from `ceiling` on are one state.
 */
export function eventSchema(
  contract: Contract,
  state: EventState,
  settings: GraphSettings,
  stages: readonly string[],
  ceiling: number,
): JsonValue {
  const parts = [
    fieldSchema(settings.stageField, state.stage, (stage) => ({ const: stage }), {
      not: { enum: [...stages] },
    }),
    fieldSchema(
      settings.depthField,
      state.depth,
      (depth) => (depth < ceiling ? { const: depth } : { type: 'integer', minimum: ceiling }),
      {},
    ),
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return contract.schema;
  return { allOf: [contract.schema, ...parts.map((detail) => ({ properties: { detail } }))] };
}

function fieldSchema<T>(
  name: string,
  known: Known<T>,
  ofValue: (value: T) => JsonObject,
  other: JsonObject,
): JsonObject | undefined {
  switch (known.kind) {
    case 'any':
      return undefined;
    case 'absent':
      return { not: { required: [name] } };
    case 'other':
      return { required: [name], properties: { [name]: other } };
    case 'value':
      return { required: [name], properties: { [name]: ofValue(known.value) } };
  }
}
