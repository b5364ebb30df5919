import { canonicalJson, equalJson, isObject, type JsonValue } from '../json/value.ts';
import type { Formula } from './formula.ts';
import { hasNumber } from './numbers/number-set.ts';
import { contains } from './strings/contains.ts';
import { codePoints, typeOf } from './types.ts';

/** true, false, or undefined where an opaque atom decides and cannot be tested. */
export type Truth = boolean | undefined;

/** Deeper values than this are not looked into: the answer is undefined. */
const MAX_DEPTH = 400;

/**
 * Whether a value is a member of a formula, by direct reading and without any search: the second opinion on
 * every witness. Three-valued: an opaque atom is neither true nor false, and neither is its complement.
 */
export function evaluate(formula: Formula, value: JsonValue, depth = 0): Truth {
  const type = typeOf(value);
  if ((formula.can & type) === 0) return false;
  if ((formula.sure & type) !== 0) return true;
  if (depth > MAX_DEPTH) return undefined;
  switch (formula.kind) {
    case 'constant':
      return formula.value;
    case 'and':
      return every(referencesLast(formula.parts), (part) => evaluate(part, value, depth));
    case 'or':
      return any(formula.parts, (part) => evaluate(part, value, depth));
    case 'lazy':
      return evaluate(formula.unfold(), value, depth + 1);
    case 'values':
      return formula.values.some((listed) => equalJson(listed, value)) !== formula.negated;
    case 'opaque':
      return formula.test ? tested(formula.test, value, formula.negated) : undefined;
    case 'numbers':
      return hasNumber(formula.set, value as number);
    case 'strings':
      return contains(formula.language, value as string);
    case 'length':
      return within(formula, codePoints(value as string));
    default:
      return Array.isArray(value)
        ? evaluateArray(formula, value, depth)
        : evaluateObject(formula, value as Record<string, JsonValue>, depth);
  }
}

/** What is behind a reference may be much, and often something beside it decides. */
function referencesLast(parts: readonly Formula[]): readonly Formula[] {
  if (!parts.some(({ kind }) => kind === 'lazy')) return parts;
  return [...parts.filter(({ kind }) => kind !== 'lazy'), ...parts.filter(({ kind }) => kind === 'lazy')];
}

function evaluateObject(formula: Formula, value: Record<string, JsonValue>, depth: number): Truth {
  const names = Object.keys(value);
  if (formula.kind === 'count') return within(formula, names.length);
  if (formula.kind !== 'each' && formula.kind !== 'some') return undefined;
  const single = formula.names.single;
  const own = single === undefined ? names : Object.hasOwn(value, single) ? [single] : [];
  const concerned = single === undefined ? own.filter((name) => formula.names.has(name)) : own;
  const test = (name: string) => evaluate(formula.of, value[name]!, depth + 1);
  return formula.kind === 'each' ? every(concerned, test) : any(concerned, test);
}

function evaluateArray(formula: Formula, value: readonly JsonValue[], depth: number): Truth {
  switch (formula.kind) {
    case 'size':
      return within(formula, value.length);
    case 'unique':
      return allDifferent(value) === formula.value;
    case 'items':
    case 'anyItem': {
      const test = (item: JsonValue) => evaluate(formula.of, item, depth + 1);
      const concerned = value.slice(formula.from, formula.to + 1);
      return formula.kind === 'items' ? every(concerned, test) : any(concerned, test);
    }
    case 'counted': {
      let sure = 0;
      let open = 0;
      for (const item of value) {
        const is = evaluate(formula.of, item, depth + 1);
        if (is) sure++;
        else if (is === undefined) open++;
      }
      if (sure > formula.to || sure + open < formula.from) return false;
      return sure >= formula.from && sure + open <= formula.to ? true : undefined;
    }
    default:
      return undefined;
  }
}

function within({ from, to }: { readonly from: number; readonly to: number }, amount: number): boolean {
  return from <= amount && amount <= to;
}

/** Whether no two values are equal. O(total size). */
export function allDifferent(values: readonly JsonValue[]): boolean {
  const scalars = new Set<JsonValue>();
  const texts = new Set<string>();
  for (const value of values) {
    if (Array.isArray(value) || isObject(value)) texts.add(canonicalJson(value));
    else scalars.add(value);
  }
  return scalars.size + texts.size === values.length;
}

function tested(test: (value: JsonValue) => boolean, value: JsonValue, negated: boolean): Truth {
  try {
    return test(value) !== negated;
  } catch {
    return undefined;
  }
}

function every<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let open = false;
  for (const item of items) {
    const is = test(item);
    if (is === false) return false;
    if (is === undefined) open = true;
  }
  return open ? undefined : true;
}

function any<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let open = false;
  for (const item of items) {
    const is = test(item);
    if (is === true) return true;
    if (is === undefined) open = true;
  }
  return open ? undefined : false;
}
