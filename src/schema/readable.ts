import { equalJson, isObject, type JsonValue, own, setOwn } from '../json/value.ts';
import { evaluate } from '../sets/evaluate.ts';
import type { Formula } from '../sets/formula.ts';
import type { CompiledSchema } from './compiled.ts';
import type { Place } from './library.ts';
import { textsFor } from './real-looking.ts';
import { appliedAt, schemasBelow } from './walk.ts';

/** Replacements tried for one witness, at most. */
const MOST_TRIES = 200;
/** Parts of a witness times replacements tried, at most: each try looks at all of it. */
const MOST_WORK = 20_000;

type Steps = readonly (string | number)[];

/**
 * A witness as people would write it: examples and defaults of the schema, and texts that look like what their name
 * or format says, wherever the value stays in the set. Linear in the witness, times a few evaluations.
 */
export function makeReadable(witness: JsonValue, formula: Formula, schema: CompiledSchema): JsonValue {
  return new Improvement(witness, formula, schema).run();
}

class Improvement {
  private value: JsonValue;
  private readonly formula: Formula;
  private readonly schema: CompiledSchema;
  private tries: number;

  constructor(value: JsonValue, formula: Formula, schema: CompiledSchema) {
    this.tries = Math.min(MOST_TRIES, Math.floor(MOST_WORK / partsOf(value)));
    this.value = value;
    this.formula = formula;
    this.schema = schema;
  }

  run(): JsonValue {
    if (this.tries === 0) return this.value;
    this.improve([], [this.schema.root]);
    return this.value;
  }

  private improve(steps: Steps, places: readonly Place[]): void {
    const { library } = this.schema;
    const applied = appliedAt(places, library);
    const current = valueAt(this.value, steps);
    if (steps.length < 2 && isObject(current)) this.sort(steps, current, applied);
    if (this.useExample(steps, current, applied)) return;
    if (typeof current === 'string') this.useText(steps, current, applied);
    else if (Array.isArray(current)) {
      for (const i of current.keys()) this.improve([...steps, i], schemasBelow(applied, i, library));
    } else if (isObject(current)) {
      for (const name of Object.keys(current)) {
        this.improve([...steps, name], schemasBelow(applied, name, library));
      }
    }
  }

  /** Members in the order in which the schema lists them. */
  private sort(
    steps: Steps,
    current: { readonly [key: string]: JsonValue },
    applied: readonly Place[],
  ): void {
    const order = applied.flatMap(({ schema }) => {
      const properties = isObject(schema) ? own(schema, 'properties') : undefined;
      return isObject(properties) ? Object.keys(properties) : [];
    });
    const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
    const sorted: Record<string, JsonValue> = {};
    for (const name of Object.keys(current).sort((a, b) => rank(a) - rank(b)))
      setOwn(sorted, name, current[name]!);
    this.value = replaced(this.value, steps, sorted);
  }

  private useExample(steps: Steps, current: JsonValue, applied: readonly Place[]): boolean {
    for (const example of applied.flatMap(({ schema }) => examplesOf(schema))) {
      if (equalJson(example, current) || this.attempt(steps, example)) return true;
    }
    return false;
  }

  private useText(steps: Steps, current: string, applied: readonly Place[]): void {
    const name = steps.findLast((step) => typeof step === 'string');
    const formats = applied.flatMap(({ schema }) => {
      const format = isObject(schema) ? own(schema, 'format') : undefined;
      return typeof format === 'string' ? [format] : [];
    });
    for (const text of textsFor(typeof name === 'string' ? name : undefined, formats)) {
      if (text === current || this.attempt(steps, text)) return;
    }
  }

  private attempt(steps: Steps, candidate: JsonValue): boolean {
    if (this.tries-- <= 0) return false;
    const next = replaced(this.value, steps, candidate);
    if (evaluate(this.formula, next) !== true) return false;
    this.value = next;
    return true;
  }
}

/** Members, items and scalars of a value, up to the work that is done at most. */
function partsOf(value: JsonValue): number {
  const todo: JsonValue[] = [value];
  let count = 0;
  for (; todo.length > 0 && count <= MOST_WORK; count++) {
    const part = todo.pop()!;
    if (typeof part !== 'object' || part === null) continue;
    for (const inner of Array.isArray(part) ? part : Object.values(part)) todo.push(inner);
  }
  return count;
}

function examplesOf(schema: JsonValue): readonly JsonValue[] {
  if (!isObject(schema)) return [];
  const examples = own(schema, 'examples');
  const single = ['example', 'default'].flatMap((keyword) => own(schema, keyword) ?? []);
  return [...(Array.isArray(examples) ? examples.slice(0, 5) : []), ...single];
}

function valueAt(value: JsonValue, steps: Steps): JsonValue {
  let current = value;
  for (const step of steps) current = (current as { [key: string | number]: JsonValue })[step]!;
  return current;
}

/** A copy with another value in one place. */
function replaced(value: JsonValue, [step, ...rest]: Steps, inner: JsonValue): JsonValue {
  if (step === undefined) return inner;
  if (Array.isArray(value)) {
    return value.map((item, i) => (i === step ? replaced(item, rest, inner) : item));
  }
  const copy: Record<string, JsonValue> = {};
  for (const [name, item] of Object.entries(value as object)) {
    setOwn(copy, name, name === step ? replaced(item as JsonValue, rest, inner) : item);
  }
  return copy;
}
