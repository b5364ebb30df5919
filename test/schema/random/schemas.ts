import { isObject, type JsonObject, type JsonValue } from '../../../src/json/value.ts';
import type { Dice } from './dice.ts';
import { mutated, randomScalar, randomValue } from './values.ts';

const PATTERNS = [
  '^a',
  'b$',
  '^[a-z]*$',
  '[0-9]',
  '^.{1,3}$',
  'a|b',
  '^(ab|x)',
  '\\.',
  '^\\w+$',
  '^$',
  '(?=a).b',
  '\\bab',
  '^(?!x)',
  '[^a]$',
  '^.*b.*$',
  '^(a|ab)(c|bcd)?$',
  '^\\p{L}+$',
  '(?<=a)b',
  '^(.)\\1',
  '(ab){2,4}|zz?',
];
/** Formats, and a test that passes only what they surely accept. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  date: /^2026-01-\d\d$/,
  ipv4: /^10\.0\.0\.\d$/,
  ipv6: /^::1$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  email: /^[a-z]+@[a-z]+\.de$/,
  regex: /^[a-z]*$/,
};
const NAME_PATTERNS = ['^a', '\\.', '^[a-c]$', 'b', '^x-'];

/** Schemas that are referred to, by the dice that throw the schema around them. */
const referred = new WeakMap<Dice, JsonValue[]>();

/**
 * A whole schema that accepts the value, with what it refers to: parts stand under `$defs`, and some members may be
 * the whole again.
 */
export function acceptingRoot(dice: Dice, value: JsonValue, depth = 3): JsonValue {
  const definitions: JsonValue[] = [];
  referred.set(dice, definitions);
  const schema = accepting(dice, value, depth);
  referred.delete(dice);
  if (!isObject(schema) || definitions.length === 0) return schema;
  return { ...schema, $defs: Object.fromEntries(definitions.map((inner, i) => [`d${i}`, inner])) };
}

/** A schema for a value inside another one: now and then a reference, or an alternative to the whole schema. */
function acceptingInside(dice: Dice, value: JsonValue, depth: number): JsonValue {
  const schema = accepting(dice, value, depth);
  const definitions = referred.get(dice);
  if (!definitions) return schema;
  if (dice.chance(0.06)) {
    definitions.push(schema);
    const reference = { $ref: `#/$defs/d${definitions.length - 1}` };
    return dice.chance(0.3) ? { ...reference, ...plain(accepting(dice, value, 0)) } : reference;
  }
  return dice.chance(0.04) ? { anyOf: [{ $ref: '#' }, schema] } : schema;
}

/** A schema that accepts the value: keywords that are true of it, chosen at random. */
export function accepting(dice: Dice, value: JsonValue, depth = 3): JsonValue {
  if (dice.chance(0.06)) return true;
  const schema: { [keyword: string]: JsonValue } = {};
  if (depth > 0 && dice.chance(0.3)) Object.assign(schema, combined(dice, value, depth));
  if (dice.chance(0.6)) schema['type'] = typesOf(dice, value);
  if (dice.chance(0.12)) {
    schema['enum'] = dice.chance(0.5) ? [value] : [randomScalar(dice), value, randomScalar(dice)];
    if (new Set(schema['enum'].map((item) => JSON.stringify(item))).size < schema['enum'].length) {
      delete schema['enum'];
      schema['const'] = value;
    }
  }
  if (typeof value === 'string') stringKeywords(dice, value, schema);
  else if (typeof value === 'number') numberKeywords(dice, value, schema);
  else if (Array.isArray(value)) arrayKeywords(dice, value, schema, depth);
  else if (isObject(value)) objectKeywords(dice, value, schema, depth);
  return schema;
}

/** Any schema: one that accepts some other value. */
export function anySchema(dice: Dice, depth = 2): JsonValue {
  return dice.chance(0.05) ? false : accepting(dice, randomValue(dice, depth), depth);
}

