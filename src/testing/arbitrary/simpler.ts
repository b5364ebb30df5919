import { equalJson, isObject, type JsonValue } from '../../json/value.ts';
import { replaceIn } from './copy.ts';

/** Gives the simplest value known for a place, if any: names and `*` for items. */
export type SimplestAt = (path: readonly string[]) => JsonValue | undefined;

/** What a value costs its reader; 0 where it is the simplest one known. Every step of shrinking makes it less. */
export function costOf(value: JsonValue, simplest: JsonValue | undefined): number {
  if (simplest !== undefined && equalJson(value, simplest)) return 0;
  if (value === null || value === false) return 1;
  if (value === true) return 2;
  if (typeof value === 'number') return costOfNumber(value);
  if (typeof value === 'string') {
    let cost = 2;
    for (const c of value) cost += /[a-z0-9]/.test(c) ? 1 : c < '\u007f' ? 2 : 3;
    return cost;
  }
  if (Array.isArray(value)) {
    const known = Array.isArray(simplest) ? simplest : [];
    return value.reduce<number>((sum, item, i) => sum + 1 + costOf(item, known[i]), 3);
  }
  const known = isObject(simplest) ? simplest : {};
  return Object.entries(value).reduce(
    (sum, [name, item]) => sum + 1 + costOf(item, Object.hasOwn(known, name) ? known[name] : undefined),
    3,
  );
}

/**
 * Simpler values, the boldest first: the simplest known, without some members or items, then simpler in one place.
 * They need not be members of anything: the caller keeps those that are.
 */
export function* simplerThan(
  value: JsonValue,
  simplest: JsonValue | undefined,
  at: SimplestAt,
  path: readonly string[] = [],
): Generator<JsonValue> {
  const known = simplest ?? at(path);
  if (known !== undefined && !equalJson(known, value)) yield known;
  if (Array.isArray(value)) yield* simplerArray(value, known, at, path);
  else if (isObject(value)) yield* simplerObject(value, known, at, path);
  else if (typeof value === 'string') yield* simplerText(value);
  else if (typeof value === 'number') yield* simplerNumber(value);
  else if (value === true) yield false;
}

function* simplerObject(
  value: { readonly [name: string]: JsonValue },
  simplest: JsonValue | undefined,
  at: SimplestAt,
  path: readonly string[],
): Generator<JsonValue> {
  const names = Object.keys(value);
  const known = isObject(simplest) ? simplest : {};
  const extra = names.filter((name) => !Object.hasOwn(known, name));
  for (const group of [...halves(extra), ...extra.map((name) => [name])]) {
    yield group.reduce<JsonValue>((rest, name) => replaceIn(rest, name, undefined), value);
  }
  for (const name of names) {
    const inner = Object.hasOwn(known, name) ? known[name] : undefined;
    for (const next of simplerThan(value[name]!, inner, at, [...path, name])) {
      yield replaceIn(value, name, next);
    }
  }
}

function* simplerArray(
  value: readonly JsonValue[],
  simplest: JsonValue | undefined,
  at: SimplestAt,
  path: readonly string[],
): Generator<JsonValue> {
  const { length } = value;
  if (length > 0) yield [];
  if (length > 2) {
    yield value.slice(0, length >> 1);
    yield value.slice(length >> 1);
  }
  if (length > 1) for (let i = length - 1; i >= 0; i--) yield value.toSpliced(i, 1);
  const known = Array.isArray(simplest) ? simplest : [];
  for (const [i, item] of value.entries()) {
    for (const next of simplerThan(item, known[i], at, [...path, '*'])) yield replaceIn(value, i, next);
  }
}

/** All of them, and each half. */
function halves(names: readonly string[]): (readonly string[])[] {
  if (names.length < 2) return [];
  const middle = names.length >> 1;
  return names.length < 4 ? [names] : [names, names.slice(0, middle), names.slice(middle)];
}

function* simplerText(text: string): Generator<string> {
  const chars = [...text];
  if (chars.length === 0) return;
  yield '';
  yield 'a'.repeat(Math.min(chars.length, 1));
  for (let cut = chars.length >> 1; cut > 0; cut >>= 1) {
    yield chars.slice(0, chars.length - cut).join('');
    yield chars.slice(cut).join('');
  }
  yield chars.map((c) => (c < '\u007f' ? c : 'a')).join('');
  yield chars.map((c) => (/[a-z0-9]/.test(c) ? c : 'a')).join('');
  if (chars.length <= 40) {
    for (const [i, c] of chars.entries()) if (c !== 'a') yield chars.with(i, 'a').join('');
  }
}

/** 0, 1, whole, positive; then nearer to zero by a half, a quarter, and so on to one: that ends next to a bound. */
function* simplerNumber(value: number): Generator<number> {
  const candidates = [0, 1, Math.trunc(value), Math.abs(value)];
  for (let part = value / 2; Math.abs(part) >= 0.5; part /= 2) candidates.push(value - Math.trunc(part));
  candidates.push(Math.trunc(value - Math.sign(value)));
  for (const next of new Set(candidates))
    if (next !== value && Number.isFinite(next)) yield next === 0 ? 0 : next;
}

function costOfNumber(value: number): number {
  const digits = Number.isInteger(value) ? 0 : JSON.stringify(value).length;
  return 2 + Math.log2(1 + Math.abs(value)) + digits + (value < 0 ? 0.1 : 0);
}
