import { nodeKey } from './hops.ts';
import type { Hop } from './loop.ts';
import type { Arrivals } from './reach.ts';
import { spectralRadius } from './spectral-radius.ts';
import {
  onlyCertain,
  roundsOf,
  type StateGraph,
  type StateSpace,
  shortestRound,
  stateGraph,
} from './state-graph.ts';

/** What a set of interleaved hops does as a whole. */
export interface Growth {
  /** Events per event and round in the long run: the spectral radius of the emission matrix. */
  readonly perRound: number;
  /** Whether every hop on some way round is certain. */
  readonly certain: boolean;
  /** A way round in that closed set of states; it may pass one event type twice. */
  readonly round: readonly Hop[];
}

/**
 * The growth of the hops of one strongly connected component: the largest spectral radius over the closed sets of
 * states in which events really go round. Undefined when none do. Uncertain hops count only if no certain round exists.
 */
export function growthOf(hops: readonly Hop[], starts: Arrivals, space: StateSpace): Growth | undefined {
  const nodes = new Map(hops.map(({ from }) => [nodeKey(from), from]));
  const within = new Set(nodes.keys());
  const arrivals = [...nodes.values()].flatMap((node) => starts(node));
  const certain = arrivals.filter((arrival) => arrival.certain);
  const decided = stateGraph(
    space,
    certain.map(({ state }) => state),
    within,
  );
  const sure = largest(onlyCertain(decided));
  if (sure) return { ...sure, certain: true };
  const all = arrivals.map(({ state }) => state);
  const possible = largest(certain.length === arrivals.length ? decided : stateGraph(space, all, within));
  return possible && { ...possible, certain: false };
}

function largest(graph: StateGraph): Omit<Growth, 'certain'> | undefined {
  let found: { perRound: number; states: readonly string[] } | undefined;
  for (const states of roundsOf(graph)) {
    const perRound = radiusOf(graph, states);
    if (perRound > 0 && (!found || perRound > found.perRound)) found = { perRound, states };
  }
  return found && { perRound: found.perRound, round: shortestRound(graph, found.states) };
}

function radiusOf({ edges }: StateGraph, states: readonly string[]): number {
  const index = new Map(states.map((key, i) => [key, i]));
  const rows = states.map((key) => {
    const row = new Map<number, number>();
    for (const { to, weight } of edges.get(key) ?? []) {
      const column = index.get(to);
      if (column !== undefined) row.set(column, (row.get(column) ?? 0) + weight);
    }
    return [...row];
  });
  return spectralRadius(rows);
}
