import type { Budget } from '../budget.ts';
import { branches } from './branches.ts';
import { Dominance } from './dominance.ts';
import { Heap } from './heap.ts';
import { classSample } from './partition.ts';
import { LEAST_EFFORT } from './readable.ts';
import { step } from './step.ts';
import { type Language, NONE } from './term.ts';

/** What a search prefers. */
export type Aim =
  /** Any word, soon: dives towards the end and finds words where counting states is hopeless. */
  | 'any'
  /** A shortest word, and among these the most readable. */
  | 'shortest'
  /** A word of least effort to read: short, of letters and digits. */
  | 'readable';

interface State {
  readonly term: Language;
  /** Lengths that the whole word may have. */
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly cost: number;
  readonly parent: State | undefined;
  /** The characters that led here from the parent: one code point, `times` times. */
  readonly codePoint: number;
  readonly times: number;
}

/** One more character weighs more than any difference in readability. */
const CHARACTER = 1000;

/**
 * A word of an exact language, or undefined if there is none: best-first over lazily made derivatives, with the
 * least remaining length as the estimate. Every state costs a step of the budget, which may run out.
 */
export function search(language: Language, aim: Aim, budget: Budget): string | undefined {
  if (language.inhabited === false) return undefined;
  const queue = new Heap<State>();
  const dominance = new Dominance();
  const best = new Map<number | string, State>();
  const seen: Language[] = [];
  let free = true;
  const unit = aim === 'readable' ? LEAST_EFFORT : aim === 'shortest' ? CHARACTER + LEAST_EFFORT : 1;
  const add = (term: Language, at: Omit<State, 'term'>) => {
    for (const branch of branches(term)) {
      const from = Math.max(at.from, at.depth + branch.from);
      const to = Math.min(at.to, at.depth + branch.to);
      const least = Math.max(branch.term.min, from - at.depth);
      if (branch.term === NONE || branch.term.inhabited === false) continue;
      if (at.depth + least > to || at.depth + branch.term.max < from) continue;
      if (from > 0 || to !== Number.POSITIVE_INFINITY) free = false;
      const state = { ...at, term: branch.term, from, to };
      const key = keyOf(state);
      const other = best.get(key);
      if (other && other.cost <= state.cost && other.depth <= state.depth) continue;
      if (dominance.superfluous(state)) continue;
      best.set(key, state);
      queue.push(aim === 'any' ? state.depth + 5 * least : state.cost + unit * least, state);
    }
  };
  const whole = { from: 0, to: Number.POSITIVE_INFINITY };
  add(language, { ...whole, depth: 0, cost: 0, parent: undefined, codePoint: -1, times: 0 });
  for (let state = queue.pop(); state; state = queue.pop()) {
    if (state.term.nullable && state.depth >= state.from && state.depth <= state.to) return wordTo(state);
    const rival = best.get(keyOf(state))!;
    if (rival !== state && rival.cost <= state.cost && rival.depth <= state.depth) continue;
    const { partition, to } = step(state.term);
    budget.spend('the search for a string', 1 + partition.count * widthOf(state.term));
    seen.push(state.term);
    for (let cls = 0; cls < to.length; cls++) {
      if (to[cls] === NONE) continue;
      const { codePoint, effort } = classSample(partition, cls);
      if (codePoint < 0) continue;
      const cost = aim === 'readable' ? effort : aim === 'shortest' ? CHARACTER + effort : 1;
      const go = (times: number) =>
        add(to[cls]!, {
          from: state.from,
          to: state.to,
          depth: state.depth + times,
          cost: state.cost + times * cost,
          parent: state,
          codePoint,
          times,
        });
      go(1);
      // Where nothing changes, the least length is reached in one leap: {60000,65536} costs as little as {6,}.
      if (to[cls] === state.term && state.from > state.depth + 1) go(state.from - state.depth);
    }
  }
  if (free) for (const term of seen) term.inhabited = false;
  language.inhabited = false;
  return undefined;
}

/** How many parts a step of the term has to join. */
function widthOf(term: Language): number {
  return term.kind === 'union' || term.kind === 'intersection' ? term.items.length : 1;
}

/** States with equal keys have the same future, the cheaper and shorter one being as good as the other. */
function keyOf({ term, from, to, depth }: State): number | string {
  if (depth < from) return `${term.id} ${to} ${from} ${depth}`;
  return to === Number.POSITIVE_INFINITY ? term.id : `${term.id} ${to}`;
}

function wordTo(state: State): string {
  const out: string[] = [];
  for (let at: State | undefined = state; at?.parent; at = at.parent) {
    out.push(String.fromCodePoint(at.codePoint).repeat(at.times));
  }
  return out.reverse().join('');
}
