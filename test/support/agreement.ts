import { type Amplification, amplifications } from '../../src/graph/amplification.ts';
import { analyzeLoops, type LoopAnalysis } from '../../src/graph/analyze.ts';
import { choicesAt } from '../../src/graph/choices.ts';
import type { Hop, Loop } from '../../src/graph/loop.ts';
import type { Oracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import { parseEventType, printEventType } from '../../src/model/event-type.ts';
import type { Topology } from '../../src/model/topology.ts';
import { type ConcreteEvent, Interpreter, keyOf, typeOf, type WayStep } from './interpreter.ts';
import { layerDisagreements } from './layer-agreement.ts';
import { eventTypes } from './random-systems.ts';
import { type SystemSketch, systemOf } from './system.ts';

/** Above every depth that a random system speaks of. */
export const DEEPEST = 7;

/** How often each verdict was met, so that a test can tell that it met all. */
export type Seen = Record<Loop['verdict']['kind'] | 'rounds', number>;

/**
 * Holds the analysis of one system against the interpreter. Returns what they disagree on, in words; nothing if they
 * agree. `replay`: for how many rounds the events of endless loops are followed as they are. `layers`: whether each
 * layer is looked at alone.
 */
export function disagreements(
  system: SystemSketch,
  oracle: Oracle,
  seen: Seen,
  { replay = 0, layers = false } = {},
): string[] {
  const topology = systemOf(system);
  const analysis = analyzeLoops(topology, defaultSettings, oracle);
  const interpreter = new Interpreter(topology, DEEPEST);
  const entries = entriesOf(topology, interpreter);
  const all = interpreter.allThatFollows(entries);
  const found: string[] = [];
  const loops = analysis.groups.flatMap((group) => group.loops);
  for (const loop of [...loops, ...analysis.near]) {
    seen[loop.verdict.kind]++;
    found.push(...aboutLoop(loop, topology, all, interpreter, analysis, replay));
  }
  const rounds = cyclesOf(interpreter, all);
  if (rounds.length > 0) seen.rounds++;
  if (analysis.groups.some(({ growth }) => growth !== undefined) !== rounds.length > 0)
    found.push(`growth is told, but ${rounds.length} closed sets of events go round`);
  if (loops.some(({ verdict }) => verdict.kind === 'endless') !== rounds.length > 0)
    found.push(`endless loops are told, but ${rounds.length} closed sets of events go round`);
  found.push(...aboutGrowth(analysis, interpreter, rounds));
  if (layers) found.push(...layerDisagreements(topology, [...loops, ...analysis.near], interpreter, DEEPEST));
  const counted = amplifications(analysis);
  for (const amplification of counted) found.push(...aboutAmplification(amplification, entries, interpreter));
  return found;
}

/** What is left unsaid makes a loop possible at worst: never refuted or bounded when some case of it is endless. */
export function blankDisagreements(system: SystemSketch, blanked: SystemSketch, oracle: Oracle): string[] {
  const said = loopsOf(system, oracle);
  return [...loopsOf(blanked, oracle)].flatMap(([id, loop]) => {
    const before = said.get(id)?.verdict.kind;
    const { kind } = loop.verdict;
    // A loop that passes an event type twice is listed only where no shorter one is: then its event is followed.
    if (before === undefined && kind === 'endless' && goesRoundIn(system, loop)) return [];
    if (kind === 'endless' && before !== 'endless')
      return [`${id} is endless only if the blanks are filled otherwise`];
    return before === 'endless' && kind !== 'endless' && kind !== 'possible'
      ? [`${id} is ${kind}, but endless with the blanks filled`]
      : [];
  });
}

function goesRoundIn(system: SystemSketch, { verdict, hops }: Loop): boolean {
  const [first] = verdict.kind === 'endless' ? verdict.events() : [];
  if (first === undefined) return false;
  const event = { ...(first as unknown as ConcreteEvent), bus: hops[0]!.from.bus };
  return new Interpreter(systemOf(system), DEEPEST).goesRound(event, wayOf(hops)).endless;
}

function loopsOf(system: SystemSketch, oracle: Oracle): Map<string, Loop> {
  const { groups, near } = analyzeLoops(systemOf(system), defaultSettings, oracle);
  return new Map([...groups.flatMap((group) => group.loops), ...near].map((loop) => [loop.id, loop]));
}

/** Every event the outside may begin with: any type on any bus, any stage and kind, depth 0 or none. */
export function entriesOf(topology: Topology, interpreter: Interpreter): ConcreteEvent[] {
  const buses = new Set(topology.routesFromBus.keys());
  for (const { bus } of topology.emissions) if (bus !== undefined) buses.add(bus);
  for (const { targets } of topology.routes)
    for (const { to } of targets) if (to.kind === 'bus') buses.add(to.bus);
  const told =
    topology.emissions.some(({ fields }) => fields) || choicesAt(topology, 'detail.kind').length > 0;
  const kinds = told ? ['a', 'b', 'c', undefined] : [undefined];
  const recorded =
    topology.emissions.some(({ fields }) =>
      Object.keys(fields ?? {}).some((path) => path.startsWith('record')),
    ) || choicesAt(topology, 'detail.record.kind').length > 0;
  const records = recorded ? ['a', 'b', 'c', undefined] : [undefined];
  const events: ConcreteEvent[] = [];
  for (const bus of buses)
    for (const id of eventTypes)
      for (const stage of ['raw', 'processed', 'odd', undefined])
        for (const kind of kinds)
          for (const record of records)
            for (const depth of [0, undefined]) {
              const { source, detailType } = parseEventType(id)!;
              const detail = {
                ...(stage === undefined ? {} : { processing_stage: stage }),
                ...(kind === undefined ? {} : { kind }),
                ...(record === undefined ? {} : { record: { kind: record } }),
                ...(depth === undefined ? {} : { _chain_depth: depth }),
              };
              events.push({ bus, source, 'detail-type': detailType, detail });
            }
  return events.filter((event) => interpreter.valid(event));
}

export function wayOf(hops: readonly Hop[]): WayStep[] {
  return hops.map(({ route, delivery, to }) => ({
    rule: route.name,
    to: delivery.component?.name ?? delivery.bus!,
    type: printEventType(to.type!),
    bus: to.bus,
  }));
}

function aboutLoop(
  loop: Loop,
  topology: Topology,
  all: readonly ConcreteEvent[],
  interpreter: Interpreter,
  { context }: LoopAnalysis,
  replay: number,
): string[] {
  const { verdict, hops } = loop;
  const way = wayOf(hops);
  const walks = hops.flatMap((hop, first) => {
    const turned = [...way.slice(first), ...way.slice(0, first)];
    return all
      .filter((event) => event.bus === hop.from.bus && typeOf(event) === printEventType(hop.from.type!))
      .map((event) => ({ first, ...interpreter.goesRound(event, turned) }));
  });
  const endless = walks.some((walk) => walk.endless);
  if ((verdict.kind === 'endless') !== endless)
    return [`${loop.id} is ${verdict.kind}, not endless: ${endless}`];
  if (verdict.kind === 'possible') return [`${loop.id} is possible, though everything is known`];
  if (verdict.kind === 'endless') {
    return [
      ...aboutChain(verdict.events(), loop, interpreter, context.judge.ceiling),
      ...(replay > 0 ? aboutReplay(verdict.events()[0], loop, topology, replay) : []),
    ];
  }
  const most = Math.max(0, ...walks.map((walk) => walk.published));
  if (verdict.kind === 'bounded') {
    return verdict.bound.events === most
      ? []
      : [`${loop.id} is bounded at ${verdict.bound.events} events, not ${most}`];
  }
  // Nobody ever takes the hop after having come to it on the longest way.
  const farthest = Math.max(0, ...walks.map((walk) => walk.hops));
  const stopped = walks.filter((walk) => walk.hops === farthest);
  if (stopped.length === 0 || farthest === 0) return [];
  const hopsTold = stopped.map(({ first }) => (first + farthest) % way.length);
  return hopsTold.includes(verdict.stop.hop)
    ? []
    : [`${loop.id} is refuted at hop ${verdict.stop.hop}, not ${hopsTold.join()}`];
}

/** The events of an endless loop are a chain: each, delivered by its rule, leads to one like the next. */
function aboutChain(
  events: readonly (JsonValue | undefined)[],
  loop: Loop,
  interpreter: Interpreter,
  ceiling: number,
): string[] {
  const way = wayOf(loop.hops);
  const chain = events as readonly (Omit<ConcreteEvent, 'bus'> | undefined)[];
  return chain.flatMap((event, i) => {
    const next = chain[(i + 1) % chain.length];
    if (!event || !next) return [`${loop.id} has no event for hop ${i}`];
    const { bus } = loop.hops[i]!.from;
    const led = interpreter.follow({ ...event, bus }, way[i]!)?.event;
    if (!led) return [`${loop.id}: the event of hop ${i} is not taken`];
    // From the ceiling on all depths are one to every guard, and in a loop they go on growing.
    const depthOf = ({ detail }: Omit<ConcreteEvent, 'bus'>) =>
      detail['_chain_depth'] === undefined ? -1 : Math.min(Number(detail['_chain_depth']), ceiling);
    const hop = loop.hops[i]!;
    // Where the first event is led to, a depth that is counted has grown.
    const inOrder =
      loop.hops.slice(i + 1).some(({ emission }) => emission) && ceiling + loop.hops.length <= DEEPEST;
    // What is copied into another field may take more than one time round to be where it was.
    const renamed = loop.hops.some(({ emission }) =>
      Object.entries(emission?.fields ?? {}).some(
        ([path, effect]) => effect.kind === 'copy' && (effect.from ?? path) !== path,
      ),
    );
    // An empty record is as good as none.
    const kindsOf = ({ detail }: Omit<ConcreteEvent, 'bus'>) =>
      `${detail['kind']} ${(detail['record'] as JsonObject | undefined)?.['kind']}`;
    const alike =
      led.detail['processing_stage'] === next.detail['processing_stage'] &&
      depthOf(led) === depthOf(next) &&
      (!inOrder || led.detail['_chain_depth'] === next.detail['_chain_depth']) &&
      (!(hop.emission === undefined || hop.emission.fields) ||
        (renamed && !loop.hops.slice(i + 1).some(({ emission }) => emission)) ||
        kindsOf(led) === kindsOf(next));
    return alike ? [] : [`${loop.id}: the event of hop ${i} leads to another than that of the next`];
  });
}

/** The event goes round as it is, its depth growing without a limit. */
function aboutReplay(first: JsonValue | undefined, loop: Loop, topology: Topology, rounds: number): string[] {
  const interpreter = new Interpreter(topology);
  const way = wayOf(loop.hops);
  let event = { ...(first as unknown as ConcreteEvent), bus: loop.hops[0]!.from.bus };
  for (let hop = 0; hop < rounds * way.length; hop++) {
    const next = interpreter.follow(event, way[hop % way.length]!);
    if (!next) return [`${loop.id} ends after ${hop} hops of ${rounds} rounds`];
    event = next.event;
  }
  return [];
}

/** Sets of events that lead to each other, by looking for each event whether it comes back: slow and plain. */
function cyclesOf(interpreter: Interpreter, all: readonly ConcreteEvent[]): ConcreteEvent[][] {
  const reach = new Map<string, Set<string>>();
  const byKey = new Map(all.map((event) => [keyOf(event), event]));
  for (const event of all) {
    const seen = new Set<string>();
    const open = [keyOf(event)];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      for (const step of interpreter.deliver(byKey.get(key)!)) {
        const to = keyOf(step.event);
        if (step.count === 0 || seen.has(to)) continue;
        seen.add(to);
        open.push(to);
      }
    }
    reach.set(keyOf(event), seen);
  }
  const done = new Set<string>();
  return all.flatMap((event) => {
    const key = keyOf(event);
    const own = reach.get(key)!;
    if (done.has(key) || !own.has(key)) return [];
    const together = [...own].filter((other) => reach.get(other)!.has(key));
    for (const each of together) done.add(each);
    return [together.map((each) => byKey.get(each)!)];
  });
}

