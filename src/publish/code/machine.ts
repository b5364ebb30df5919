import type { Frame } from './frame.ts';
import type { Guards } from './guards.ts';
import type { Memory } from './memory.ts';
import type { Expression, Step } from './tree.ts';
import type { Value } from './values.ts';

/** The arguments of a call. */
export interface Call {
  readonly positional: readonly Value[];
  /** What may come after the positional ones: the elements of a spread list. */
  readonly rest: Value;
  readonly named: ReadonlyMap<string, Value>;
  /** What may come under any other name. */
  readonly otherNames: Value;
}

export function callOf(...positional: readonly Value[]): Call {
  return { positional, rest: [], named: new Map(), otherNames: [] };
}

export function argument({ positional, rest, named }: Call, index: number, name?: string): Value {
  return (name === undefined ? undefined : named.get(name)) ?? positional[index] ?? rest;
}

/** What natives may do while a program is read. */
export interface Machine {
  readonly memory: Memory;
  /** Calls whatever functions the value may be. */
  invoke(callee: Value, call: Call): Value;
  /** The value of an environment variable. */
  environment(name: string): Value;
  readonly guards: Guards;
  /** The place where evaluation stands. */
  readonly here: { readonly at: number; readonly module: string };
  /** PutEvents is called with this input, where evaluation stands now. */
  publishes(input: Value): void;
  /** What one native leaves for another. */
  readonly notes: Map<string, Value>;
  /** A text that is not known, told apart by the place that is being evaluated. */
  hole(what: string): string;
}

/** What the parts of the evaluator use of each other. */
export interface Interpreter extends Machine {
  evaluate(node: Expression, frame: Frame): Value;
  /** `whole`: the steps are all that a function does. */
  execute(steps: readonly Step[], frame: Frame, whole?: boolean): void;
  member(of: Value, key: Value, frame: Pick<Frame, 'python'>): Value;
  /** Some element of what can be iterated. */
  element(of: Value, frame: Frame): Value;
  placed(at: number, module: string): this;
}
