import { isObject, type JsonObject, type JsonValue } from '../json/value.ts';
import { some } from '../sets/atoms.ts';
import { FALSE, type Formula, TRUE } from '../sets/formula.ts';
import { and, or } from '../sets/junction.ts';
import { oneName } from '../sets/names.ts';
import { not } from '../sets/not.ts';
import { since } from './dialect.ts';
import type { EvaluatedItems, EvaluatedMembers } from './keyword.ts';
import type { Place } from './library.ts';

/** More cases than this are not told apart. */
const MAX_CASES = 256;
const MAX_DEPTH = 60;

/** What the walk over a schema needs of the compiler. */
export interface Walk<E> {
  compile(place: Place, scope: E): Formula;
  inside(place: Place, schema: JsonValue, ...steps: readonly string[]): Place;
  enter(place: Place, scope: E): E;
  /** What the schema refers to; undefined if some of it was not given. */
  follow(place: Place, scope: E): readonly { place: Place; scope: E }[] | undefined;
}

/** Which kind of evaluation is looked at: members of objects or items of arrays. */
export interface Subject<C extends { readonly when: Formula }> {
  readonly none: C;
  /** What the schema's own keywords evaluate. */
  own(schema: JsonObject, place: Place, compile: (schema: JsonValue, keyword: string) => Formula): C;
  join(a: C, b: C): C;
  /** Equal keys: the same evaluation, whatever the condition. */
  key(a: C): string;
}

/**
 * The cases in which a schema evaluates what: conditions that exclude each other and cover everything, each with
 * what is evaluated when it holds. Alternatives that evaluate nothing are not told apart. Undefined when there
 * are too many cases. https://json-schema.org/draft/2020-12/json-schema-core#section-11
 */
export function casesOf<E, C extends { readonly when: Formula }>(
  place: Place,
  scope: E,
  subject: Subject<C>,
  walk: Walk<E>,
  ignored: string | undefined,
  depth = 0,
): readonly C[] | undefined {
  const { schema } = place;
  if (!isObject(schema)) return [subject.none];
  if (depth > MAX_DEPTH) return undefined;
  const at = (inner: JsonValue, ...steps: string[]) => walk.inside(place, inner, ...steps);
  const enter = (inner: Place) => ({ place: inner, scope: walk.enter(inner, scope) });
  const compile = (inner: JsonValue, keyword: string) => {
    const target = enter(at(inner, keyword));
    return walk.compile(target.place, target.scope);
  };
  const visible = ignored === undefined ? schema : without(schema, ignored);
  let cases: readonly C[] | undefined = [subject.own(visible, place, compile)];
  const sub = (target: { place: Place; scope: E }) =>
    casesOf(target.place, target.scope, subject, walk, undefined, depth + 1);
  const always = (target: { place: Place; scope: E }) => {
    cases = cases && product(cases, sub(target), subject);
  };
  /** The schema's cases where it holds; nothing where it does not. */
  const perhaps = (target: { place: Place; scope: E }, more: Formula = TRUE) => {
    const inner = sub(target);
    if (!inner) cases = undefined;
    else if (cases && inner.some((one) => subject.key(one) !== subject.key(subject.none))) {
      const holds = and(more, walk.compile(target.place, target.scope));
      const outside = { ...subject.none, when: not(holds) };
      const inside = inner.map((one) => ({ ...one, when: and(one.when, holds) }));
      cases = product(cases, [...inside, outside], subject);
    }
  };
  const followed = walk.follow(place, scope);
  if (!followed) return undefined;
  for (const target of followed) always(target);
  for (const [i, inner] of list(schema['allOf']).entries()) always(enter(at(inner, 'allOf', String(i))));
  for (const keyword of ['anyOf', 'oneOf']) {
    for (const [i, inner] of list(schema[keyword]).entries()) perhaps(enter(at(inner, keyword, String(i))));
  }
  for (const keyword of ['dependentSchemas', 'dependencies']) {
    for (const [name, inner] of entries(schema[keyword])) {
      perhaps(enter(at(inner, keyword, name)), some(oneName(name), TRUE));
    }
  }
  if (schema['if'] !== undefined) {
    const test = enter(at(schema['if'], 'if'));
    const holds = walk.compile(test.place, test.scope);
    const branch = (keyword: string) =>
      schema[keyword] === undefined ? [subject.none] : sub(enter(at(schema[keyword], keyword)));
    const inner = sub(test);
    const positive = inner && product(inner, branch('then'), subject);
    const negative = branch('else');
    if (!positive || !negative) return undefined;
    const both = [
      ...positive.map((one) => ({ ...one, when: and(one.when, holds) })),
      ...negative.map((one) => ({ ...one, when: and(one.when, not(holds)) })),
    ];
    cases = cases && product(cases, both, subject);
  }
  return cases;
}

