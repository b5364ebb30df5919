import { createHash } from 'node:crypto';
import type { Component } from '../model/component.ts';
import { printEventType } from '../model/event-type.ts';
import { type EvidenceKind, evidenceKinds } from '../model/evidence.ts';
import type { Topology } from '../model/topology.ts';
import type { Growth } from './growth.ts';
import type { Hop, LayerEffect, Loop } from './loop.ts';
import type { WalkContext } from './passage.ts';
import type { Starts } from './reach.ts';
import { judgeLoop } from './walk.ts';

/** A candidate with its verdict. `growth`: of the whole that it is part of. */
export function loopOf(
  cycle: readonly Hop[],
  starts: Starts,
  context: WalkContext,
  growth: Growth | undefined,
): Loop {
  const hops = canonicalRotation(cycle);
  const verdict = judgeLoop(hops, starts.arrivals, context);
  let layers: LayerEffect[] | undefined;
  const grows = growth && (verdict.kind === 'endless' || (verdict.kind === 'possible' && !growth.certain));
  return {
    id: createHash('sha256').update(hops.map(hopKey).join('\n')).digest('hex').slice(0, 12),
    hops,
    verdict,
    // Worked out when they are read: nobody asks for those of most loops.
    get layers() {
      layers ??= layerEffects(hops, starts, context);
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
export function hopKey({ from, route, delivery }: Hop): string {
  const type = from.type ? printEventType(from.type) : '*';
  return `${type} → ${route.name} → ${delivery.component?.name ?? delivery.bus ?? ''}`;
}

function layerEffects(hops: readonly Hop[], starts: Starts, context: WalkContext): LayerEffect[] {
  const aspects = [
    ['source', 'source differentiation'],
    ['stage', 'processing stage'],
    ['depth', 'chain depth'],
    ['content', 'content filter'],
  ] as const;
  return aspects.map(([aspect, layer]) => {
    const verdict = judgeLoop(hops, starts.alone(aspect), context, aspect);
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
