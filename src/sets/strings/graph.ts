import type { Budget } from '../budget.ts';
import { classChars } from './partition.ts';
import { step } from './step.ts';
import { type Language, NONE } from './term.ts';
import type { Weights } from './weights.ts';

/** The states that lie on a way from the start to an accepting state, as numbers in order of discovery. */
export interface Graph {
  /** The start, or -1 when nothing is accepted. */
  readonly start: number;
  readonly accepts: readonly boolean[];
  readonly edges: readonly (readonly Edge[])[];
}

export interface Edge {
  readonly to: number;
  /** The weight of the heaviest character on the way. */
  readonly weight: number;
}

/** All states of a language, worked out; the budget may run out. Dead ends are left out. */
export function graphOf(language: Language, weights: Weights, budget: Budget): Graph {
  const ids = new Map<Language, number>([[language, 0]]);
  const states: Language[] = [language];
  const edges: Edge[][] = [];
  for (let i = 0; i < states.length; i++) {
    const { partition, to } = step(states[i]!);
    budget.spend('the states of a language', 1 + to.length);
    const out = new Map<number, number>();
    for (let cls = 0; cls < to.length; cls++) {
      const next = to[cls]!;
      const weight = weights.heaviest(classChars(partition, cls));
      if (next === NONE || weight === Number.NEGATIVE_INFINITY) continue;
      let id = ids.get(next);
      if (id === undefined) {
        id = states.length;
        ids.set(next, id);
        states.push(next);
      }
      out.set(id, Math.max(weight, out.get(id) ?? 0));
    }
    edges.push([...out].map(([id, weight]) => ({ to: id, weight })));
  }
  return trim(
    states.map((state) => state.nullable),
    edges,
  );
}

/** Keeps the states from which an accepting one can be reached. */
function trim(accepts: readonly boolean[], edges: readonly (readonly Edge[])[]): Graph {
  const back: number[][] = accepts.map(() => []);
  edges.forEach((out, from) => {
    for (const { to } of out) back[to]!.push(from);
  });
  const alive = [...accepts];
  const todo = accepts.flatMap((accept, id) => (accept ? [id] : []));
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    for (const from of back[id]!) {
      if (alive[from]) continue;
      alive[from] = true;
      todo.push(from);
    }
  }
  const kept = alive.flatMap((keep, id) => (keep ? [id] : []));
  const renamed = new Map(kept.map((id, index) => [id, index]));
  return {
    start: renamed.get(0) ?? -1,
    accepts: kept.map((id) => accepts[id]!),
    edges: kept.map((id) =>
      edges[id]!.flatMap(({ to, weight }) => (alive[to] ? [{ to: renamed.get(to)!, weight }] : [])),
    ),
  };
}

/** States in an order in which edges point backwards; undefined if there is a circle. */
export function targetsFirst(graph: Graph): number[] | undefined {
  const pending = graph.edges.map((out) => out.length);
  const back: number[][] = graph.edges.map(() => []);
  graph.edges.forEach((out, from) => {
    for (const { to } of out) back[to]!.push(from);
  });
  const order: number[] = [];
  pending.forEach((count, id) => {
    if (count === 0) order.push(id);
  });
  for (let i = 0; i < order.length; i++) {
    for (const from of back[order[i]!]!) if (--pending[from]! === 0) order.push(from);
  }
  return order.length === graph.edges.length ? order : undefined;
}
