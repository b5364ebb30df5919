import type { Topology } from '../model/topology.ts';
import { bySourceAndType, bySourceFamily, candidatesOn } from './candidates.ts';
import { depthCeiling, depthPeriod } from './depth-ceiling.ts';
import { cyclicParts, groupOf, hopsOf, type LoopGroup, listedCycles, unique } from './groups.ts';
import { type FlowGraph, flowGraph } from './hops.ts';
import { Judge } from './judge.ts';
import type { Loop } from './loop.ts';
import { loopOf } from './loop-of-hops.ts';
import type { Oracle } from './oracle.ts';
import type { WalkContext } from './passage.ts';
import { Questions } from './questions.ts';
import { Reach, type Starts } from './reach.ts';
import type { GraphSettings } from './settings.ts';
import { StateSpace } from './state-graph.ts';
import { trackedFields } from './tracked.ts';

export type { LoopGroup } from './groups.ts';

export interface LoopAnalysis {
  readonly groups: readonly LoopGroup[];
  /** Loops that only a list of sources keeps apart: refuted, each by its layers. Looked for when they are read. */
  readonly near: readonly Loop[];
  readonly flow: FlowGraph;
  readonly space: StateSpace;
  readonly reach: Reach;
  readonly context: WalkContext;
}

const MAX_NEAR_LOOPS = 100;

/** What loops are judged by, before any is looked at. */
export type Ground = Pick<LoopAnalysis, 'flow' | 'space' | 'reach' | 'context'>;

export function groundOf(topology: Topology, settings: GraphSettings, oracle: Oracle): Ground {
  const fields = trackedFields(topology, settings);
  const ceiling = depthCeiling(topology, settings);
  const period = depthPeriod(topology, settings);
  const questions = new Questions(topology, settings, oracle, fields, ceiling, period);
  const judge = new Judge(topology, settings, questions, fields, ceiling, period);
  const context: WalkContext = { topology, settings, judge };
  const flow = flowGraph(topology, candidatesOn(topology, bySourceAndType()));
  const space = new StateSpace(flow.outgoing, context);
  return { flow, space, reach: new Reach(flow, space, context), context };
}

/**
 * Every loop of a topology with its verdict. The oracle decides schema ∩ pattern; everything else is decided here.
 */
export function analyzeLoops(topology: Topology, settings: GraphSettings, oracle: Oracle): LoopAnalysis {
  const { flow, space, reach, context } = groundOf(topology, settings, oracle);
  const groups = cyclicParts(flow.nodes.keys(), flow.outgoing).map((part) =>
    groupOf(part, space, reach, context),
  );
  let near: Loop[] | undefined;
  return {
    groups,
    get near() {
      near ??= nearLoops(groups, reach, context);
      return near;
    },
    flow,
    space,
    reach,
    context,
  };
}

function nearLoops(groups: readonly LoopGroup[], starts: Starts, context: WalkContext): Loop[] {
  const known = new Set(groups.flatMap(({ loops }) => loops.map(({ id }) => id)));
  const { nodes, outgoing } = flowGraph(context.topology, candidatesOn(context.topology, bySourceFamily()));
  return cyclicParts(nodes.keys(), outgoing).flatMap((part) => {
    const { cycles } = listedCycles(part.nodes, part.hops, MAX_NEAR_LOOPS);
    const loops = unique(cycles.map((cycle) => loopOf(hopsOf(cycle), starts, context, undefined)));
    return loops.filter(({ id }) => !known.has(id));
  });
}
