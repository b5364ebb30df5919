import { isObject, type JsonObject, type JsonValue, own } from '../../json/value.ts';
import type { Place } from '../../schema/library.ts';
import { commentText } from '../text.ts';

/**
 * A schema in the small language that json-schema-to-typescript is fed with: draft 4 without references, with `tsType`
 * for everything that is decided here. Property names are numbers, see {@link Vocabulary}.
 */
export type Lowered = { [keyword: string]: unknown };

/** What lowering needs of its surroundings. */
export interface Vocabulary {
  /** The name of the type a reference leads to; undefined when it leads nowhere. */
  refer(reference: string, place: Place): string | undefined;
  /** The place of a schema inside another. */
  inside(place: Place, schema: JsonValue, ...steps: readonly string[]): Place;
  /** The name that stands for a property until the text is there. */
  property(name: string): string;
}

const DEEPEST = 60;
const UNKNOWN: Lowered = { tsType: 'unknown' };

/** Types that need no more than their name. What is one object is looked at once, however often it is used. */
const PLAIN: ReadonlyMap<string, Lowered> = new Map([
  ['string', { type: 'string' }],
  ['number', { type: 'number' }],
  ['integer', { type: 'number' }],
  ['boolean', { type: 'boolean' }],
  ['null', { type: 'null' }],
]);

/**
 * Rewrites a schema of any draft. The type holds every valid value (it may hold more: lengths, patterns, `not` and
 * conditions are the validator's). Members that are not declared are left out of closed and of silently open objects
 * alike, so that a mistyped member does not compile; an object that says `additionalProperties` has them.
 */
export function lower(place: Place, vocabulary: Vocabulary, depth = 0): Lowered {
  const { schema } = place;
  if (schema === false) return { tsType: 'never' };
  if (!isObject(schema) || depth > DEEPEST) return UNKNOWN;
  const lowering = new Lowering(place, schema, vocabulary, depth);
  const lowered = intersection(lowering.parts());
  const description = describe(schema);
  return description === undefined ? lowered : { ...lowered, description };
}

class Lowering {
  private readonly place: Place;
  private readonly schema: JsonObject;
  private readonly vocabulary: Vocabulary;
  private readonly depth: number;

  constructor(place: Place, schema: JsonObject, vocabulary: Vocabulary, depth: number) {
    this.place = place;
    this.schema = schema;
    this.vocabulary = vocabulary;
    this.depth = depth;
  }

  /** What all has to hold, each as a schema of its own. */
  parts(): Lowered[] {
    const parts = [...this.references(), ...this.fixed()];
    const unions = [this.list('anyOf'), this.list('oneOf')].filter((branches) => branches.length > 0);
    const combined = [...this.list('allOf'), ...unions.map(union)].filter((part) => !isUnknown(part));
    const typed = parts.length === 0 || this.has('properties') || this.has('required');
    if (typed && !this.isSaidBy(combined)) parts.push(...this.typed());
    return bounded([...parts, ...combined].filter((part) => !isUnknown(part)));
  }

  /** Whether all that this says itself is a type, and the combined schemas say as much. */
  private isSaidBy(combined: readonly Lowered[]): boolean {
    const types = this.types();
    if (combined.length === 0 || !types || MORE.some((keyword) => this.has(keyword))) return false;
    // Of an object that has no members of its own nothing is left but what the others have.
    if (types.every((type) => type === 'object')) return own(this.schema, 'unevaluatedProperties') !== true;
    return combined.some((part) => {
      const kinds = kindsOf(part);
      return (
        kinds?.every((kind) => types.includes(kind) || (kind === 'number' && types.includes('integer'))) ===
        true
      );
    });
  }

  private has(keyword: string): boolean {
    return Object.hasOwn(this.schema, keyword);
  }

