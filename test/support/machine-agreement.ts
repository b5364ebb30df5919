import { type Amplification, amplifications } from '../../src/graph/amplification.ts';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import type { Hop, Loop } from '../../src/graph/loop.ts';
import type { Oracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import type { JsonValue } from '../../src/json/value.ts';
import type { Component } from '../../src/model/component.ts';
import type { Emission } from '../../src/model/emission.ts';
import { printEventType } from '../../src/model/event-type.ts';
import type { Route } from '../../src/model/route.ts';
import { type Topology, topologyOf } from '../../src/model/topology.ts';
import { DEEPEST, entriesOf, type Seen } from './agreement.ts';
import { type ConcreteEvent, Interpreter, keyOf, typeOf } from './interpreter.ts';
import type { Machine, Outcome } from './machines.ts';
import type { SystemSketch } from './system.ts';

/** How often what may be endless is let round: beyond everything that ends in small systems. */
const ROUNDS = 20;
/** More events than most small systems lead to without going round; what leads to more is not counted to its end. */
const MANY = 300;
/** What is said to go on for ever is let go on for so many events. */
const FOREVER = 50;

/**
 * Holds the analysis of a system, of which everything is known, against machines that run it. Returns what they disagree
 * on, in words. `rounds`: how often the event of an endless loop is to go round.
 */
export async function machineDisagreements(
  topology: Topology,
  oracle: Oracle,
  machines: readonly Machine[],
  seen: Seen,
  rounds: number,
): Promise<string[]> {
  const analysis = analyzeLoops(topology, defaultSettings, oracle);
  const loops = [...analysis.groups.flatMap((group) => group.loops), ...analysis.near];
  const interpreter = new Interpreter(topology, DEEPEST);
  const entries = entriesOf(topology, interpreter);
  const all = loops.length > 0 ? interpreter.allThatFollows(entries) : [];
  const counted = amplifications(analysis);
  for (const { verdict } of loops) seen[verdict.kind]++;
  const found: string[] = [];
  for (const machine of machines) {
    const problems: string[] = [];
    for (const loop of loops) problems.push(...(await aboutLoop(loop, topology, all, machine, rounds)));
    const run = machine.start(topology);
    // The machines count what is forwarded as well: each event may be, by three rules.
    const forwards = topology.routes.some(({ targets }) => targets.some(({ to }) => to.kind === 'bus'));
    for (const told of counted) {
      const id = printEventType(told.node.type!);
      const own = entries.filter((event) => event.bus === told.node.bus && typeOf(event) === id);
      problems.push(...(await aboutAmplification(told, own, run, interpreter, forwards ? 4 : 1)));
    }
    found.push(...problems.map((each) => `${machine.name}: ${each}`));
  }
  return found;
}

/** The same system with every publication certain: the machines count what happens. */
export function certain({ functions, ...rest }: SystemSketch): SystemSketch {
  const sure = Object.entries(functions).map(([name, { publishes = [], ...more }]) => [
    name,
    {
      ...more,
      publishes: publishes.map((each) => (typeof each === 'string' ? each : { ...each, probability: 1 })),
    },
  ]);
  return { ...rest, functions: Object.fromEntries(sure) };
}

type Run = ReturnType<Machine['start']>;

async function aboutLoop(
  { id, verdict, hops }: Loop,
  topology: Topology,
  all: readonly ConcreteEvent[],
  machine: Machine,
  rounds: number,
): Promise<string[]> {
  const once = machine.start(alone(topology, hops, 1));
  switch (verdict.kind) {
    case 'possible':
      return [`${id} is possible, though everything is known`];
    case 'endless': {
      const event = verdict.events()[0] as JsonValue as unknown as ConcreteEvent;
      const outcome = await once({ ...event, bus: busOf(0) }, rounds * hops.length);
      return outcome.endless ? [] : [`${id} is endless, but ends after ${hopsIn(outcome)} hops`];
    }
    case 'refuted': {
      const walks = await walksOf(hops, all, once, ROUNDS * hops.length);
      if (walks.some(({ endless }) => endless)) return [`${id} is refuted, but goes round`];
      // Nobody ever takes the hop after having come to it on the longest way.
      const farthest = Math.max(0, ...walks.map(hopsIn));
      const stops = walks
        .filter((walk) => hopsIn(walk) === farthest)
        .map(({ first }) => (first + farthest) % hops.length);
      return farthest === 0 || stops.includes(verdict.stop.hop)
        ? []
        : [`${id} is refuted at hop ${verdict.stop.hop}, not ${stops.join()}`];
    }
    case 'bounded': {
      const run = machine.start(alone(topology, hops));
      const told = verdict.bound.events;
      // The machines count what is forwarded as well: here each event may be, once.
      const walks = await walksOf(hops, all, run, 2 * Math.max(MANY + 1, ROUNDS * hops.length));
      // The event that enters the loop is none of those published in it.
      const most = Math.max(0, ...walks.map(({ published }) => published - 1));
      const endless = walks.some((walk) => walk.endless) && told < MANY;
      if (endless) return [`${id} is bounded at ${told} events, but goes round`];
      return Math.min(most, MANY) === Math.min(told, MANY)
        ? []
        : [`${id} is bounded at ${told} events, not ${most}`];
    }
  }
}

async function aboutAmplification(
  { node, events, deliveries, certain }: Amplification,
  entries: readonly ConcreteEvent[],
  run: Run,
  interpreter: Interpreter,
  arrivals: number,
): Promise<string[]> {
  const id = printEventType(node.type!);
  const enough = events === Number.POSITIVE_INFINITY ? FOREVER : MANY;
  let [mostEvents, mostDeliveries] = [0, 0];
  for (const event of entries) {
    const outcome = await run(event, arrivals * enough + 1);
    mostEvents = Math.max(mostEvents, outcome.published);
    mostDeliveries = Math.max(mostDeliveries, outcome.deliveries);
    const { generations } = outcome;
    const expected = generationsOf(event, generations.length, interpreter);
    if (!generations.every((count, i) => count === expected[i]))
      return [`${id} leads to ${generations.join()} events round by round, not ${expected.join()}`];
    if (mostEvents >= enough) break;
  }
  // What is not certain is an upper bound.
  const agree = (counted: number, told: number) => (certain ? counted === told : counted <= told);
  if (!agree(Math.min(mostEvents, enough), Math.min(events, enough)))
    return [`${id} leads to ${mostEvents} events, not ${events}`];
  return events > enough || agree(mostDeliveries, deliveries)
    ? []
    : [`${id} leads to ${mostDeliveries} deliveries, not ${deliveries}`];
}

/** Events published in consequence of one, round by round: what the growth told is the limit of. */
function generationsOf(start: ConcreteEvent, most: number, interpreter: Interpreter): number[] {
  const counts: number[] = [];
  let generation = new Map([[keyOf(start), { event: start, count: 1 }]]);
  for (let round = 0; round < most; round++) {
    counts.push([...generation.values()].reduce((sum, { count }) => sum + count, 0));
    const next: typeof generation = new Map();
    const follow = (event: ConcreteEvent, count: number): void => {
      for (const step of interpreter.deliver(event)) {
        if (!step.published) {
          follow(step.event, count);
          continue;
        }
        const key = keyOf(step.event);
        const before = next.get(key)?.count ?? 0;
        if (step.count > 0) next.set(key, { event: step.event, count: before + count * step.count });
      }
    };
    for (const { event, count } of generation.values()) follow(event, count);
    generation = next;
  }
  return counts;
}

interface Walk extends Outcome {
  readonly first: number;
}

/** Every event that may come about, let into a loop at each of its hops. */
async function walksOf(
  hops: readonly Hop[],
  all: readonly ConcreteEvent[],
  run: Run,
  limit: number,
): Promise<Walk[]> {
  const walks: Walk[] = [];
  for (const [first, { from, delivery }] of hops.entries()) {
    const done = new Set<string>();
    for (const event of all) {
      if (event.bus !== from.bus || typeOf(event) !== printEventType(from.type!)) continue;
      // An event that a rule forwarded differs from others only in that it is not forwarded again.
      if (event.forwarded && delivery.bus !== undefined) continue;
      const start = { ...event, bus: busOf(first), forwarded: false };
      const key = keyOf(start);
      if (done.has(key)) continue;
      done.add(key);
      walks.push({ first, ...(await run(start, limit)) });
    }
  }
  return walks;
}

function hopsIn({ published, forwarded }: Outcome): number {
  return published - 1 + forwarded;
}

function busOf(hop: number): string {
  return `hop-${hop}`;
}

/**
 * A system of nothing but a loop: each hop on a bus of its own, so that no event takes another way. Each publishes as
 * many events as it does, or so many at most.
 */
function alone({ contracts }: Topology, hops: readonly Hop[], most = Number.POSITIVE_INFINITY): Topology {
  const routes: Route[] = [];
  const components: Component[] = [];
  const emissions: Emission[] = [];
  for (const [i, { route, delivery, emission }] of hops.entries()) {
    const id = busOf(i);
    const next = busOf((i + 1) % hops.length);
    const to = emission ? { kind: 'component' as const, component: id } : { kind: 'bus' as const, bus: next };
    const from = { kind: 'bus' as const, bus: id };
    routes.push({ ...route, id, name: id, from, targets: [{ ...delivery.target, to }] });
    if (!emission) continue;
    components.push({ ...delivery.component!, id, name: id });
    emissions.push({ ...emission, component: id, bus: next, count: Math.min(most, emission.count) });
  }
  const buses = hops.map((_, i) => ({ id: busOf(i), kind: 'custom' as const, declared: true }));
  return topologyOf({ buses, routes, components, contracts, emissions });
}
