import { bind } from './bind.ts';
import type { Frame } from './frame.ts';
import { limitOf, lower } from './guards.ts';
import type { Interpreter } from './machine.ts';
import { leaves, throws } from './tests.ts';
import type { Step } from './tree.ts';
import { type Below, Scope, type Value } from './values.ts';

/** Steps that may run or not, and those that run over and over. */
export class Branches {
  /** How many conditions stand before what runs now. */
  undecided = 0;
  /** How many loops that are unrolled stand around what runs now. */
  private unrolled = 0;
  private readonly machine: Interpreter;

  constructor(machine: Interpreter) {
    this.machine = machine;
  }

  /** Runs whatever branches may be taken. `whole`: they stand among all the steps of a function. */
  run(step: Step & { kind: 'branches' }, frame: Frame, whole: boolean): void {
    const returned = frame.returned.length;
    const { under, after } = this.testsOf(step, frame);
    const runs = step.branches.map((steps, index) => () => {
      const scope = step.own ? new Scope(frame.scope, false) : frame.scope;
      this.machine.guards.apart(under[index], () => this.machine.execute(steps, { ...frame, scope }));
    });
    if (runs.length === 1 && step.always) runs[0]!();
    else {
      if (!step.loop) this.undecided++;
      this.machine.memory.branches(runs, step.always);
      if (!step.loop) this.undecided--;
    }
    this.machine.guards.assume(after);
    if (whole && after && returned === 0 && step.branches.some(throws))
      frame.ensured.below = lower(frame.ensured.below, after) ?? after;
  }

  /** What each branch runs under, and what holds behind them all, since some of them leave. */
  private testsOf(
    { tests = [], branches, always }: Step & { kind: 'branches' },
    frame: Frame,
  ): { under: (Below | undefined)[]; after: Below | undefined } {
    const values = tests.map((test) =>
      this.machine.guards.apart(undefined, () => this.machine.evaluate(test, frame)),
    );
    const under: (Below | undefined)[] = [];
    let failed: Below | undefined;
    for (const index of branches.keys()) {
      const value = values[index];
      under.push(value ? lower(failed, limitOf(value, true)) : failed);
      if (value) failed = lower(failed, limitOf(value, false));
    }
    // Behind them the tests of those in front that leave were false; or that of the only one that does not was true.
    let after: Below | undefined;
    for (const [index, steps] of branches.entries()) {
      if (!leaves(steps) || !values[index]) break;
      after = lower(after, limitOf(values[index], false));
    }
    const stays = branches.filter((steps) => !leaves(steps));
    if (always && stays.length === 1) after = lower(after, under[branches.indexOf(stays[0]!)]);
    return { under, after };
  }

  /** Where the elements are told apart and few, a loop runs once for each, so that what belongs together stays together. */
  each({ target, over, steps, own }: Step & { kind: 'each' }, frame: Frame): void {
    const of = this.machine.evaluate(over, frame);
    const elements = this.unrolled > 0 ? undefined : elementsApart(of);
    const run = (element: Value): void => {
      const scope = own ? new Scope(frame.scope, false) : frame.scope;
      const inner = { ...frame, scope };
      bind(target, element, true, inner, this.machine);
      this.machine.execute(steps, inner);
    };
    if (!elements) {
      this.machine.memory.branches([() => run(this.machine.element(of, frame))], false);
      return;
    }
    this.unrolled++;
    for (const element of elements) this.machine.memory.branches([() => run(element)], false);
    this.unrolled--;
  }
}

const maxElements = 12;

/** The elements of a short list whose elements are told apart. */
function elementsApart([only, ...others]: Value): readonly Value[] | undefined {
  if (only?.kind !== 'list' || others.length > 0) return undefined;
  const { fixed } = only.list;
  return fixed && fixed.length > 0 && fixed.length <= maxElements ? fixed : undefined;
}