/** The same in the words of draft-07, as far as it has them; the rest is dropped. */
export function inDraft07(schema: JsonValue): JsonValue {
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...plain(older(schema)) };
}

function older(schema: JsonValue): JsonValue {
  if (!isObject(schema)) return schema;
  const out: Draft = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (['enum', 'const', 'required', 'type'].includes(keyword)) out[keyword] = value;
    else if (keyword === 'prefixItems') out['items'] = (value as JsonValue[]).map(older);
    else if (keyword === 'items' && schema['prefixItems'] !== undefined)
      out['additionalItems'] = older(value);
    else if (keyword === '$defs') out['definitions'] = olderMap(value);
    else if (keyword === '$ref') out['$ref'] = (value as string).replace('$defs', 'definitions');
    else if (keyword === 'properties' || keyword === 'patternProperties') out[keyword] = olderMap(value);
    else if (keyword === 'dependentRequired') out['dependencies'] = value;
    else if (keyword === 'dependentSchemas') out['dependencies'] = olderMap(value);
    else if (/^(unevaluated|minContains|maxContains)/.test(keyword)) continue;
    else out[keyword] = Array.isArray(value) ? value.map(older) : older(value);
  }
  return out;
}

function olderMap(value: JsonValue): JsonValue {
  return Object.fromEntries(Object.entries(plain(value)).map(([name, inner]) => [name, older(inner)]));
}

function plain(schema: JsonValue): JsonObject {
  return isObject(schema) ? schema : schema === false ? { not: {} } : {};
}

type Draft = { [keyword: string]: JsonValue };

function combined(dice: Dice, value: JsonValue, depth: number): JsonObject {
  const own = () => accepting(dice, value, depth - 1);
  const other = () => anySchema(dice, depth - 1);
  switch (dice.below(7)) {
    case 0:
      return { allOf: [own(), own()] };
    case 1:
      return { anyOf: dice.chance(0.5) ? [other(), own()] : [own(), other(), other()] };
    case 2:
      return { oneOf: [own(), { allOf: [other(), { not: own() }] }] };
    case 3:
      return { not: { allOf: [other(), { not: own() }] } };
    case 4:
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      return { if: other(), then: own(), else: own() };
    case 5:
      return { not: { const: mutatedOther(dice, value) } };
    default:
      return { anyOf: [own()], not: { type: dice.pick(otherTypes(value)) } };
  }
}

function mutatedOther(dice: Dice, value: JsonValue): JsonValue {
  const other = mutated(dice, value);
  return JSON.stringify(other) === JSON.stringify(value) ? [value] : other;
}

function typeName(value: JsonValue): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function otherTypes(value: JsonValue): string[] {
  return ['null', 'boolean', 'number', 'string', 'array', 'object'].filter(
    (name) => name !== typeName(value),
  );
}

function typesOf(dice: Dice, value: JsonValue): JsonValue {
  const own =
    typeof value === 'number' && Number.isInteger(value) && dice.chance(0.5) ? 'integer' : typeName(value);
  return dice.chance(0.6) ? own : [own, ...dice.some(otherTypes(value), 0.3)];
}

function stringKeywords(dice: Dice, value: string, schema: Draft): void {
  const length = [...value].length;
  if (dice.chance(0.3)) schema['minLength'] = dice.below(length + 1);
  if (dice.chance(0.3)) schema['maxLength'] = length + dice.below(3);
  const fitting = PATTERNS.filter((pattern) => new RegExp(pattern, 'u').test(value));
  if (fitting.length > 0 && dice.chance(0.35)) schema['pattern'] = dice.pick(fitting);
  const formats = Object.entries(FORMATS).filter(([, test]) => test.test(value));
  if (formats.length > 0 && dice.chance(0.3)) schema['format'] = dice.pick(formats)[0];
}

