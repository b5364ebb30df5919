import { canonicalJson, equalJson, isObject, type JsonValue } from '../json/value.ts';
import type { Formula, Lazy, Values } from './formula.ts';
import { hasNumber } from './numbers/number-set.ts';
import { contains } from './strings/contains.ts';
import { codePoints, typeOf } from './types.ts';

/** true, false, or undefined where an opaque atom decides and cannot be tested, or where it is too much work. */
export type Truth = boolean | undefined;

/** Deeper values than this are not looked into: the answer is undefined. */
const MAX_DEPTH = 400;
/** Atoms looked at for one value; after that the answer is undefined. */
const MAX_STEPS = 400_000;
/** What is behind references is remembered after so many steps: before, it is not worth it. */
const LONG = 2_000;

/** One evaluation: the work that is left, and what references said of which part of the value. */
interface Run {
  left: number;
  readonly known: Map<Formula, Map<JsonValue, Truth>>;
}

/**
 * Whether a value is a member of a formula, by direct reading and without any search: the second opinion on
 * every witness. Three-valued: an opaque atom is neither true nor false, and neither is its complement.
 */
export function evaluate(formula: Formula, value: JsonValue): Truth {
  return test(formula, value, 0, { left: MAX_STEPS, known: new Map() });
}

function test(formula: Formula, value: JsonValue, depth: number, run: Run): Truth {
  const type = typeOf(value);
  if ((formula.can & type) === 0) return false;
  if ((formula.sure & type) !== 0) return true;
  if (depth > MAX_DEPTH || run.left-- <= 0) return undefined;
  switch (formula.kind) {
    case 'constant':
      return formula.value;
    case 'and':
      return every(referencesLast(formula.parts), (part) => test(part, value, depth, run));
    case 'or':
      return any(formula.parts, (part) => test(part, value, depth, run));
    case 'lazy':
      return behind(formula, value, depth, run);
    case 'values':
      return isListed(formula, value) !== formula.negated;
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
        ? evaluateArray(formula, value, depth, run)
        : evaluateObject(formula, value as Record<string, JsonValue>, depth, run);
  }
}

/** What a reference says; of the same part of a value it says the same. */
function behind(formula: Lazy, value: JsonValue, depth: number, run: Run): Truth {
  const large = typeof value === 'object' && value !== null && run.left < MAX_STEPS - LONG;
  if (!large) return test(formula.unfold(), value, depth + 1, run);
  const known = run.known.get(formula) ?? new Map<JsonValue, Truth>();
  run.known.set(formula, known);
  if (known.has(value)) return known.get(value);
  const is = test(formula.unfold(), value, depth + 1, run);
  known.set(value, is);
  return is;
}

/** Lists longer than this are looked up, not walked. */
const SHORT_LIST = 8;
const texts = new WeakMap<readonly JsonValue[], ReadonlySet<string>>();

function isListed({ values }: Values, value: JsonValue): boolean {
  if (values.length <= SHORT_LIST) return values.some((listed) => equalJson(listed, value));
  let known = texts.get(values);
  if (!known) {
    known = new Set(values.map(canonicalJson));
    texts.set(values, known);
  }
  return known.has(canonicalJson(value));
}

/** What is behind a reference may be much, and often something beside it decides. */
function referencesLast(parts: readonly Formula[]): readonly Formula[] {
  if (!parts.some(({ kind }) => kind === 'lazy')) return parts;
  return [...parts.filter(({ kind }) => kind !== 'lazy'), ...parts.filter(({ kind }) => kind === 'lazy')];
}

function evaluateObject(formula: Formula, value: Record<string, JsonValue>, depth: number, run: Run): Truth {
  if (formula.kind === 'count') return within(formula, Object.keys(value).length);
  if (formula.kind !== 'each' && formula.kind !== 'some') return undefined;
  const single = formula.names.single;
  const concerned =
    single === undefined
      ? Object.keys(value).filter((name) => formula.names.has(name))
      : Object.hasOwn(value, single)
        ? [single]
        : [];
  const holds = (name: string) => test(formula.of, value[name]!, depth + 1, run);
  return formula.kind === 'each' ? every(concerned, holds) : any(concerned, holds);
}

function evaluateArray(formula: Formula, value: readonly JsonValue[], depth: number, run: Run): Truth {
  switch (formula.kind) {
    case 'size':
      return within(formula, value.length);
    case 'unique':
      return allDifferent(value) === formula.value;
    case 'items':
    case 'anyItem': {
      const holds = (item: JsonValue) => test(formula.of, item, depth + 1, run);
      const concerned = value.slice(formula.from, formula.to + 1);
      return formula.kind === 'items' ? every(concerned, holds) : any(concerned, holds);
    }
    case 'counted': {
      let sure = 0;
      let open = 0;
      for (const item of value) {
        const is = test(formula.of, item, depth + 1, run);
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

function tested(ask: (value: JsonValue) => boolean, value: JsonValue, negated: boolean): Truth {
  try {
    return ask(value) !== negated;
  } catch {
    return undefined;
  }
}

function every<T>(items: readonly T[], holds: (item: T) => Truth): Truth {
  let open = false;
  for (const item of items) {
    const is = holds(item);
    if (is === false) return false;
    if (is === undefined) open = true;
  }
  return open ? undefined : true;
}

function any<T>(items: readonly T[], holds: (item: T) => Truth): Truth {
  let open = false;
  for (const item of items) {
    const is = holds(item);
    if (is === true) return true;
    if (is === undefined) open = true;
  }
  return open ? undefined : false;
}
