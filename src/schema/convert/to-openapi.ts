import { equalJson, isObject, type JsonObject, type JsonValue, own, setOwn } from '../../json/value.ts';
import { type Bound, type Converted, freeName, type Loss, NEVER, opposite } from './loss.ts';

const COMPONENTS = '#/components/schemas/';

/**
 * A schema of draft 04, as `toDraftFour` makes them, in the words of OpenAPI 3.0: references go to
 * `#/components/schemas/NAME`, `null` becomes `nullable`. What OpenAPI cannot say is left out where that admits more.
 */
export function toOpenApi({ schema, definitions, losses }: Converted): Converted {
  const tried = new OpenApi(definitions, 'exact').whole(schema);
  const made = tried.losses.length === 0 ? tried : new OpenApi(definitions, 'upper').whole(schema);
  return { ...made, losses: [...losses, ...made.losses] };
}

class OpenApi {
  private readonly source: Converted['definitions'];
  private readonly start: Bound;
  private readonly definitions: Record<string, JsonObject> = {};
  private readonly names = new Map<string, string>();
  private readonly open: { source: string; name: string; bound: Bound }[] = [];
  private readonly losses: Loss[] = [];

  constructor(source: Converted['definitions'], start: Bound) {
    this.source = source;
    this.start = start;
  }

  whole(schema: JsonObject): Converted {
    const converted = this.convert(schema, this.start, []);
    for (let next = this.open.pop(); next; next = this.open.pop()) {
      const tokens = ['definitions', next.source];
      setOwn(this.definitions, next.name, this.convert(this.source[next.source]!, next.bound, tokens));
    }
    return { schema: converted, definitions: this.definitions, losses: this.losses };
  }

  private convert(schema: JsonValue, bound: Bound, tokens: readonly string[]): JsonObject {
    if (schema === true) return {};
    if (!isObject(schema)) return NEVER;
    const target: Record<string, JsonValue> = {};
    const conjuncts: JsonObject[] = [];
    const below = (inner: JsonValue, ...steps: readonly string[]) =>
      this.convert(inner, bound, [...tokens, ...steps]);
    const lose = (keyword: string, text: string): boolean => {
      this.losses.push({ keyword, tokens, text, exactness: 'lossy' });
      if (bound === 'lower') conjuncts.push(NEVER);
      return bound !== 'lower';
    };
    for (const [keyword, value] of Object.entries(schema)) {
      switch (keyword) {
        case '$ref':
          target['$ref'] = this.reference(String(value), bound);
          break;
        case 'type':
          writeType(value, target, conjuncts);
          break;
        case 'properties':
          target[keyword] = mapOf(value, (inner, name) => below(inner, keyword, name));
          break;
        case 'patternProperties':
          // Names by pattern are no part of OpenAPI 3.0: handled with `additionalProperties`.
          break;
        case 'additionalProperties':
          if (own(schema, 'patternProperties') === undefined)
            target[keyword] = typeof value === 'boolean' ? value : below(value, keyword);
          break;
        case 'dependencies':
          if (isObject(value))
            conjuncts.push(...dependencies(value, (inner, name) => below(inner, keyword, name)));
          break;
        case 'items':
          if (!Array.isArray(value)) target[keyword] = below(value, keyword);
          else this.tuple(value, own(schema, 'additionalItems'), target, conjuncts, below, lose);
          break;
        case 'additionalItems':
          break;
        case 'allOf':
        case 'anyOf':
          target[keyword] = listOf(value, (inner, i) => below(inner, keyword, i));
          break;
        case 'oneOf': {
          const branches = listOf(value, (inner, i) => below(inner, keyword, i));
          const exact = (value as readonly JsonValue[]).every((inner) => this.isExact(inner));
          if (exact) target[keyword] = branches;
          else if (lose(keyword, 'has a branch that cannot be said exactly: "anyOf" takes its place'))
            conjuncts.push({ anyOf: branches });
          break;
        }
        case 'not':
          target[keyword] = this.convert(value, opposite(bound), [...tokens, keyword]);
          break;
        case 'examples':
          if (Array.isArray(value) && value.length > 0 && own(schema, 'example') === undefined)
            target['example'] = value[0]!;
          break;
        default:
          setOwn(target, keyword, value);
      }
    }
    const patterns = own(schema, 'patternProperties');
    if (isObject(patterns) && Object.keys(patterns).length > 0)
      this.patterns(schema, patterns, target, below, lose);
    else if (isObject(patterns)) {
      const rest = own(schema, 'additionalProperties');
      if (rest !== undefined)
        target['additionalProperties'] =
          typeof rest === 'boolean' ? rest : below(rest, 'additionalProperties');
    }
    // OpenAPI asks for `items` beside `type: array`.
    if (target['type'] === 'array' && target['items'] === undefined) target['items'] = {};
    if (conjuncts.length === 0) return target;
    const all = target['allOf'];
    return { ...target, allOf: [...(Array.isArray(all) ? all : []), ...conjuncts] };
  }

