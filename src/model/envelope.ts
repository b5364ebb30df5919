import { isObject, type JsonObject, type JsonValue } from '../json/value.ts';
import type { EventType } from './event-type.ts';

/**
 * The members EventBridge puts round every `detail` it delivers (UG eb-events), as JSON Schema properties. A replay adds
 * `replay-name` (UG eb-archive). The examples make readable witnesses.
 */
export const envelopeProperties: Readonly<Record<string, JsonObject>> = {
  version: { enum: ['0'] },
  id: { type: 'string', format: 'uuid', examples: ['6a7e8feb-b491-4cf7-a9f1-bf3703467718'] },
  'detail-type': { type: 'string', minLength: 1, maxLength: 128 },
  source: { type: 'string', minLength: 1 },
  account: { type: 'string', pattern: '^[0-9]{12}$', examples: ['111122223333'] },
  time: { type: 'string', format: 'date-time', examples: ['2026-01-01T00:00:00Z'] },
  region: { type: 'string', pattern: '^[a-z]{2,}(-[a-z]+)+-[0-9]+$', examples: ['us-east-1'] },
  resources: { type: 'array', items: { type: 'string', maxLength: 2048 }, examples: [[]] },
  detail: { type: 'object' },
  'replay-name': { type: 'string' },
};

/** Every member but `replay-name` is always there. */
export const envelopeRequired: readonly string[] = Object.keys(envelopeProperties).filter(
  (name) => name !== 'replay-name',
);

/**
 * The envelope of one event type; `detail` is any object until a schema says more. PutEvents takes nothing else
 * (API PutEventsRequestEntry: a valid JSON object), whether or not the schema says so.
 */
export function envelopeOf(type: EventType, detail: JsonObject | boolean): JsonObject {
  return {
    type: 'object',
    properties: {
      ...envelopeProperties,
      source: { enum: [type.source] },
      'detail-type': { enum: [type.detailType] },
      detail: ofObjects(detail),
    },
    required: envelopeRequired,
  };
}

function ofObjects(detail: JsonObject | boolean): JsonObject {
  if (detail === true) return { type: 'object' };
  const said = isObject(detail) && detail['type'] === 'object' && !Object.hasOwn(detail, '$ref');
  // Beside a $ref, older drafts ignore everything.
  return said ? detail : { allOf: [{ type: 'object' }, detail] };
}

/** A delivered event with this detail; what the service fills in are sample values. */
export function exampleEvent(type: EventType, detail: JsonValue): JsonObject {
  const event: Record<string, JsonValue> = {};
  for (const name of envelopeRequired) event[name] = sampleOf(envelopeProperties[name]!);
  return { ...event, source: type.source, 'detail-type': type.detailType, detail };
}

function sampleOf(schema: JsonObject): JsonValue {
  const listed = schema['examples'] ?? schema['enum'];
  return Array.isArray(listed) ? listed[0] : '';
}
