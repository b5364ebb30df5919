import { isObject, type JsonObject, type JsonValue, own } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import type { Topology } from '../model/topology.ts';
import type { GraphSettings } from './settings.ts';

/** Keywords whose numbers say nothing about which values are allowed. */
const SILENT = new Set(['default', 'examples', 'example']);

/** By contract: an edited topology has the same. */
const known = new WeakMap<Contract, Map<string, readonly JsonValue[]>>();

/** Every depth that the schema of some event type names. */
export function depthsNamed(topology: Topology, { depthField }: GraphSettings): readonly number[] {
  return namedBySchemas(topology, depthField).filter((each) => typeof each === 'number');
}

/** Whether the schema of an event type names any depth. */
export function namesDepth(contract: Contract, { depthField }: GraphSettings): boolean {
  return namedBy(contract, lastName(depthField)).some((each) => typeof each === 'number');
}

/** Every number of whose multiples alone some schema allows a depth. */
export function depthMultiples(topology: Topology, { depthField }: GraphSettings): readonly number[] {
  const name = lastName(depthField);
  return topology.contracts.flatMap((contract) => {
    const found = multiples.get(contract) ?? named(contract.detailSchema, name, 'multipleOf');
    multiples.set(contract, found);
    return found.filter((each) => typeof each === 'number');
  });
}

/** Every value that the schema of some event type names for a field of `detail` (`status`, `order.status`). */
export function namedBySchemas(topology: Topology, field: string): readonly JsonValue[] {
  const name = lastName(field);
  return [...new Set(topology.contracts.flatMap((contract) => namedBy(contract, name)))];
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

const multiples = new WeakMap<Contract, readonly JsonValue[]>();

function namedBy(contract: Contract, name: string): readonly JsonValue[] {
  const byName = known.get(contract) ?? new Map<string, readonly JsonValue[]>();
  known.set(contract, byName);
  const found = byName.get(name) ?? named(contract.detailSchema, name);
  byName.set(name, found);
  return found;
}

const textOf = new WeakMap<object, string>();

/**
 * Every whole number and every listed text that a schema names for one property, wherever that property is described;
 * a minimum of 0 is none. A reference is looked for in every document that the schema holds: too many values do no
 * harm. `only`: no more than the numbers of one keyword.
 */
function named(schema: JsonValue, field: string, only?: string): JsonValue[] {
  if (!isObject(schema)) return [];
  const text = textOf.get(schema) ?? JSON.stringify(schema);
  textOf.set(schema, text);
  if (!text.includes(JSON.stringify(field))) return [];
  const documents = [schema, ...embeddedIn(schema)];
  const values = new Set<JsonValue>();
  const seen = new Set<JsonValue>();
  const collect = (value: JsonValue | undefined, listed: boolean, from?: string): void => {
    if (typeof value === 'number') {
      if (only === undefined) for (const whole of wholesAround(value)) values.add(whole);
      else if (from === only) values.add(value);
    } else if (typeof value === 'string' || typeof value === 'boolean' || value === null) {
      if (listed && only === undefined) values.add(value);
    } else if (Array.isArray(value)) for (const each of value) collect(each, listed, from);
    else if (isObject(value) && !seen.has(value)) {
      seen.add(value);
      for (const [keyword, given] of Object.entries(value)) {
        if (keyword === '$ref' && typeof given === 'string')
          for (const document of documents) collect(pointed(document, given), false);
        else if (!SILENT.has(keyword) && !(keyword === 'minimum' && Number(given) <= 0))
          collect(given, keyword === 'enum' || keyword === 'const', keyword);
      }
    }
  };
  const look = (value: JsonValue): void => {
    if (Array.isArray(value)) for (const each of value) look(each);
    else if (isObject(value)) {
      const properties = own(value, 'properties');
      if (isObject(properties)) collect(own(properties, field), false);
      for (const each of Object.values(value)) look(each);
    }
  };
  look(schema);
  return [...values];
}

/** `maximum: 7.5` tells 7 from 8. */
function wholesAround(value: number): number[] {
  return [Math.floor(value), Math.ceil(value)].filter(Number.isSafeInteger);
}

function embeddedIn(schema: JsonObject): JsonObject[] {
  const definitions = own(schema, '$defs') ?? own(schema, 'definitions');
  return isObject(definitions) ? Object.values(definitions).filter(isObject) : [];
}

/** What the fragment of a reference points at in one document. */
function pointed(document: JsonObject, reference: string): JsonValue | undefined {
  const fragment = reference.split('#')[1];
  if (fragment === undefined || !fragment.startsWith('/')) return undefined;
  let at: JsonValue | undefined = document;
  for (const part of fragment.slice(1).split('/')) {
    at = isObject(at) ? own(at, part.replaceAll('~1', '/').replaceAll('~0', '~')) : undefined;
  }
  return at;
}
