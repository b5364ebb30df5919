import type { JsonValue } from '../../json/value.ts';
import { oneOf } from '../../sets/atoms.ts';
import { allDifferent, evaluate } from '../../sets/evaluate.ts';
import type { Formula } from '../../sets/formula.ts';
import { and } from '../../sets/junction.ts';
import { not } from '../../sets/not.ts';
import type { Sampling } from './sampling.ts';

/** Longer arrays are left to the algebra. */
const MOST_ITEMS = 150;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly of: Formula;
}

/** What a conjunction of atoms asks of an array. */
interface Demands {
  readonly every: readonly Span[];
  readonly open: readonly Span[];
  /** Between `from` and `to` items are in a set. */
  readonly counted: readonly Span[];
  readonly different: boolean;
  readonly equalPair: boolean;
  readonly tests: readonly Formula[];
  readonly from: number;
  readonly to: number;
}

/** A random array that satisfies a conjunction of atoms; undefined if the draw led nowhere. */
export function sampleArray(atoms: readonly Formula[], sampler: Sampling): JsonValue | undefined {
  const demands = demandsOf(atoms);
  const { dice } = sampler;
  const length = drawLength(demands, sampler);
  if (length === undefined) return undefined;
  const goals: Formula[] = [];
  for (let i = 0; i < length; i++) {
    goals.push(and(...demands.every.filter(({ from, to }) => from <= i && i <= to).map(({ of }) => of)));
  }
  for (const { from, to, of } of demands.open) {
    if (from >= length) return undefined;
    const at = from + dice.below(Math.min(to, length - 1) - from + 1);
    goals[at] = and(goals[at]!, of);
  }
  for (const counted of demands.counted) count(counted, goals, sampler);
  if (demands.equalPair) equate(goals, sampler);
  const items = fill(goals, demands, sampler);
  if (!items) return undefined;
  const right = [
    ...demands.counted.map(asTest(items)),
    ...demands.tests.map((t) => evaluate(t, items) !== false),
  ];
  return right.every(Boolean) ? items : undefined;
}

function demandsOf(atoms: readonly Formula[]): Demands {
  const every: Span[] = [];
  const open: Span[] = [];
  const counted: Span[] = [];
  const tests: Formula[] = [];
  let [from, to, different, equalPair] = [0, Number.POSITIVE_INFINITY, false, false];
  for (const atom of atoms) {
    if (atom.kind === 'items') every.push(atom);
    else if (atom.kind === 'anyItem') {
      open.push(atom);
      from = Math.max(from, atom.from + 1);
    } else if (atom.kind === 'counted') {
      counted.push(atom);
      from = Math.max(from, atom.from);
    } else if (atom.kind === 'size') {
      from = Math.max(from, atom.from);
      to = Math.min(to, atom.to);
    } else if (atom.kind === 'unique') {
      if (atom.value) different = true;
      else equalPair = true;
    } else tests.push(atom);
  }
  return {
    every,
    open,
    counted,
    different,
    equalPair,
    tests,
    from: equalPair ? Math.max(from, 2) : from,
    to,
  };
}

/** The least length, the greatest, or a few more than the least. */
function drawLength({ from, to, open }: Demands, sampler: Sampling): number | undefined {
  if (from > to || from > MOST_ITEMS) return undefined;
  const least = Math.min(to, from + (open.length > 1 && sampler.dice.chance(0.5) ? open.length - 1 : 0));
  if (sampler.tired) return least;
  const kind = sampler.dice.unit();
  if (kind < 0.3) return least;
  if (kind < 0.45 && to <= 30) return to;
  return Math.min(to, MOST_ITEMS, least + sampler.dice.below(sampler.depth > 3 ? 3 : 5));
}

function count({ from, to, of }: Span, goals: Formula[], { dice }: Sampling): void {
  const most = Math.min(to, goals.length);
  const wanted = from + dice.below(Math.min(most - from, 3) + 1);
  const places = dice.shuffled([...goals.keys()]);
  const inside = new Set(places.slice(0, wanted));
  for (const at of places) {
    if (inside.has(at)) goals[at] = and(goals[at]!, of);
    else if (to < goals.length) goals[at] = and(goals[at]!, not(of));
  }
}

function equate(goals: Formula[], { dice }: Sampling): void {
  const [a, b] = dice.shuffled([...goals.keys()]) as [number, number];
  const both = and(goals[a]!, goals[b]!);
  goals[a] = both;
  goals[b] = both;
}

function fill(goals: readonly Formula[], { different, equalPair }: Demands, sampler: Sampling) {
  const items: JsonValue[] = [];
  const twins = new Map<Formula, JsonValue>();
  for (const goal of goals) {
    // Goals that are one formula share a value where two equal items are asked for.
    let item = equalPair && twins.has(goal) ? twins.get(goal) : sampler.sample(goal);
    if (different && item !== undefined && !allDifferent([...items, item])) {
      item = sampler.sample(and(goal, not(oneOf(items))));
    }
    if (item === undefined) return undefined;
    twins.set(goal, item);
    items.push(item);
  }
  return different && !allDifferent(items) ? undefined : items;
}

function asTest(items: readonly JsonValue[]): (counted: Span) => boolean {
  return ({ from, to, of }) => {
    const inside = items.filter((item) => evaluate(of, item) === true).length;
    return from <= inside && inside <= to;
  };
}