  /** Members whose names a pattern matches: any further member may be as one of them, or as the rest. */
  private patterns(
    schema: JsonObject,
    patterns: JsonObject,
    target: Record<string, JsonValue>,
    below: (inner: JsonValue, ...steps: readonly string[]) => JsonObject,
    lose: (keyword: string, text: string) => boolean,
  ): void {
    if (!lose('patternProperties', 'is no part of OpenAPI 3.0: any further member may be as its schemas say'))
      return;
    const rest = own(schema, 'additionalProperties');
    if (rest === undefined || rest === true) return;
    const choices = Object.entries(patterns).map(([name, inner]) => below(inner, 'patternProperties', name));
    if (rest !== false) choices.push(below(rest, 'additionalProperties'));
    target['additionalProperties'] = choices.length === 1 ? choices[0]! : { anyOf: choices };
  }

  /** Items by place: every item may be as one of them, or as the rest. */
  private tuple(
    list: readonly JsonValue[],
    rest: JsonValue | undefined,
    target: Record<string, JsonValue>,
    conjuncts: JsonObject[],
    below: (inner: JsonValue, ...steps: readonly string[]) => JsonObject,
    lose: (keyword: string, text: string) => boolean,
  ): void {
    const closed = rest === false;
    const written = list.map((inner, i) => below(inner, 'items', String(i)));
    const alike = list.every((inner) => equalJson(inner, list[0]!));
    const same = alike && (closed || (rest !== undefined && equalJson(rest, list[0]!)));
    const text =
      'gives each place a schema of its own, which OpenAPI 3.0 cannot: any item may be as one of them';
    if (!same && !lose('items', text)) return;
    if (closed) conjuncts.push({ maxItems: list.length });
    if (same) target['items'] = written[0]!;
    else if (closed || (rest !== undefined && rest !== true)) {
      const others = closed ? [] : [below(rest!, 'additionalItems')];
      target['items'] = { anyOf: [...written, ...others] };
    }
  }

  private reference(reference: string, bound: Bound): string {
    const source = reference.slice('#/definitions/'.length);
    const side = bound !== 'lower' || this.isExact({ $ref: reference }) ? 'upper' : 'lower';
    const key = `${side} ${source}`;
    let name = this.names.get(key);
    if (name === undefined) {
      const taken = (one: string) =>
        Object.hasOwn(this.definitions, one) || (one !== source && Object.hasOwn(this.source, one));
      name = freeName(side === 'lower' ? `${source}_certain` : source, taken);
      this.names.set(key, name);
      this.definitions[name] = {};
      this.open.push({ source, name, bound: this.start === 'exact' ? 'exact' : side });
    }
    return `${COMPONENTS}${name}`;
  }

  private isExact(schema: JsonValue): boolean {
    if (this.start === 'exact' || !isObject(schema)) return true;
    return new OpenApi(this.source, 'exact').whole(schema).losses.length === 0;
  }
}

/** One type, or `nullable`, or alternatives: OpenAPI has no list of types. */
function writeType(value: JsonValue, target: Record<string, JsonValue>, conjuncts: JsonObject[]): void {
  const types = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
  const others = types.filter((name) => name !== 'null');
  const nullable = others.length < types.length;
  if (others.length === 0) conjuncts.push({ enum: [null] });
  else if (others.length === 1) {
    target['type'] = others[0]!;
    if (nullable) target['nullable'] = true;
  } else {
    const one = (name: string) => (name === 'array' ? { type: name, items: {} } : { type: name });
    const choices = others.map((name, i) => ({ ...one(name), ...(nullable && i === 0 ? { nullable } : {}) }));
    conjuncts.push({ anyOf: choices });
  }
}

function mapOf(value: JsonValue, each: (inner: JsonValue, name: string) => JsonObject): JsonObject {
  const written: Record<string, JsonValue> = {};
  if (isObject(value))
    for (const [name, inner] of Object.entries(value)) setOwn(written, name, each(inner, name));
  return written;
}

function listOf(value: JsonValue, each: (inner: JsonValue, i: string) => JsonObject): JsonObject[] {
  return Array.isArray(value) ? value.map((inner: JsonValue, i) => each(inner, String(i))) : [];
}

/** A member that calls for others: it is not there, or they are. */
function dependencies(
  value: JsonObject,
  each: (inner: JsonValue, name: string) => JsonObject,
): readonly JsonObject[] {
  return Object.entries(value).map(([name, asked]) => {
    const absent = { not: { required: [name] } };
    if (Array.isArray(asked)) return { anyOf: [absent, { required: asked }] };
    return { anyOf: [{ not: { type: 'object' } }, absent, each(asked, name)] };
  });
}
