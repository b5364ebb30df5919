import { createHash } from 'node:crypto';
import type { JsonValue } from '../json/value.ts';
import type { Component } from '../model/component.ts';
import { printEventType } from '../model/event-type.ts';
import { type EvidenceKind, evidenceKinds } from '../model/evidence.ts';
import type { Topology } from '../model/topology.ts';
import { bySourceAndType, bySourceFamily, candidatesOn } from './candidates.ts';
import { choicesAt } from './choices.ts';
import { cyclicComponents } from './components.ts';
import { type Cycles, elementaryCycles, shortCycles } from './cycles.ts';
import { type Growth, growthOf } from './growth.ts';
import { type FlowGraph, flowGraph, nodeKey } from './hops.ts';
import { Judge } from './judge.ts';
import type { Hop, LayerEffect, Loop } from './loop.ts';
import { depthsNamed } from './named-by-schemas.ts';
import type { Oracle } from './oracle.ts';
import type { WalkContext } from './passage.ts';
import { type Arrivals, arrivals } from './reach.ts';
import { depthPath, type GraphSettings } from './settings.ts';
import { StateSpace } from './state-graph.ts';
import { trackedFields } from './tracked.ts';
import { judgeLoop } from './walk.ts';

/** Loops that share event types: they feed each other, and grow together. */
export interface LoopGroup {
  readonly loops: readonly Loop[];
  /** More elementary loops than are listed. */
  readonly truncated: boolean;
  readonly growth?: Growth;
}

export interface LoopAnalysis {
  readonly groups: readonly LoopGroup[];
  /** Loops that only a list of sources keeps apart: refuted, each by its layers. */
  readonly near: readonly Loop[];
  readonly flow: FlowGraph;
  readonly space: StateSpace;
  readonly context: WalkContext;
}

/** How high a depth anybody asks for may be before depths are no longer told apart. */
const MAX_CEILING = 10_000;
const MAX_NEAR_LOOPS = 100;
/** Of too many loops those are listed that have at most this many hops. */
const READABLE_HOPS = 6;

/**
 * Every loop of a topology with its verdict. The oracle decides schema ∩ pattern; everything else is decided here.
 */
export function analyzeLoops(topology: Topology, settings: GraphSettings, oracle: Oracle): LoopAnalysis {
  const fields = trackedFields(topology, settings);
  const judge = new Judge(topology, settings, oracle, fields, depthCeiling(topology, settings));
  const context: WalkContext = { topology, settings, judge };
  const flow = flowGraph(topology, candidatesOn(topology, bySourceAndType()));
  const space = new StateSpace(flow.hops, context);
  const starts = arrivals(flow, space, context);
  const groups = groupsOf(flow, space, starts, context);
  const known = new Set(groups.flatMap(({ loops }) => loops.map(({ id }) => id)));
  const near = nearLoops(topology, starts, context).filter(({ id }) => !known.has(id));
  return { groups, near, flow, space, context };
}

function groupsOf(flow: FlowGraph, space: StateSpace, starts: Arrivals, context: WalkContext): LoopGroup[] {
  return connectedHops(flow).map(({ nodes, hops }) => {
    const { cycles, truncated } = listedCycles(nodes, keyed(hops), context.settings.maxLoops);
    const growth = growthOf(hops, starts, space);
    const loops = cycles.map((cycle) =>
      loopOf(
        cycle.map(({ hop }) => hop),
        starts,
        context,
        growth,
      ),
    );
    // Events may go round on a way that passes one event type twice, or on one beyond the limit.
    const worst = growth?.certain ? ['endless'] : ['endless', 'possible'];
    if (growth && !loops.some(({ verdict }) => worst.includes(verdict.kind))) {
      loops.push(loopOf(growth.round, starts, context, growth));
    }
    return { loops: unique(loops), truncated, ...(growth ? { growth } : {}) };
  });
}

/** All elementary cycles, or, where they are too many, the short ones: those that people can read. */
function listedCycles(nodes: readonly string[], hops: readonly KeyedHop[], limit: number): Cycles<KeyedHop> {
  const all = elementaryCycles(nodes, hops, limit);
  return all.truncated ? { cycles: shortCycles(nodes, hops, READABLE_HOPS, limit), truncated: true } : all;
}

function nearLoops(topology: Topology, starts: Arrivals, context: WalkContext): Loop[] {
  const flow = flowGraph(topology, candidatesOn(topology, bySourceFamily()));
  return connectedHops(flow).flatMap(({ nodes, hops }) => {
    const { cycles } = listedCycles(nodes, keyed(hops), MAX_NEAR_LOOPS);
    return unique(
      cycles.map((cycle) =>
        loopOf(
          cycle.map(({ hop }) => hop),
          starts,
          context,
          undefined,
        ),
      ),
    );
  });
}

interface KeyedHop {
  readonly from: string;
  readonly to: string;
  readonly hop: Hop;
}

function keyed(hops: readonly Hop[]): KeyedHop[] {
  return hops.map((hop) => ({ from: nodeKey(hop.from), to: nodeKey(hop.to), hop }));
}

