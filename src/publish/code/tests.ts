import type { Frame, Returned } from './frame.ts';
import { bothOf, higher, isTruth, limitOf, lower, standingIn, testOf } from './guards.ts';
import type { Interpreter } from './machine.ts';
import type { Expression, Step } from './tree.ts';
import { type Atom, type Below, join, unknown, type Value } from './values.ts';

type Test = Expression & { kind: 'choice' | 'both' | 'not' | 'compare' | 'presence' };

/** Expressions that decide something: what they tell of the received depth goes with their values. */
export class Tests {
  private readonly machine: Interpreter;

  constructor(machine: Interpreter) {
    this.machine = machine;
  }

  evaluate(node: Test, frame: Frame): Value {
    const { machine } = this;
    const { guards } = machine;
    switch (node.kind) {
      case 'choice':
        return this.choice(node, frame);
      case 'both': {
        const first = machine.evaluate(node.first, frame);
        // `0 && (module.exports = …)`: a note of a bundler for those who only read.
        if (first.length > 0 && first.every(isFalse)) return first;
        const second = guards.apart(limitOf(first, true), () => machine.evaluate(node.second, frame));
        const limits = testOf(
          lower(limitOf(first, true), limitOf(second, true)),
          bothOf(limitOf(first, false), limitOf(second, false)),
        );
        return (second.every(mayDecide) ? limits : undefined) ?? second;
      }
      case 'not': {
        const value = machine.evaluate(node.value, frame);
        return testOf(limitOf(value, false), limitOf(value, true)) ?? unknown('a value');
      }
      case 'compare': {
        const left = machine.evaluate(node.left, frame);
        const right = machine.evaluate(node.right, frame);
        return guards.comparison(node.sign, left, right, {
          module: frame.module,
          at: node.at,
          end: node.end,
        });
      }
      case 'presence':
        machine.evaluate(node.of, frame);
        return unknown('a value');
    }
  }

  private choice({ test, choices }: Expression & { kind: 'choice' }, frame: Frame): Value {
    const { machine } = this;
    const value = machine.evaluate(test, frame);
    const [first, second] = ([true, false] as const).map((when, index) =>
      machine.guards.apart(limitOf(value, when), () => machine.evaluate(choices[index]!, frame)),
    );
    if (test.kind === 'presence' && test.when !== undefined) {
      const of = machine.evaluate(test.of, frame);
      const [there, absent] = test.when ? [first!, second!] : [second!, first!];
      if (of.length > 0 && of.every(isThere)) return there;
      if (of.length > 0 && of.every(isAbsent)) return absent;
      // `a != null ? a : b`: what was asked for is there.
      const asked = there.some(isAbsent) && there.every((atom) => of.some((one) => one === atom));
      const made = join(asked ? there.filter((atom) => !isAbsent(atom)) : there, absent);
      return this.asksFor(test, made, frame) ? standingIn(made) : made;
    }
    const made = join(first!, second!);
    return this.asksFor(test, made, frame) ? standingIn(made) : made;
  }

  /** Whether a test asks no more than whether the received number that is among the choices is one. */
  private asksFor(test: Expression, made: Value, frame: Frame): boolean {
    const [received, ...more] = made.filter(({ kind }) => kind === 'received');
    if (received?.kind !== 'received' || more.length > 0) return false;
    const asks = (one: Expression): boolean => {
      if (one.kind === 'both') return asks(one.first) && asks(one.second);
      if (one.kind === 'not') return asks(one.value);
      if (one.kind === 'compare') return one.right.kind === 'number' && one.right.number <= 0;
      if (one.kind !== 'presence') return false;
      const [asked, ...others] = this.machine.evaluate(one.of, frame);
      return (
        asked?.kind === 'received' &&
        others.every((atom) => atom.kind === 'number' || isAbsent(atom)) &&
        asked.path.join('/') === received.path.join('/')
      );
    };
    return asks(test);
  }
}

function isAbsent(atom: Atom): boolean {
  return atom.kind === 'constant' && atom.value === null;
}

function isFalse(atom: Atom): boolean {
  if (atom.kind === 'number') return atom.number === 0 && atom.base === undefined;
  return atom.kind === 'constant' && atom.value !== true;
}

/** Values that are something, whatever they are. */
function isThere({ kind }: Atom): boolean {
  return /^(?:text|number|object|list|function|class|json)$/.test(kind);
}

/** Values that are worth less than what a test beside them tells. */
function mayDecide(atom: Value[number]): boolean {
  return isTruth(atom) || atom.kind === 'received' || atom.kind === 'native';
}

/** `a || b` of two tests; undefined when they are none. */
export function eitherTest(first: Value, second: Value): Value | undefined {
  if (!first.every(mayDecide) || !second.every(mayDecide)) return undefined;
  return testOf(
    bothOf(limitOf(first, true), limitOf(second, true)),
    lower(limitOf(first, false), limitOf(second, false)),
  );
}

/** Whether what stands behind these steps is surely not reached by way of them. */
export function leaves(steps: readonly Step[]): boolean {
  return steps.some((step) => {
    if (step.kind === 'return' || step.kind === 'leave') return true;
    if (step.kind === 'block') return leaves(step.steps);
    // Of one branch alone, such as what is tried, it is not sure that it runs to its end.
    return step.kind === 'branches' && step.always && step.branches.length > 1 && step.branches.every(leaves);
  });
}

/** Whether steps that leave do so by an exception. */
export function throws(steps: readonly Step[]): boolean {
  return steps.some(
    (step) =>
      (step.kind === 'leave' && step.how === 'throw') || (step.kind === 'block' && throws(step.steps)),
  );
}

/** What a function that answers true or false tells of the received depth by its answer. */
export function truthOf(returned: readonly Returned[]): Value | undefined {
  if (!returned.every(({ value }) => value.length > 0 && value.every(isTruth))) return undefined;
  const limit = (when: boolean): Below | undefined => {
    let all: Below | undefined;
    for (const { value, below } of returned) {
      if (value.every((atom) => atom.kind === 'constant' && (atom.value === true) !== when)) continue;
      const one = lower(below, limitOf(value, when));
      if (!one) return undefined;
      all = higher(all, one);
    }
    return all;
  };
  return testOf(limit(true), limit(false));
}