function numberKeywords(dice: Dice, value: number, schema: Draft): void {
  if (dice.chance(0.3)) schema['minimum'] = value - dice.pick([0, 1, 2.5]);
  if (dice.chance(0.3)) schema['maximum'] = value + dice.pick([0, 1, 2.5]);
  if (dice.chance(0.15) && Math.abs(value) < 1e6) schema['exclusiveMinimum'] = value - 1;
  const steps = [0.25, 0.5, 1, 2, 5, 0.1, 0.01].filter((step) => Number.isInteger(value / step));
  if (steps.length > 0 && dice.chance(0.25)) schema['multipleOf'] = dice.pick(steps);
}

function arrayKeywords(dice: Dice, value: readonly JsonValue[], schema: Draft, depth: number): void {
  const fits = (items: readonly JsonValue[]): JsonValue =>
    items.length === 0
      ? anySchema(dice, 1)
      : { anyOf: items.map((item) => acceptingInside(dice, item, depth - 1)) };
  const prefix = dice.chance(0.3) ? dice.below(value.length + 1) : 0;
  if (prefix > 0)
    schema['prefixItems'] = value.slice(0, prefix).map((item) => acceptingInside(dice, item, depth - 1));
  if (dice.chance(0.4)) schema['items'] = fits(value.slice(prefix));
  else if (dice.chance(0.2)) schema['unevaluatedItems'] = fits(value);
  if (value.length > 0 && dice.chance(0.3)) {
    schema['contains'] = accepting(dice, dice.pick(value), depth - 1);
    if (dice.chance(0.2)) schema['minContains'] = dice.below(2);
    if (dice.chance(0.2)) schema['maxContains'] = value.length;
  }
  if (dice.chance(0.2)) schema['minItems'] = dice.below(value.length + 1);
  if (dice.chance(0.2)) schema['maxItems'] = value.length + dice.below(2);
  const texts = new Set(value.map((item) => JSON.stringify(item)));
  if (texts.size === value.length && dice.chance(0.25)) schema['uniqueItems'] = true;
}

function objectKeywords(dice: Dice, value: JsonObject, schema: Draft, depth: number): void {
  const names = Object.keys(value);
  const declared = dice.some(names, 0.7);
  const entries = declared.map((name) => [name, acceptingInside(dice, value[name]!, depth - 1)]);
  if (dice.chance(0.3)) entries.push(['extra', anySchema(dice, 1)]);
  if (entries.length > 0) schema['properties'] = Object.fromEntries(entries) as JsonObject;
  if (dice.chance(0.6)) schema['required'] = dice.some(names);
  const pattern = dice.chance(0.2) ? dice.pick(NAME_PATTERNS) : undefined;
  const matched = pattern === undefined ? [] : names.filter((name) => new RegExp(pattern, 'u').test(name));
  if (pattern !== undefined) {
    const fitting = matched.map((name) => accepting(dice, value[name]!, depth - 1));
    schema['patternProperties'] = { [pattern]: fitting.length > 0 ? { anyOf: fitting } : anySchema(dice, 1) };
  }
  const rest = names.filter((name) => !declared.includes(name) && !matched.includes(name));
  const fits =
    rest.length === 0 ? false : { anyOf: rest.map((name) => accepting(dice, value[name]!, depth - 1)) };
  if (dice.chance(0.4)) schema['additionalProperties'] = fits;
  else if (dice.chance(0.15)) schema['unevaluatedProperties'] = !(fits === false && dice.chance(0.7));
  if (dice.chance(0.15)) schema['minProperties'] = dice.below(names.length + 1);
  if (dice.chance(0.15)) schema['maxProperties'] = names.length + dice.below(2);
  if (dice.chance(0.1))
    schema['propertyNames'] = { maxLength: Math.max(0, ...names.map((name) => name.length)) };
  if (names.length > 0 && dice.chance(0.07)) {
    schema['dependentSchemas'] = { [dice.pick([...names, 'c'])]: accepting(dice, value, depth - 1) };
  } else if (names.length > 0 && dice.chance(0.1)) {
    schema['dependentRequired'] = { [dice.pick(names)]: dice.some(names) };
  }
}
