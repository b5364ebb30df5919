import fc from 'fast-check';
import { isObject, type JsonValue } from '../../src/json/value.ts';

/**
 * Values near a schema: made from its keywords without care for all of them, so that about as many are invalid as
 * valid. Not what a schema means, only what makes a validator work.
 */
export function samples(schema: JsonValue, count: number, seed: number): unknown[] {
  const near = fc.integer().map((n) => make(schema, schema, mulberry(n), 0));
  return [...fc.sample(near, { numRuns: count, seed }), ...ANY];
}

const ANY: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e20,
  '',
  'a',
  'é😀',
  [],
  [1, 1],
  [[], {}],
  {},
  { a: 1 },
  { toString: 1 },
];
const TEXTS = [
  '',
  'a',
  'abc',
  '2026-05-03T00:00:00Z',
  '2026-05-03',
  '12:00:00Z',
  'a@b.example',
  'https://a.example/b',
  '10.0.0.1',
  '::1',
  '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'P1D',
  '1',
  'x'.repeat(40),
];
const DEEPEST = 6;

type Random = () => number;

function make(schema: JsonValue | undefined, root: JsonValue, random: Random, depth: number): unknown {
  if (!isObject(schema) || depth > DEEPEST || random() < 0.04) return pick(ANY, random);
  const target = typeof schema['$ref'] === 'string' ? follow(schema['$ref'], root) : undefined;
  if (target !== undefined) return make(target, root, random, depth + 1);
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return pick(schema['enum'], random);
  if (Array.isArray(schema['examples']) && schema['examples'].length > 0 && random() < 0.3)
    return pick(schema['examples'], random);
  for (const keyword of ['oneOf', 'anyOf']) {
    const branches = schema[keyword];
    if (Array.isArray(branches) && branches.length > 0) {
      return merge(base(schema, root, random, depth), make(pick(branches, random), root, random, depth + 1));
    }
  }
  const all = Array.isArray(schema['allOf']) ? schema['allOf'] : [];
  return all.reduce<unknown>(
    (value, part) => merge(value, make(part, root, random, depth + 1)),
    base(schema, root, random, depth),
  );
}

function base(
  schema: Readonly<Record<string, JsonValue>>,
  root: JsonValue,
  random: Random,
  depth: number,
): unknown {
  const { type } = schema;
  const kind = Array.isArray(type)
    ? pick(type, random)
    : (type ?? ('properties' in schema ? 'object' : 'items' in schema ? 'array' : undefined));
  switch (kind) {
    case 'object':
      return object(schema, root, random, depth);
    case 'array': {
      const { items, prefixItems, minItems } = schema;
      const length = Math.min(4, (typeof minItems === 'number' ? minItems : 0) + Math.floor(random() * 3));
      return Array.from({ length }, (_, i) => {
        const list = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : undefined;
        return make(list?.[i] ?? (Array.isArray(items) ? undefined : items), root, random, depth + 1);
      });
    }
    case 'string':
      return pick(TEXTS, random);
    case 'integer':
    case 'number': {
      const low = typeof schema['minimum'] === 'number' ? schema['minimum'] : -1;
      return low + Math.floor(random() * 4) * (kind === 'number' && random() < 0.3 ? 0.5 : 1);
    }
    case 'boolean':
      return random() < 0.5;
    case 'null':
      return null;
    default:
      return pick(ANY, random);
  }
}

function object(
  schema: Readonly<Record<string, JsonValue>>,
  root: JsonValue,
  random: Random,
  depth: number,
): unknown {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const value: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(properties)) {
    const wanted = required.includes(name) ? random() > 0.05 : random() < 0.4 / (depth + 1);
    if (wanted) value[name] = make(inner, root, random, depth + 1);
  }
  if (random() < 0.1) value['another'] = 1;
  return value;
}

function merge(a: unknown, b: unknown): unknown {
  return isObject(a) && isObject(b) ? { ...a, ...b } : b;
}

function follow(reference: string, root: JsonValue): JsonValue | undefined {
  if (!reference.startsWith('#')) return undefined;
  let value: JsonValue | undefined = root;
  for (const token of reference.slice(1).split('/').slice(1)) {
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, JsonValue>>)[key];
  }
  return value;
}

function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)]!;
}

/** A small generator of numbers from 0 to 1 with a seed. */
function mulberry(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
