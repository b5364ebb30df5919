import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amplifications } from '../../src/graph/amplification.ts';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import type { Hop } from '../../src/graph/loop.ts';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import { printEventType } from '../../src/model/event-type.ts';
import { type Topology, topologyOf } from '../../src/model/topology.ts';
import {
  type BusEvent,
  localBus,
  systemSketchArbitrary,
  topologyFromSketch,
} from '../../src/testing/index.ts';

/** Seeds and counts of longer runs can be given from outside. */
const runs = Number(process.env['BUSPROOF_RANDOM_SYSTEMS'] ?? 60);
/** Once round often enough to have met every guard and filter; and as often as an endless loop is to be passed. */
const SOME_ROUNDS = 20;
const MANY_ROUNDS = 1000;
const LIMIT = 3000;

const oracle = schemaOracle(defaultSettings);

type Event = { readonly source: string; readonly 'detail-type': string; readonly detail: JsonObject };

/** Every event that may come from outside: any type, any stage, depth 0. */
function entriesOf(topology: Topology): Event[] {
  return topology.contracts.flatMap(({ type }) =>
    ['raw', 'processed'].map((processing_stage) => ({
      source: type.source,
      'detail-type': type.detailType,
      detail: { processing_stage, _chain_depth: 0 },
    })),
  );
}

/** A system with nothing in it but one hop: its rule, its target, what the target publishes. */
function only(topology: Topology, { route, delivery, emission }: Hop): Topology {
  return topologyOf({
    ...topology,
    routes: [{ ...route, targets: [delivery.target] }],
    emissions: emission ? [emission] : [],
  });
}

interface Walk {
  /** Hops passed. */
  readonly hops: number;
  readonly endless: boolean;
  /** The hop that it ended at. */
  readonly stop?: number;
}

/** Follows a loop on the local bus, hop by hop, from one event: as long as it goes on, or so many times round. */
async function walk(topology: Topology, hops: readonly Hop[], start: Event, rounds: number): Promise<Walk> {
  const buses = hops.map((hop) => localBus(only(topology, hop)));
  let event = start;
  for (let passed = 0; passed < rounds * hops.length; passed++) {
    const at = passed % hops.length;
    const hop = hops[at]!;
    const seen = buses[at]!.events().length;
    buses[at]!.publish({ ...event, bus: hop.from.bus });
    // One hop, and not what follows: the event itself, and what comes of it.
    await buses[at]!.advance(0, { limit: 1, atLimit: 'stop' });
    const led = buses[at]!.events()
      .slice(seen + 1)
      .find(({ type }) => type === printEventType(hop.to.type!));
    if (!led) return { hops: passed, endless: false };
    event = eventOf(led);
    // What is left over of the hop is no part of the walk.
    buses[at] = localBus(only(topology, hop));
  }
  return { hops: rounds * hops.length, endless: true };
}

function eventOf({ event }: BusEvent): Event {
  return event as unknown as Event;
}

/** Everything that comes about, from whatever comes from outside, as far as depths are told apart. */
async function reachable(topology: Topology): Promise<Event[]> {
  const found = new Map<string, Event>();
  const open = entriesOf(topology);
  for (let next = open.pop(); next; next = open.pop()) {
    const key = JSON.stringify([next.source, next['detail-type'], next.detail]);
    if (found.has(key) || Number(next.detail['_chain_depth']) > 12) continue;
    found.set(key, next);
    const bus = localBus(topology);
    bus.publish({ ...next, bus: 'bus' });
    await bus.settle({ limit: 100, atLimit: 'stop' });
    for (const led of bus.events().slice(1)) open.push(eventOf(led));
  }
  return [...found.values()];
}

describe('the proofs and the local bus are two ways to the same answer', () => {
  test('on every loop of random systems', async () => {
    const seen = { endless: 0, bounded: 0, refuted: 0, possible: 0 };
    await fc.assert(
      fc.asyncProperty(systemSketchArbitrary(), async (sketch) => {
        const topology = topologyFromSketch(sketch);
        const { groups } = analyzeLoops(topology, defaultSettings, oracle);
        const loops = groups.flatMap((group) => group.loops);
        if (loops.length === 0) return;
        const events = await reachable(topology);
        for (const loop of loops) {
          const { verdict, hops } = loop;
          seen[verdict.kind]++;
          const walks: Walk[] = [];
          // A loop begins nowhere: each of its event types may be the first.
          for (const [i, { from }] of hops.entries()) {
            const type = printEventType(from.type!);
            const starts = events.filter((event) => `${event.source}@${event['detail-type']}` === type);
            const rotated = [...hops.slice(i), ...hops.slice(0, i)];
            for (const start of starts) {
              const each = await walk(topology, rotated, start, SOME_ROUNDS);
              walks.push({ ...each, stop: (i + each.hops) % hops.length });
            }
          }
          expect(walks.some(({ endless }) => endless)).toBe(verdict.kind === 'endless');
          if (verdict.kind === 'endless') {
            const witness = verdict.events()[0] as JsonValue as unknown as Event;
            const expected = { hops: MANY_ROUNDS * hops.length, endless: true };
            expect(await walk(topology, hops, witness, MANY_ROUNDS)).toEqual(expected);
          }
          // No run takes the hop that is said to stop it: there is one that ends there.
          if (verdict.kind === 'refuted') expect(walks.map(({ stop }) => stop)).toContain(verdict.stop.hop);
          // No run exceeds the bound, and some run reaches it.
          if (verdict.kind === 'bounded') {
            expect(Math.max(...walks.map((each) => each.hops))).toBe(verdict.bound.events);
          }
        }
      }),
      { numRuns: runs },
    );
    expect(seen.possible).toBe(0);
    expect(Math.min(seen.endless, seen.bounded, seen.refuted)).toBeGreaterThan(0);
  });

  test('on how many events one event leads to', async () => {
    let [finite, infinite] = [0, 0];
    await fc.assert(
      fc.asyncProperty(systemSketchArbitrary({ maxCount: 2 }), async (sketch) => {
        const topology = topologyFromSketch(sketch);
        for (const { node, events } of amplifications(analyzeLoops(topology, defaultSettings, oracle))) {
          const counts: number[] = [];
          const type = printEventType(node.type!);
          for (const entry of entriesOf(topology).filter(
            (each) => `${each.source}@${each['detail-type']}` === type,
          )) {
            const bus = localBus(topology);
            bus.publish({ ...entry, bus: node.bus });
            const { endless } = await bus.settle({ limit: LIMIT, atLimit: 'stop' });
            counts.push(endless ? Number.POSITIVE_INFINITY : bus.events().length);
          }
          const most = Math.max(...counts);
          if (events > LIMIT) {
            infinite++;
            expect(most).toBe(Number.POSITIVE_INFINITY);
          } else {
            finite++;
            expect(most).toBe(events);
          }
        }
      }),
      { numRuns: runs * 2 },
    );
    expect(Math.min(finite, infinite)).toBeGreaterThan(10);
  });
});
