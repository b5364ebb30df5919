import { analyzeLoops, type LoopAnalysis } from '../../src/graph/analyze.ts';
import { deliveriesOf } from '../../src/graph/deliveries.ts';
import type { Hop } from '../../src/graph/loop.ts';
import { oneMoreEventType } from '../../src/graph/one-more.ts';
import { type Opening, opened, openingsOf } from '../../src/graph/openings.ts';
import type { Oracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import type { Emission } from '../../src/model/emission.ts';
import { printEventType } from '../../src/model/event-type.ts';
import { type Topology, topologyOf } from '../../src/model/topology.ts';
import { pathsOf, restrictPattern } from '../../src/pattern/restrict.ts';
import { DEEPEST, entriesOf, wayOf } from './agreement.ts';
import { type ConcreteEvent, Interpreter, keyOf, typeOf } from './interpreter.ts';
import { type SystemSketch, systemOf } from './system.ts';

/** How often each kind of edit opened a loop, and what was met besides, so that a test can tell that it met all. */
export interface OpeningsSeen {
  readonly named: Record<string, number>;
  readonly opening: Record<string, number>;
  /** Edits that open a loop which passes what they change, each event type once, and are not named. */
  readonly missed: string[];
}

/**
 * Holds the edits named as opening a loop against the interpreter, which goes through the edited system. Returns those
 * that do not, in words. What opens a loop and is not named is noted.
 */
export function openingDisagreements(system: SystemSketch, oracle: Oracle, seen: OpeningsSeen): string[] {
  const topology = systemOf(system);
  const analysis = analyzeLoops(topology, defaultSettings, oracle);
  const loops = [...analysis.groups.flatMap((group) => group.loops), ...analysis.near];
  const found: string[] = [];
  const named = new Set<string>();
  for (const loop of loops.filter(
    ({ verdict }) => verdict.kind === 'refuted' || verdict.kind === 'bounded',
  )) {
    for (const opening of openingsOf(loop, analysis, oracle)) {
      seen.named[opening.kind] = (seen.named[opening.kind] ?? 0) + 1;
      named.add(wordsOf(opening));
      if (!goesRound(loop.hops, opened(topology, opening)))
        found.push(`${wordsOf(opening)} does not open ${loop.id}`);
    }
  }
  const closed = !hasRounds(topology);
  found.push(...aboutOneMore(analysis, closed));
  if (!closed) return found;
  for (const opening of everyEdit(topology)) {
    if (!hasRounds(opened(topology, opening))) continue;
    const words = wordsOf(opening);
    seen.opening[opening.kind] = (seen.opening[opening.kind] ?? 0) + 1;
    if (!named.has(words) && opensItsOwnLoop(opening, opened(topology, opening))) seen.missed.push(words);
  }
  return found;
}

function wordsOf({ kind, route, component, emission, path, value }: Opening): string {
  const place = emission
    ? `${emission.before.component} ${printEventType(emission.before.event!)} ${emission.before.bus}`
    : (route?.id ?? component!.id);
  return `${kind} ${place} ${path ?? ''} ${JSON.stringify(value) ?? ''}`.trim();
}

/** Whether some event that comes about goes these hops for ever; events of their types come from outside as well. */
function goesRound(hops: readonly Hop[], topology: Topology): boolean {
  const interpreter = new Interpreter(topology, DEEPEST);
  const entries = entriesOf(topology, interpreter);
  const { bus, type } = hops[0]!.from;
  const more = entries
    .filter((event) => event.bus === bus)
    .map((event) => ({ ...event, source: type!.source, 'detail-type': type!.detailType }))
    .filter((event) => interpreter.valid(event));
  const all = interpreter.allThatFollows([...entries, ...more]);
  const way = wayOf(hops);
  return way.some((_, first) => {
    const turned = [...way.slice(first), ...way.slice(0, first)];
    const { from } = hops[first]!;
    return all.some(
      (event) =>
        event.bus === from.bus &&
        typeOf(event) === printEventType(from.type!) &&
        interpreter.goesRound(event, turned).endless,
    );
  });
}

/** Whether some events go round by what was edited, with no event type twice on the way: others are beyond what is named. */
function opensItsOwnLoop({ route, component, emission }: Opening, topology: Topology): boolean {
  const interpreter = new Interpreter(topology, DEEPEST);
  const all = interpreter.allThatFollows(entriesOf(topology, interpreter));
  const publisher = component?.id ?? emission?.before.component;
  return all.some((event) =>
    interpreter.deliver(event).some((step) => {
      if (step.count === 0 || (route ? step.rule !== route.name : step.to !== publisher)) return false;
      const way = wayBetween(step.event, event, interpreter);
      const types = way?.map((each) => `${each.bus} ${typeOf(each)}`);
      return types !== undefined && new Set(types).size === types.length;
    }),
  );
}

/** A shortest way from one event to another, both included. */
function wayBetween(
  from: ConcreteEvent,
  to: ConcreteEvent,
  interpreter: Interpreter,
): ConcreteEvent[] | undefined {
  const cameBy = new Map<string, readonly ConcreteEvent[]>([[keyOf(from), [from]]]);
  const open = [from];
  for (const event of open) {
    const way = cameBy.get(keyOf(event))!;
    if (keyOf(event) === keyOf(to)) return [...way];
    for (const step of interpreter.deliver(event)) {
      const key = keyOf(step.event);
      if (step.count === 0 || cameBy.has(key)) continue;
      cameBy.set(key, [...way, step.event]);
      open.push(step.event);
    }
  }
  return undefined;
}

function hasRounds(topology: Topology): boolean {
  const interpreter = new Interpreter(topology, DEEPEST);
  return interpreter
    .counts(entriesOf(topology, interpreter))
    .some(({ events }) => events === Number.POSITIVE_INFINITY);
}

/** Every edit of the kinds that are named, whatever it may do. */
function everyEdit(topology: Topology): Opening[] {
  const layer = 'content filter';
  const edits: Opening[] = [];
  for (const route of topology.routes) {
    if (route.state === 'disabled')
      edits.push({ kind: 'enable', layer, route: { ...route, state: 'enabled' } });
    const { filter } = route;
    if (filter.kind !== 'pattern') continue;
    for (const path of pathsOf(filter.pattern)) {
      const pattern = restrictPattern(filter.pattern, (each) => each !== path);
      edits.push({ kind: 'drop', layer, route: { ...route, filter: { ...filter, pattern } }, path });
    }
  }
  for (const { rejectsAtDepth, ...component } of topology.components)
    if (rejectsAtDepth) edits.push({ kind: 'unguard', layer, component });
  for (const before of topology.emissions)
    for (const value of ['raw', 'processed']) {
      if (before.stage.kind === 'set' && before.stage.value === value) continue;
      const emission = { before, after: { ...before, stage: { kind: 'set', value } as const } };
      edits.push({ kind: 'publish', layer, emission, path: 'detail.processing_stage', value });
    }
  return edits;
}

/** One more event type makes the components go round that are named for it, and where nothing does yet, no others. */
function aboutOneMore(analysis: LoopAnalysis, closed: boolean): string[] {
  const { topology } = analysis.context;
  const named = oneMoreEventType(analysis);
  const found = named.flatMap(({ component, hop }) =>
    goesRound([hop], withEmission(topology, hop.emission!))
      ? []
      : [`one more event type does not make ${component.name} go round`],
  );
  if (!closed) return found;
  const names = new Set(named.map(({ component }) => component.id));
  for (const route of topology.routes) {
    for (const delivery of deliveriesOf(route, topology)) {
      const { component } = delivery;
      if (!component || names.has(component.id) || route.from.kind !== 'bus') continue;
      for (const emission of topology.emissionsOf.get(component.id) ?? []) {
        if (emission.bus !== route.from.bus) continue;
        const type = { source: emission.event!.source, detailType: 'never-seen' };
        const node = { bus: route.from.bus, type };
        const more = { ...emission, event: type };
        const hop: Hop = { from: node, to: node, route, delivery, emission: more };
        if (goesRound([hop], withEmission(topology, more)))
          found.push(`one more event type makes ${component.name} go round, and is not named`);
      }
    }
  }
  return found;
}

function withEmission(topology: Topology, emission: Emission): Topology {
  return topologyOf({ ...topology, emissions: [...topology.emissions, emission] });
}
