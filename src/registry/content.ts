import { pascalCase } from '../codegen/names.ts';
import { isObject, type JsonObject, type JsonValue, own } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import { envelopeOf, envelopeRequired } from '../model/envelope.ts';
import { compileSchema } from '../schema/compiled.ts';
import { freeName, type Loss } from '../schema/convert/loss.ts';
import { toDraftFour } from '../schema/convert/to-draft-04.ts';
import { toOpenApi } from '../schema/convert/to-openapi.ts';
import { compiledOnce } from '../schema/decide.ts';
import { includes } from '../schema/includes.ts';
import { limits } from './limits.ts';
import type { SchemaType } from './service.ts';

/** What goes up for a contract. */
export interface RegistryContent {
  readonly value: JsonObject;
  readonly losses: readonly Loss[];
}

/** The envelope as AWS's own schemas describe it. */
const TEXT: JsonObject = { type: 'string' };
const envelope: JsonObject = {
  account: TEXT,
  'detail-type': TEXT,
  id: TEXT,
  region: TEXT,
  resources: { type: 'array', items: TEXT },
  source: TEXT,
  time: { type: 'string', format: 'date-time' },
  version: TEXT,
};

/**
 * A contract in the layout of AWS's own schemas: the envelope at the root (of the document, or of the component
 * `AWSEvent`) with the event type in `x-amazon-events-source` and `x-amazon-events-detail-type`, `detail` as a
 * definition. Undefined if the contract's schema is invalid.
 */
export function registryContent(contract: Contract, type: SchemaType): RegistryContent | undefined {
  const detail = compiledOnce(contract.detailSchema);
  if (!detail) return undefined;
  const name = pascalCase(contract.type.detailType);
  const convert = (schema: typeof detail, as: string) => {
    const converted = toDraftFour(schema, as);
    return type === 'OpenApi3' ? toOpenApi(converted) : converted;
  };
  const converted = convert(detail, name);
  const definitions: Record<string, JsonObject> = { ...converted.definitions };
  const at = type === 'OpenApi3' ? '#/components/schemas/' : '#/definitions/';
  const losses = [...converted.losses];
  const reference = referenceTo(converted.schema, name, at, definitions);
  const more = furtherConditions(contract);
  const further: JsonObject[] = [];
  if (more) {
    const whole = convert(more, 'Envelope');
    // Its definitions are named apart: both are written by themselves.
    const renamed = withPrefix(whole.schema, whole.definitions, at, definitions);
    further.push(renamed);
    losses.push(...whole.losses);
  }
  const event: JsonObject = {
    type: 'object',
    required: [...envelopeRequired],
    'x-amazon-events-detail-type': contract.type.detailType,
    'x-amazon-events-source': contract.type.source,
    properties: { detail: reference, ...envelope },
    ...(further.length > 0 ? { allOf: further } : {}),
  };
  const title = contract.title ?? name;
  const value: JsonObject =
    type === 'OpenApi3'
      ? {
          openapi: '3.0.0',
          info: { version: '1.0.0', title },
          paths: {},
          components: { schemas: { AWSEvent: event, ...definitions } },
        }
      : { $schema: 'http://json-schema.org/draft-04/schema#', title, ...event, definitions };
  return { value, losses };
}

/** The text that goes up: indented where there is room. */
export function contentText(value: JsonObject): string {
  const indented = JSON.stringify(value, undefined, 2);
  return indented.length <= limits.content ? indented : JSON.stringify(value);
}

function referenceTo(
  schema: JsonObject,
  name: string,
  at: string,
  definitions: Record<string, JsonObject>,
): JsonObject {
  const target = own(schema, '$ref');
  if (typeof target === 'string' && Object.keys(schema).length === 1) {
    const key = target.slice(at.length);
    definitions[key] = withoutMarks(definitions[key]!);
    return schema;
  }
  const free = freeName(name, (one) => Object.hasOwn(definitions, one));
  definitions[free] = withoutMarks(schema);
  return { $ref: `${at}${free}` };
}

/** The marks of the event type stand at the event, not at its detail. */
function withoutMarks(schema: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !key.startsWith('x-amazon-events-')));
}

/** What a schema of whole events says beyond the envelope that every event has; undefined if it says nothing more. */
function furtherConditions({ schema, detailSchema, type }: Contract) {
  const parts = isObject(schema) ? own(schema, 'allOf') : undefined;
  const whole = Array.isArray(parts) ? (parts[0] as JsonValue) : undefined;
  if (!isObject(schema) || !isObject(detailSchema) || !isObject(whole)) return undefined;
  const { $ref, ...rest } = detailSchema;
  const usual = compileSchema({ ...rest, ...envelopeOf(type, { $ref: $ref! }) }, { formatAssertion: true });
  const { allOf: _, ...resources } = schema;
  const asked = compileSchema({ ...resources, ...whole }, { formatAssertion: true });
  if (!usual.value || !asked.value) return undefined;
  const proof = includes(usual.value, asked.value, { recheck: false, readable: false });
  return proof.answer === 'yes' ? undefined : asked.value;
}

function withPrefix(
  schema: JsonObject,
  more: Readonly<Record<string, JsonObject>>,
  at: string,
  definitions: Record<string, JsonObject>,
): JsonObject {
  const names = new Map<string, string>();
  for (const name of Object.keys(more)) {
    const free = freeName(`${name}_envelope`, (one) => Object.hasOwn(definitions, one));
    names.set(`${at}${name}`, `${at}${free}`);
    definitions[free] = {};
  }
  const rename = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(rename);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string' ? (names.get(inner) ?? inner) : rename(inner),
      ]),
    );
  };
  for (const [name, definition] of Object.entries(more)) {
    definitions[names.get(`${at}${name}`)!.slice(at.length)] = withoutMarks(rename(definition) as JsonObject);
  }
  return withoutMarks(rename(schema) as JsonObject);
}
