import { cyclicComponents } from './components.ts';
import { nodeKey } from './hops.ts';
import type { Hop } from './loop.ts';
import type { Arrivals } from './reach.ts';
import { spectralRadius } from './spectral-radius.ts';
import { type EventState, stateKey } from './state.ts';
import { step, type WalkContext } from './walk.ts';

/** What a set of interleaved hops does as a whole. */
export interface Growth {
  /** Events per event and round in the long run: the spectral radius of the emission matrix. */
  readonly perRound: number;
  /** Whether every hop on some way round is certain. */
  readonly certain: boolean;
}

/**
 * The growth of the hops of one strongly connected component: the largest spectral radius over the closed sets of
 * states in which events really go round. Undefined when none do. Uncertain hops count only if no certain round exists.
 */
export function growthOf(hops: readonly Hop[], starts: Arrivals, context: WalkContext): Growth | undefined {
  const certain = radiusOver(hops, starts, context, false);
  if (certain > 0) return { perRound: certain, certain: true };
  const possible = radiusOver(hops, starts, context, true);
  return possible > 0 ? { perRound: possible, certain: false } : undefined;
}

function radiusOver(hops: readonly Hop[], starts: Arrivals, context: WalkContext, doubtful: boolean): number {
  const from = new Map<string, Hop[]>();
  for (const hop of hops) {
    const key = nodeKey(hop.from);
    from.set(key, [...(from.get(key) ?? []), hop]);
  }
  const edges = new Map<string, Map<string, number>>();
  const open: EventState[] = hops.flatMap((hop) =>
    starts(hop.from).flatMap(({ state, certain }) => (certain || doubtful ? [state] : [])),
  );
  for (let state = open.pop(); state; state = open.pop()) {
    const key = stateKey(state);
    if (edges.has(key)) continue;
    const out = new Map<string, number>();
    edges.set(key, out);
    if (context.judge.exists(state).answer === 'no') continue;
    for (const hop of from.get(nodeKey(state)) ?? []) {
      const next = step(hop, state, context);
      if (next === undefined || (next.doubtful && !doubtful)) continue;
      const weight = hop.emission ? hop.emission.count * hop.emission.probability : 1;
      const nextKey = stateKey(next.state);
      out.set(nextKey, (out.get(nextKey) ?? 0) + weight);
      open.push(next.state);
    }
  }
  let largest = 0;
  for (const component of cyclicComponents(edges.keys(), (key) => edges.get(key)!.keys())) {
    const index = new Map(component.map((key, i) => [key, i]));
    const rows = component.map((key) =>
      [...edges.get(key)!].flatMap(([to, weight]) => {
        const column = index.get(to);
        return column === undefined ? [] : [[column, weight] as const];
      }),
    );
    largest = Math.max(largest, spectralRadius(rows));
  }
  return largest;
}
