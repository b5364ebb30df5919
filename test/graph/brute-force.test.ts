import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import type { Loop } from '../../src/graph/loop.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import { parseEventType, printEventType } from '../../src/model/event-type.ts';
import type { Topology } from '../../src/model/topology.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import {
  allThatFollows,
  anythingGoesRound,
  type ConcreteEvent,
  deliver,
  goesRound,
} from '../support/interpreter.ts';
import { eventTypes, randomSystem } from '../support/random-systems.ts';
import { systemOf } from '../support/system.ts';

/** Every event the outside may begin with: any type, any stage, depth 0. */
const entries: ConcreteEvent[] = eventTypes.flatMap((id) => {
  const { source, detailType } = parseEventType(id)!;
  return ['raw', 'processed'].map((processing_stage) => ({
    bus: 'bus',
    source,
    'detail-type': detailType,
    detail: { _chain_depth: 0, processing_stage },
  }));
});

function wayOf({ hops }: Loop) {
  return hops.map(({ route, delivery, to }) => ({
    rule: route.name,
    component: delivery.component!.name,
    type: printEventType(to.type!),
  }));
}

const oracle = enumeratingOracle(eventTypes);

/** Seeds and counts of longer runs can be given from outside. */
const runs = Number(process.env['BUSPROOF_RANDOM_SYSTEMS'] ?? 3000);
const seed = process.env['BUSPROOF_SEED'] === undefined ? {} : { seed: Number(process.env['BUSPROOF_SEED']) };

/** The events of an endless loop are a chain: each, delivered by its rule, leads to one like the next. */
function expectChain(
  topology: Topology,
  loop: Loop,
  events: readonly (JsonValue | undefined)[],
  ceiling: number,
): void {
  const way = wayOf(loop);
  const shown = events as readonly (Omit<ConcreteEvent, 'bus'> | undefined)[];
  for (const [i, event] of shown.entries()) {
    if (!event) throw new Error('no event was found for a hop of an endless loop');
    const next = shown[(i + 1) % shown.length]!;
    const { rule, component, type } = way[i]!;
    const led = deliver(topology, { ...event, bus: 'bus' }).find(
      (step) => step.rule === rule && step.component === component && typeOf(step.event) === type,
    );
    expect(led?.event.detail['processing_stage']).toBe(next.detail['processing_stage']);
    // From the ceiling on all depths are one to every guard, and in a loop they go on growing.
    const depthOf = (detail: JsonObject) => Math.min(Number(detail['_chain_depth']), ceiling);
    expect(depthOf(led!.event.detail)).toBe(depthOf(next.detail));
  }
}

function typeOf(event: ConcreteEvent): string {
  return `${event.source}@${event['detail-type']}`;
}

describe('the analysis and an interpreter of concrete events agree', () => {
  it('on every loop of random systems', () => {
    const seen = { endless: 0, bounded: 0, refuted: 0, possible: 0 };
    fc.assert(
      fc.property(randomSystem, (sketch) => {
        const topology = systemOf(sketch);
        const { groups, context } = analyzeLoops(topology, defaultSettings, oracle);
        const { ceiling } = context.judge;
        const loops = groups.flatMap((group) => group.loops);
        for (const loop of loops) {
          seen[loop.verdict.kind]++;
          const first = loop.hops[0]!.from.type!;
          const walks = allThatFollows(topology, entries)
            .filter((event) => event.source === first.source && event['detail-type'] === first.detailType)
            .map((event) => goesRound(topology, event, wayOf(loop)));
          const endless = walks.some((walk) => walk.endless);
          expect(loop.verdict.kind === 'endless').toBe(endless);
          if (loop.verdict.kind === 'endless') expectChain(topology, loop, loop.verdict.events(), ceiling);
          if (loop.verdict.kind === 'bounded') {
            expect(loop.verdict.bound.events).toBeLessThanOrEqual(
              Math.max(...walks.map((walk) => walk.published)),
            );
          }
        }
        const round = anythingGoesRound(topology, entries);
        expect(groups.some(({ growth }) => growth !== undefined)).toBe(round);
        expect(loops.some(({ verdict }) => verdict.kind === 'endless')).toBe(round);
      }),
      { numRuns: runs, ...seed },
    );
    expect(seen.possible).toBe(0);
    expect(Math.min(seen.endless, seen.bounded, seen.refuted)).toBeGreaterThan(runs / 100);
  });
});
