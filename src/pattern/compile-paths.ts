import { anyItem, each, items, lazy, opaque, some } from '../sets/atoms.ts';
import { FALSE, type Formula, TRUE } from '../sets/formula.ts';
import { and, or, typeIs } from '../sets/junction.ts';
import { namesIn, oneName } from '../sets/names.ts';
import { prefix } from '../sets/strings/language.ts';
import { ANY_TYPE, ARRAY, OBJECT, SCALAR } from '../sets/types.ts';

/** A condition on the way down: the names that are left of its path, and its place in the order of paths. */
export interface Wanted {
  readonly rest: readonly string[];
  readonly order: number;
  /** The leaves that meet it. */
  readonly leaves: Formula;
}
/** A condition met by the absence of a leaf. */
export interface Unwanted {
  readonly rest: readonly string[];
  readonly order: number;
}

/**
 * Which keys with dots may stand for several names of a path: all of them, or only those that a schema declares.
 * The key tells readings apart in memory.
 */
export interface DottedKeys {
  readonly key: string;
  allowed(name: string): boolean;
}

const MANY = Number.POSITIVE_INFINITY;
const NO_LEAF = typeIs(ARRAY | OBJECT);
/** Of longer paths, keys with dots that stand for more names than this are not looked at. */
const MAX_JOINED = 12;
/** With more conditions below one dotted key, not all ways to share them out are looked at. */
const MAX_SHARED = 6;

/**
 * The values in which all wanted conditions are met, with array consistency, and no unwanted leaf is: a match is
 * one leaf per condition, such that leaves in one array lie in one of its elements. An unwanted leaf counts only
 * inside the elements that were fixed by wanted conditions with a path before its own; scalars directly in an array
 * lie in no element. Source: the matching procedure of aws/event-ruler, `ArrayMembership`.
 */
export function valuesWith(
  wanted: readonly Wanted[],
  unwanted: readonly Unwanted[],
  dotted: DottedKeys,
): Formula {
  if (wanted.length === 0) return and(...unwanted.map(({ rest }) => valuesWithout(rest)));
  return lazy(keyOf(wanted, unwanted, dotted), () =>
    or(scalars(wanted, unwanted), arrays(wanted, unwanted, dotted), objects(wanted, unwanted, dotted)),
  );
}

function keyOf(wanted: readonly Wanted[], unwanted: readonly Unwanted[], { key }: DottedKeys): string {
  const conditions = [
    ...wanted.map(({ rest, order, leaves }) => ({ order, text: `${JSON.stringify(rest)}${leaves.id}` })),
    ...unwanted.map(({ rest, order }) => ({ order, text: `${JSON.stringify(rest)}no` })),
  ].sort((a, b) => a.order - b.order);
  return `match ${key} ${conditions.map(({ text }) => text).join(' ')}`;
}

function scalars(wanted: readonly Wanted[], unwanted: readonly Unwanted[]): Formula {
  const ended = wanted.every(({ rest }) => rest.length === 0);
  if (!ended || unwanted.some(({ rest }) => rest.length === 0)) return FALSE;
  return and(typeIs(SCALAR), ...wanted.map(({ leaves }) => leaves));
}

function arrays(wanted: readonly Wanted[], unwanted: readonly Unwanted[], dotted: DottedKeys): Formula {
  // At most one path ends here, for no path stands twice in an alternative.
  const ended = wanted.filter(({ rest }) => rest.length === 0);
  const options = [inOneElement(wanted, [], unwanted, dotted)];
  if (ended.length > 0) {
    const deeper = wanted.filter(({ rest }) => rest.length > 0);
    options.push(inOneElement(deeper, ended, unwanted, dotted));
  }
  return and(typeIs(ARRAY), or(...options));
}

/** Some conditions are met in one element, the others by scalars directly in the array. */
function inOneElement(
  inside: readonly Wanted[],
  direct: readonly Wanted[],
  unwanted: readonly Unwanted[],
  dotted: DottedKeys,
): Formula {
  const first = Math.min(...inside.map(({ order }) => order));
  const parts = direct.map(({ leaves }) => anyItem(0, MANY, leaves));
  for (const { rest, order } of unwanted) {
    if (order < first) parts.push(items(0, MANY, valuesWithout(rest)));
    else if (rest.length === 0) parts.push(items(0, MANY, NO_LEAF));
  }
  if (inside.length > 0) {
    parts.push(anyItem(0, MANY, and(NO_LEAF, valuesWith(inside, unwanted, dotted))));
  }
  return and(...parts);
}

function objects(wanted: readonly Wanted[], unwanted: readonly Unwanted[], dotted: DottedKeys): Formula {
  if (wanted.some(({ rest }) => rest.length === 0)) return FALSE;
  const plain = routed(new Map(), wanted, unwanted, dotted);
  const longer = or(...wanted.map(({ rest }) => behindLongKey(rest, dotted)));
  const detours = detour(new Map(), wanted, unwanted, dotted, dottedKeysOf(wanted, dotted));
  return and(typeIs(OBJECT), or(plain, detours, longer));
}