function product<C extends { readonly when: Formula }>(
  a: readonly C[],
  b: readonly C[] | undefined,
  subject: Subject<C>,
): readonly C[] | undefined {
  if (!b) return undefined;
  const merged = new Map<string, C>();
  for (const left of a) {
    for (const right of b) {
      const when = and(left.when, right.when);
      if (when === FALSE) continue;
      const both = { ...subject.join(left, right), when };
      const key = subject.key(both);
      const known = merged.get(key);
      merged.set(key, known ? { ...known, when: or(known.when, when) } : both);
    }
  }
  return merged.size > MAX_CASES ? undefined : [...merged.values()];
}

export const members: Subject<EvaluatedMembers> = {
  none: { when: TRUE, all: false, listed: new Set(), patterns: new Set() },
  own(schema) {
    const all = schema['additionalProperties'] !== undefined || schema['unevaluatedProperties'] !== undefined;
    const keys = (keyword: string) => new Set(entries(schema[keyword]).map(([name]) => name));
    return { when: TRUE, all, listed: keys('properties'), patterns: keys('patternProperties') };
  },
  join: (a, b) => ({
    when: TRUE,
    all: a.all || b.all,
    listed: new Set([...a.listed, ...b.listed]),
    patterns: new Set([...a.patterns, ...b.patterns]),
  }),
  key: ({ all, listed, patterns }) =>
    all ? 'all' : JSON.stringify([[...listed].sort(), [...patterns].sort()]),
};

const MANY = Number.POSITIVE_INFINITY;

export const items: Subject<EvaluatedItems> = {
  none: { when: TRUE, upTo: 0, matching: [] },
  own(schema, { resource }, compile) {
    const newest = since(resource.dialect, '2020-12');
    const { items: listed, prefixItems, additionalItems, unevaluatedItems } = schema;
    const matching =
      newest && schema['contains'] !== undefined ? [compile(schema['contains'], 'contains')] : [];
    let upTo = 0;
    if (newest && Array.isArray(prefixItems)) upTo = prefixItems.length;
    if (Array.isArray(listed)) upTo = additionalItems === undefined ? listed.length : MANY;
    else if (listed !== undefined) upTo = MANY;
    if (unevaluatedItems !== undefined) upTo = MANY;
    return { when: TRUE, upTo, matching };
  },
  join: (a, b) => ({
    when: TRUE,
    upTo: Math.max(a.upTo, b.upTo),
    matching: [...new Set([...a.matching, ...b.matching])].sort((x, y) => x.id - y.id),
  }),
  key: ({ upTo, matching }) => (upTo === MANY ? 'all' : `${upTo} ${matching.map(({ id }) => id).join()}`),
};

function without(schema: JsonObject, keyword: string): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== keyword));
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function entries(value: JsonValue | undefined): [string, JsonValue][] {
  return isObject(value) ? Object.entries(value).filter(([, inner]) => !Array.isArray(inner)) : [];
}