  private references(): Lowered[] {
    const parts: Lowered[] = [];
    for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
      const reference = own(this.schema, keyword);
      if (typeof reference !== 'string') continue;
      const name = this.vocabulary.refer(reference, this.place);
      if (name !== undefined) parts.push({ tsType: name });
    }
    return parts;
  }

  private fixed(): Lowered[] {
    const parts: Lowered[] = [];
    const values = own(this.schema, 'enum');
    const types = this.types();
    if (Array.isArray(values)) {
      const possible = values.filter(
        (value) => types === undefined || types.some((type) => isOfType(value, type)),
      );
      parts.push(literals(possible));
    }
    const value = own(this.schema, 'const');
    if (value !== undefined) parts.push(literals([value]));
    return parts;
  }

  private types(): readonly string[] | undefined {
    const type = own(this.schema, 'type');
    const types = typeof type === 'string' ? [type] : Array.isArray(type) ? (type as string[]) : undefined;
    if (types && own(this.schema, 'nullable') === true) return [...types, 'null'];
    return types;
  }

  private typed(): Lowered[] {
    const types = this.types() ?? this.impliedTypes();
    const lowered = [...new Set(types)].map((type) => this.ofType(type));
    return lowered.length === 0 ? [] : [union(lowered)];
  }

  /** Keywords of objects or lists are written for such values, although they let all others through. */
  private impliedTypes(): readonly string[] {
    const about = (keywords: readonly string[]) => keywords.some((keyword) => this.has(keyword));
    if (about(['properties', 'required', 'patternProperties'])) return ['object'];
    if (isObject(own(this.schema, 'additionalProperties'))) return ['object'];
    return about(['prefixItems', 'items']) ? ['array'] : [];
  }

  private ofType(type: string): Lowered {
    switch (type) {
      case 'object':
        return this.object();
      case 'array':
        return this.array();
      default:
        return PLAIN.get(type) ?? UNKNOWN;
    }
  }

  private object(): Lowered {
    const properties: Record<string, Lowered> = {};
    const declared = own(this.schema, 'properties');
    if (isObject(declared)) {
      for (const [name, schema] of Object.entries(declared)) {
        properties[this.vocabulary.property(name)] = this.child(schema, 'properties', name);
      }
    }
    const required: string[] = [];
    const names = own(this.schema, 'required');
    for (const name of Array.isArray(names) ? names : []) {
      if (typeof name !== 'string') continue;
      const key = this.vocabulary.property(name);
      properties[key] ??= UNKNOWN;
      required.push(key);
    }
    const others = this.others(Object.keys(properties).length === 0);
    return { type: 'object', properties, required: [...new Set(required)], additionalProperties: others };
  }

  /** The type of members that are not declared by name. */
  private others(isEmpty: boolean): Lowered | boolean {
    const rest = own(this.schema, 'additionalProperties') ?? own(this.schema, 'unevaluatedProperties');
    const patterns = own(this.schema, 'patternProperties');
    const types = isObject(patterns)
      ? Object.entries(patterns).map(([pattern, schema]) => this.child(schema, 'patternProperties', pattern))
      : [];
    if (rest === false) return types.length === 0 ? false : union(types);
    if (rest === true) return true;
    if (isObject(rest)) return union([...types, this.child(rest, 'additionalProperties')]);
    // Silent about others: a map when nothing is declared, else only what is declared.
    return types.length > 0 ? union(types) : isEmpty;
  }

  private array(): Lowered {
    const items = own(this.schema, 'items');
    const prefix = own(this.schema, 'prefixItems') ?? (Array.isArray(items) ? items : undefined);
    const keyword = this.has('prefixItems') ? 'prefixItems' : 'items';
    if (Array.isArray(prefix) && prefix.length > 0 && prefix.length <= 12) {
      const rest = own(this.schema, keyword === 'prefixItems' ? 'items' : 'additionalItems');
      const least = own(this.schema, 'minItems');
      return {
        type: 'array',
        items: prefix.map((schema, i) => this.child(schema, keyword, String(i))),
        minItems: typeof least === 'number' ? Math.min(Math.max(0, least), prefix.length) : 0,
        additionalItems: rest === false ? false : isObject(rest) ? this.child(rest, 'items') : UNKNOWN,
      };
    }
    if (isObject(items)) return { type: 'array', items: this.child(items, 'items') };
    return { type: 'array', items: items === false ? { tsType: 'never' } : UNKNOWN };
  }

  private list(keyword: string): Lowered[] {
    const schemas = own(this.schema, keyword);
    if (!Array.isArray(schemas)) return [];
    return schemas.map((schema, i) => this.child(schema, keyword, String(i)));
  }

  private child(schema: JsonValue, ...steps: readonly string[]): Lowered {
    return lower(this.vocabulary.inside(this.place, schema, ...steps), this.vocabulary, this.depth + 1);
  }
}