/** The growth told is that of the fastest closed set of events, counted round by round. */
function aboutGrowth(
  { groups }: LoopAnalysis,
  interpreter: Interpreter,
  rounds: readonly (readonly ConcreteEvent[])[],
): string[] {
  if (rounds.length === 0) return [];
  const told = Math.max(...groups.map(({ growth }) => growth?.perRound ?? 0));
  const counted = Math.max(...rounds.map((events) => growthAmong(events, interpreter)));
  return Math.abs(told - counted) < 1e-4 * counted ? [] : [`growth is ${told}, not ${counted}`];
}

function growthAmong(events: readonly ConcreteEvent[], interpreter: Interpreter): number {
  const index = new Map(events.map((event, i) => [keyOf(event), i]));
  const steps = events.map((event) =>
    interpreter.deliver(event).flatMap((step) => {
      const to = index.get(keyOf(step.event));
      return to === undefined ? [] : [[to, step.count * step.probability] as const];
    }),
  );
  // Every event also stays: then periodic rounds settle as well, and the growth is one more.
  let amounts = events.map(() => 1);
  let logarithm = 0;
  let before = 0;
  for (let round = 1; round <= 4096; round++) {
    const next = [...amounts];
    for (const [i, amount] of amounts.entries())
      for (const [to, weight] of steps[i]!) next[to]! += amount * weight;
    const total = next.reduce((sum, each) => sum + each, 0);
    const old = amounts.reduce((sum, each) => sum + each, 0);
    logarithm = total / old;
    amounts = next.map((each) => each / total);
    if (round > 16 && Math.abs(logarithm - before) < 1e-10) break;
    before = logarithm;
  }
  return logarithm - 1;
}

function aboutAmplification(
  { node, events, expectedEvents, deliveries, certain }: Amplification,
  entries: readonly ConcreteEvent[],
  interpreter: Interpreter,
): string[] {
  const id = printEventType(node.type!);
  const own = entries.filter((event) => event.bus === node.bus && typeOf(event) === id);
  const counts = interpreter.counts(own);
  const most = Math.max(0, ...counts.map((count) => count.events));
  if (!certain) return most <= events ? [] : [`${id} leads to ${most} events, more than ${events}`];
  if (most !== events) return [`${id} leads to ${most} events, not ${events}`];
  const delivered = Math.max(0, ...counts.map((count) => count.deliveries));
  const expected = Math.max(0, ...counts.map((count) => count.expected));
  const alike =
    delivered === deliveries &&
    (events === Number.POSITIVE_INFINITY || Math.abs(expected - expectedEvents) < 1e-9 * events);
  return alike
    ? []
    : [`${id}: ${events} events, but not with ${deliveries} deliveries, ${expectedEvents} expected`];
}
