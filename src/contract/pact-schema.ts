import { isObject, type JsonObject, type JsonValue, own, setOwn } from '../json/value.ts';
import { type PactStep, parsePactPath, weightOf } from './pact-paths.ts';

/** The rules of a message for a place: matchers, and whether all must hold. */
interface Rule {
  readonly path: readonly PactStep[];
  readonly matchers: readonly JsonObject[];
  readonly combine: 'AND' | 'OR';
}

type Place = readonly (string | number)[];

/**
 * What a message of a Pact file asks of events, as a JSON Schema: the members of its example must be there, with the
 * same value, or as a rule says; further members may be. `start`: where in the message's contents the example stands.
 */
export class PactSchema {
  /** Matchers that are not read: what they ask is left open. */
  readonly unread = new Set<string>();
  private readonly rules: readonly Rule[];

  constructor(body: JsonValue | undefined) {
    this.rules = rulesOf(body, this.unread);
  }

  /** `byType`: a rule above asks for the type only. */
  of(value: JsonValue, place: Place, byType = false): JsonObject {
    const rule = this.ruleAt(place);
    if (!rule) return byType ? this.sameType(value, place) : this.equal(value, place);
    const schemas = rule.matchers.map((matcher) => this.matched(matcher, value, place));
    if (schemas.length === 1) return schemas[0]!;
    return rule.combine === 'OR' ? { anyOf: schemas } : { allOf: schemas };
  }

  private ruleAt(place: Place): Rule | undefined {
    let best: { rule: Rule; weight: number } | undefined;
    for (const rule of this.rules) {
      const weight = weightOf(rule.path, place);
      if (weight !== undefined && (!best || weight > best.weight)) best = { rule, weight };
    }
    return best?.rule;
  }

  private equal(value: JsonValue, place: Place): JsonObject {
    if (isObject(value)) return this.members(value, place, false);
    if (!Array.isArray(value)) return { const: value };
    const prefixItems = value.map((item: JsonValue, i) => this.of(item, [...place, i]));
    return {
      type: 'array',
      ...(prefixItems.length > 0 ? { prefixItems } : {}),
      minItems: value.length,
      maxItems: value.length,
    };
  }

  private sameType(value: JsonValue, place: Place): JsonObject {
    if (isObject(value)) return this.members(value, place, true);
    if (Array.isArray(value))
      return {
        type: 'array',
        ...(value.length > 0 ? { items: this.of(value[0]!, [...place, 0], true) } : {}),
      };
    return { type: value === null ? 'null' : typeof value };
  }

  private members(value: JsonObject, place: Place, byType: boolean): JsonObject {
    const properties: Record<string, JsonValue> = {};
    for (const [name, inner] of Object.entries(value))
      setOwn(properties, name, this.of(inner, [...place, name], byType));
    return { type: 'object', properties, required: Object.keys(value) };
  }

  private matched(matcher: JsonObject, value: JsonValue, place: Place): JsonObject {
    const { match } = matcher;
    const [min, max] = [own(matcher, 'min'), own(matcher, 'max')];
    switch (match) {
      case 'type':
        return {
          ...this.sameType(value, place),
          ...(typeof min === 'number' && Array.isArray(value) ? { minItems: min } : {}),
          ...(typeof max === 'number' && Array.isArray(value) ? { maxItems: max } : {}),
        };
      case 'equality':
        return this.equal(value, place);
      case 'regex': {
        const { regex } = matcher;
        return isRegex(regex) ? { type: 'string', pattern: regex } : this.left('regex', { type: 'string' });
      }
      case 'include':
        return {
          type: 'string',
          pattern: String(own(matcher, 'value') ?? '').replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'),
        };
      case 'integer':
        return { type: 'integer' };
      case 'number':
      case 'decimal':
        return { type: 'number' };
      case 'boolean':
        return { type: 'boolean' };
      case 'null':
        return { type: 'null' };
      case 'date':
      case 'time':
      case 'datetime':
      case 'timestamp':
        return { type: 'string' };
      case 'notEmpty':
        return { ...this.sameType(value, place), ...notEmpty(value) };
      case 'values':
        if (!isObject(value) || Object.keys(value).length === 0) return { type: 'object' };
        return {
          type: 'object',
          additionalProperties: this.of(Object.values(value)[0]!, [...place, Object.keys(value)[0]!], true),
        };
      default:
        return this.left(String(match ?? '?'), {});
    }
  }

  private left(matcher: string, schema: JsonObject): JsonObject {
    this.unread.add(matcher);
    return schema;
  }
}

function notEmpty(value: JsonValue): JsonObject {
  if (typeof value === 'string') return { minLength: 1 };
  return Array.isArray(value) ? { minItems: 1 } : {};
}

function isRegex(text: JsonValue | undefined): text is string {
  if (typeof text !== 'string') return false;
  try {
    return new RegExp(text, 'u') !== undefined;
  } catch {
    return false;
  }
}

function rulesOf(body: JsonValue | undefined, unread: Set<string>): readonly Rule[] {
  if (!isObject(body)) return [];
  return Object.entries(body).flatMap(([text, rule]): Rule[] => {
    const path = parsePactPath(text);
    const matchers = isObject(rule) ? own(rule, 'matchers') : undefined;
    if (!path || !isObject(rule) || !Array.isArray(matchers) || matchers.length === 0) {
      unread.add(text);
      return [];
    }
    return [
      { path, matchers: matchers.filter(isObject), combine: own(rule, 'combine') === 'OR' ? 'OR' : 'AND' },
    ];
  });
}