/** Conditions by the member they look into; those without a member yet go by the first name of their path. */
function routed(
  chosen: ReadonlyMap<string, readonly Wanted[]>,
  rest: readonly Wanted[],
  unwanted: readonly Unwanted[],
  dotted: DottedKeys,
): Formula {
  const groups = new Map(chosen);
  for (const wanted of rest) {
    const [name] = wanted.rest as [string];
    groups.set(name, [...(groups.get(name) ?? []), behind(wanted, name)]);
  }
  const parts: Formula[] = [];
  const below = new Map<string, Unwanted[]>();
  for (const one of unwanted) {
    for (const name of keysOf(one.rest)) {
      const { rest: left } = behind(one, name);
      if (!groups.has(name)) parts.push(each(oneName(name), valuesWithout(left)));
      else below.set(name, [...(below.get(name) ?? []), { rest: left, order: one.order }]);
    }
  }
  for (const [name, group] of groups) {
    parts.push(some(oneName(name), valuesWith(group, below.get(name) ?? [], dotted)));
  }
  return and(...parts);
}

/** That there is a key for so many names of a path that nobody says what may be found behind it. */
function behindLongKey(rest: readonly string[], dotted: DottedKeys): Formula {
  if (rest.length <= MAX_JOINED) return FALSE;
  if (!keysOf(rest).slice(MAX_JOINED).some(dotted.allowed)) return FALSE;
  const start = `${rest.slice(0, MAX_JOINED).join('.')}.`;
  const unread = opaque(`behind ${rest.join('.')}`, ANY_TYPE, 'a key with dots for very many names');
  return some(namesIn(prefix(start)), unread);
}

/**
 * The ways in which some conditions look into members whose key has dots and stands for several names at once: for
 * each such key, that it is there, and then what may be found behind it. Nothing more is unfolded for keys that a
 * schema forbids.
 */
function detour(
  chosen: ReadonlyMap<string, readonly Wanted[]>,
  rest: readonly Wanted[],
  unwanted: readonly Unwanted[],
  dotted: DottedKeys,
  keys: readonly string[],
): Formula {
  return or(
    ...keys.map((name, i) => {
      const key = `${keyOf(rest, unwanted, dotted)} over ${JSON.stringify([name, ...chosenKeys(chosen)])}`;
      const through = () => {
        const concerned = rest.filter((wanted) => keysOf(wanted.rest).includes(name));
        const options = subsets(concerned).map((group) => {
          const groups = new Map(chosen).set(
            name,
            group.map((wanted) => behind(wanted, name)),
          );
          const others = rest.filter((wanted) => !group.includes(wanted));
          const later = keys.slice(i + 1);
          return or(
            routed(groups, others, unwanted, dotted),
            detour(groups, others, unwanted, dotted, later),
          );
        });
        const left =
          concerned.length > MAX_SHARED ? opaque(key, OBJECT, 'many conditions below one dotted key') : FALSE;
        return or(...options, left);
      };
      return and(some(oneName(name), TRUE), lazy(key, through));
    }),
  );
}

function chosenKeys(chosen: ReadonlyMap<string, readonly Wanted[]>): string[] {
  return [...chosen].map(([name, group]) => `${name} ${keyOf(group, [], { key: '', allowed: () => true })}`);
}

function dottedKeysOf(wanted: readonly Wanted[], dotted: DottedKeys): string[] {
  const keys = wanted.flatMap(({ rest }) => keysOf(rest.slice(0, MAX_JOINED)).slice(1));
  return [...new Set(keys)].filter((key) => dotted.allowed(key));
}

/** The keys that may stand at the start of a path: `a`, `a.b`, `a.b.c`. */
function keysOf(rest: readonly string[]): string[] {
  return rest.map((_, i) => rest.slice(0, i + 1).join('.'));
}

function behind<T extends Unwanted>(condition: T, key: string): T {
  return { ...condition, rest: condition.rest.slice(key.split('.').length) };
}

/** All subsets but the empty one, small ones first; of many, the single ones and all at once. */
function subsets<T>(list: readonly T[]): T[][] {
  if (list.length > MAX_SHARED) return [...list.map((one) => [one]), [...list]];
  const all: T[][] = [];
  for (let bits = 1; bits < 2 ** list.length; bits++) all.push(list.filter((_, i) => bits & (1 << i)));
  return all.sort((a, b) => a.length - b.length);
}

/** The values in which there is no leaf at a path. */
export function valuesWithout(rest: readonly string[]): Formula {
  return lazy(`without ${JSON.stringify(rest)}`, () =>
    and(
      rest.length === 0 ? NO_LEAF : TRUE,
      items(0, MANY, valuesWithout(rest)),
      ...keysOf(rest).map((key) => each(oneName(key), valuesWithout(rest.slice(key.split('.').length)))),
    ),
  );
}