/** The cyclic components of the graph, each with the hops inside it; in a stable order. */
function connectedHops(flow: FlowGraph): { nodes: string[]; hops: Hop[] }[] {
  const outgoing = new Map<string, KeyedHop[]>();
  for (const hop of keyed(flow.hops)) {
    const list = outgoing.get(hop.from);
    if (list) list.push(hop);
    else outgoing.set(hop.from, [hop]);
  }
  const keys = [...flow.nodes.keys()].sort();
  const components = cyclicComponents(keys, (key) => (outgoing.get(key) ?? []).map(({ to }) => to));
  return components
    .map((component) => {
      const nodes = component.sort();
      const inside = new Set(nodes);
      const hops = nodes.flatMap((key) => outgoing.get(key) ?? []).filter(({ to }) => inside.has(to));
      return { nodes, hops: hops.map(({ hop }) => hop) };
    })
    .sort((a, b) => (a.nodes[0]! < b.nodes[0]! ? -1 : 1));
}

function loopOf(
  cycle: readonly Hop[],
  arrive: Arrivals,
  context: WalkContext,
  growth: Growth | undefined,
): Loop {
  const hops = canonicalRotation(cycle);
  const verdict = judgeLoop(hops, arrive, context);
  let layers: LayerEffect[] | undefined;
  const grows = growth && (verdict.kind === 'endless' || (verdict.kind === 'possible' && !growth.certain));
  return {
    id: createHash('sha256').update(hops.map(hopKey).join('\n')).digest('hex').slice(0, 12),
    hops,
    verdict,
    // Worked out when they are read: nobody asks for those of most loops.
    get layers() {
      layers ??= layerEffects(hops, arrive, context);
      return layers;
    },
    evidence: weakestEvidence(hops),
    breakers: breakersOf(hops, context.topology),
    ...(grows ? { growth: growth.perRound } : {}),
  };
}

/** A loop begins nowhere: begin it at the hop that sorts first, so that the same loop is always written the same. */
function canonicalRotation(hops: readonly Hop[]): Hop[] {
  const keys = hops.map(hopKey);
  let first = 0;
  for (let i = 1; i < hops.length; i++) if (keys[i]! < keys[first]!) first = i;
  return [...hops.slice(first), ...hops.slice(0, first)];
}

/** Names, not files: a renamed template keeps its findings. */
function hopKey({ from, route, delivery }: Hop): string {
  const type = from.type ? printEventType(from.type) : '*';
  return `${type} → ${route.name} → ${delivery.component?.name ?? delivery.bus ?? ''}`;
}

function unique(loops: readonly Loop[]): Loop[] {
  const order = ['endless', 'possible', 'bounded', 'refuted'];
  const byId = new Map<string, Loop>();
  for (const loop of loops) {
    const known = byId.get(loop.id);
    // Parallel hops (two targets that are one function) give one loop: keep the worst verdict.
    if (!known || order.indexOf(loop.verdict.kind) < order.indexOf(known.verdict.kind))
      byId.set(loop.id, loop);
  }
  return [...byId.values()];
}

function layerEffects(hops: readonly Hop[], arrive: Arrivals, context: WalkContext): LayerEffect[] {
  const aspects = [
    ['source', 'source differentiation'],
    ['stage', 'processing stage'],
    ['depth', 'chain depth'],
    ['content', 'content filter'],
  ] as const;
  return aspects.map(([aspect, layer]) => {
    const verdict = judgeLoop(hops, arrive, context, aspect);
    const stops = verdict.kind === 'refuted' || verdict.kind === 'bounded';
    const stop =
      verdict.kind === 'refuted' ? verdict.stop : verdict.kind === 'bounded' ? verdict.bound : undefined;
    return { layer, stops, verdict: verdict.kind, ...(stop ? { reason: stop.reason, hop: stop.hop } : {}) };
  });
}

function weakestEvidence(hops: readonly Hop[]): EvidenceKind {
  const ranks = hops.map(({ emission }) => (emission ? evidenceKinds.indexOf(emission.evidence.kind) : 0));
  return evidenceKinds[Math.max(...ranks)]!;
}

const breakersByTopology = new WeakMap<Topology, readonly Component[]>();

function breakersOf(hops: readonly Hop[], topology: Topology): Component[] {
  const known = breakersByTopology.get(topology) ?? topology.components.filter(({ disables }) => disables);
  breakersByTopology.set(topology, known);
  const rules = new Set(hops.map(({ route }) => route.name));
  return known.filter(({ disables }) => disables?.some((rule) => rules.has(rule)));
}

/** One more than the highest depth any guard, filter, schema or emission speaks of: from there on all depths are alike. */
function depthCeiling(topology: Topology, settings: GraphSettings): number {
  let highest = 0;
  const consider = (depth: JsonValue | undefined): void => {
    if (typeof depth === 'number' && depth <= MAX_CEILING) highest = Math.max(highest, Math.ceil(depth));
  };
  for (const { rejectsAtDepth } of topology.components) consider(rejectsAtDepth?.depth);
  for (const { depth } of topology.emissions) if (depth.kind === 'set') consider(depth.value);
  for (const choice of choicesAt(topology, depthPath(settings))) {
    if (choice.kind === 'number') consider(choice.number.value);
    if (choice.kind === 'numeric') {
      consider(choice.lower?.value);
      consider(choice.upper?.value);
    }
    if (choice.kind === 'anything-but' && choice.of.kind === 'numbers') {
      for (const number of choice.of.values) consider(number.value);
    }
  }
  for (const depth of depthsNamed(topology, settings)) consider(depth);
  return highest + 1;
}