/** TypeScript multiplies unions that have to hold together; beyond so many members it gives up. */
const MOST_MEMBERS = 1000;

/** Without the unions that would make too many members: the type holds more then, and the validator is as exact. */
function bounded(parts: readonly Lowered[]): Lowered[] {
  let members = 1;
  return parts.filter((part) => {
    const together = members * membersOf(part);
    if (together > MOST_MEMBERS && membersOf(part) > 1) return false;
    members = together;
    return true;
  });
}

/** Members of the union that a type comes to. */
function membersOf({ anyOf, allOf }: Lowered): number {
  if (Array.isArray(anyOf)) return anyOf.reduce<number>((sum, part) => sum + membersOf(part), 0);
  return Array.isArray(allOf) ? allOf.reduce<number>((product, part) => product * membersOf(part), 1) : 1;
}

/** Keywords that say more of objects and lists than their type. */
const MORE = [
  ...['properties', 'required', 'patternProperties', 'additionalProperties'],
  ...['items', 'prefixItems', 'additionalItems'],
];

/** The types of JSON that the values of a type have; undefined where that is not known, as for names. */
function kindsOf({ type, kinds, anyOf, allOf }: Lowered): readonly string[] | undefined {
  if (typeof type === 'string') return [type];
  if (Array.isArray(kinds)) return kinds as string[];
  if (Array.isArray(allOf)) return allOf.map(kindsOf).find((kinds) => kinds !== undefined);
  if (!Array.isArray(anyOf)) return undefined;
  const branches = anyOf.map(kindsOf);
  return branches.includes(undefined) ? undefined : (branches as string[][]).flat();
}

function isUnknown(part: Lowered): boolean {
  return part['tsType'] === 'unknown';
}

function intersection(parts: readonly Lowered[]): Lowered {
  if (parts.length === 0) return UNKNOWN;
  return parts.length === 1 ? parts[0]! : { allOf: parts };
}

function union(branches: readonly Lowered[]): Lowered {
  if (branches.length === 1) return branches[0]!;
  if (branches.some(isUnknown)) return UNKNOWN;
  return { anyOf: branches };
}

/** The literal types of values; JSON is the notation of TypeScript's literal types, too. */
function literals(values: readonly JsonValue[]): Lowered {
  if (values.length === 0) return { tsType: 'never', kinds: [] };
  const kinds = values.map((value) =>
    value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value,
  );
  const texts = values.map((value) =>
    JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029'),
  );
  const distinct = [...new Set(texts)];
  return { tsType: distinct.length === 1 ? distinct[0]! : `(${distinct.join(' | ')})`, kinds };
}

function isOfType(value: JsonValue, type: string): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  if (typeof value === 'number') return type === 'number' || (type === 'integer' && Number.isInteger(value));
  return typeof value === type;
}

/** Description, deprecation, default and examples as the text of a doc comment. */
function describe(schema: JsonObject): string | undefined {
  const lines: string[] = [];
  const description = own(schema, 'description');
  const title = own(schema, 'title');
  if (typeof description === 'string') lines.push(description.trimEnd());
  else if (typeof title === 'string') lines.push(title);
  if (own(schema, 'deprecated') === true) lines.push('@deprecated');
  const examples = own(schema, 'examples') ?? own(schema, 'example');
  for (const example of Array.isArray(examples) ? examples : examples === undefined ? [] : [examples]) {
    lines.push(`@example ${JSON.stringify(example)}`);
  }
  return lines.length === 0 ? undefined : commentText(lines.join('\n'));
}
