import { valueOf } from '../json/node.ts';
import { isObject, type JsonObject, type JsonValue, own } from '../json/value.ts';
import { type EventType, printEventType } from '../model/event-type.ts';
import type { Route } from '../model/route.ts';
import { type Topology, topologyOf } from '../model/topology.ts';
import { parsePatternValue } from '../pattern/parse.ts';
import { analyzeLoops, type LoopAnalysis } from './analyze.ts';
import type { Loop } from './loop.ts';
import type { Oracle } from './oracle.ts';
import { anything, EventState } from './state.ts';

/** An edit that was tried on a copy of the topology and stops the loop. */
export interface Mend {
  readonly kind: 'sources' | 'not-sources' | 'stage' | 'depth';
  readonly route?: Route;
  readonly component?: string;
  /** The pattern that replaces the rule's, for edits of a rule. */
  readonly pattern?: JsonObject;
  /** The sources listed, for `sources`, or left out, for `not-sources`; the stage asked for, for `stage`; the depth, for `depth`. */
  readonly value: JsonValue;
  readonly verdict: 'refuted' | 'bounded';
  /** Event types the rule takes no more, beyond those that went round. */
  readonly lost: readonly string[];
}

/** The depth the runbook rejects at. */
const GUARD_DEPTH = 3;

/**
 * Edits that stop an endless loop, each tried: the whole analysis runs again on the edited topology, and only edits
 * under which this loop is refuted or bounded are returned. At most one of each kind per rule.
 */
export function mendLoop(loop: Loop, analysis: LoopAnalysis, oracle: Oracle): Mend[] {
  const attempts = [...editsOfRules(loop, analysis), ...editsOfComponents(loop)];
  return attempts.flatMap((attempt) => {
    const edited = analysisWith(attempt, analysis, oracle);
    const again = [...edited.groups.flatMap(({ loops }) => loops), ...edited.near].find(
      ({ id }) => id === loop.id,
    );
    const verdict = again?.verdict.kind ?? 'refuted';
    if (verdict !== 'refuted' && verdict !== 'bounded') return [];
    return [
      { ...attempt, verdict, lost: attempt.route ? lostTypes(attempt.route, loop, analysis, edited) : [] },
    ];
  });
}

const tried = new WeakMap<LoopAnalysis, Map<string, LoopAnalysis>>();

/** The analysis of the edited topology; loops that share a rule share the attempt. */
function analysisWith(attempt: Attempt, analysis: LoopAnalysis, oracle: Oracle): LoopAnalysis {
  const byEdit = tried.get(analysis) ?? new Map<string, LoopAnalysis>();
  tried.set(analysis, byEdit);
  const key = JSON.stringify([attempt.kind, attempt.route?.id ?? attempt.component, attempt.value]);
  const { topology, settings } = analysis.context;
  const edited = byEdit.get(key) ?? analyzeLoops(applyEdit(topology, attempt), settings, oracle);
  byEdit.set(key, edited);
  return edited;
}

type Attempt = Omit<Mend, 'verdict' | 'lost'>;

function editsOfRules(loop: Loop, { context, flow }: LoopAnalysis): Attempt[] {
  const attempts: Attempt[] = [];
  const routes = [...new Set(loop.hops.map(({ route }) => route))];
  const looping = new Set(loop.hops.map(({ from }) => from.type?.source));
  for (const route of routes) {
    if (route.filter.kind !== 'pattern') continue;
    const pattern = valueOf(route.filter.node);
    if (!isObject(pattern)) continue;
    const bus = route.from.kind === 'bus' ? route.from.bus : '';
    const onBus = [...flow.nodes.values()].flatMap((node) =>
      node.bus === bus && node.type ? [node.type.source] : [],
    );
    const known = [...onBus, ...context.topology.contracts.map(({ type }) => type.source)];
    const sources = [...new Set(known)].filter((source) => !looping.has(source)).sort();
    const takes = sources.filter((source) => anyTaken(route, source, context));
    if (takes.length > 0 && !listsSources(pattern)) {
      attempts.push({ kind: 'sources', route, value: takes, pattern: { ...pattern, source: takes } });
    } else if (!listsSources(pattern)) {
      // Nobody else is known to publish here: all that can be said is what must not come back.
      const own = [...looping].filter((source) => source !== undefined).sort();
      const source = [{ 'anything-but': own }];
      attempts.push({ kind: 'not-sources', route, value: own, pattern: { ...pattern, source } });
    }
    const stage = otherStage(loop, context.judge.fields[0]!.values);
    if (stage !== undefined)
      attempts.push({
        kind: 'stage',
        route,
        value: stage,
        pattern: withStage(pattern, stage, context.settings.stageField),
      });
  }
  return attempts;
}

function anyTaken(route: Route, source: string, context: LoopAnalysis['context']): boolean {
  const { topology, judge } = context;
  const bus = route.from.kind === 'bus' ? route.from.bus : '';
  return topology.contracts
    .filter(({ type }) => type.source === source)
    .some(({ type }) => judge.takes(route, freshEvent(bus, type, context)).answer !== 'no');
}

function freshEvent(bus: string, type: EventType, { judge }: LoopAnalysis['context']): EventState {
  const fields = judge.fields.map(() => anything);
  return new EventState({ bus, type, fields, depth: anything, forwarded: 'never' });
}

/** Whether the pattern already lists sources in full: then another list would say no more. */
function listsSources(pattern: JsonObject): boolean {
  const source = own(pattern, 'source');
  return Array.isArray(source) && source.every((choice) => typeof choice === 'string');
}

/** The stage that events from outside carry, if what goes round is marked with another. */
function otherStage(loop: Loop, stages: readonly JsonValue[]): JsonValue | undefined {
  const published: JsonValue[] = loop.hops.flatMap(({ emission }) =>
    emission?.stage.kind === 'set' ? [emission.stage.value] : [],
  );
  if (published.length < loop.hops.length) return undefined;
  return ['raw', ...stages].find((stage) => !published.includes(stage));
}

function withStage(pattern: JsonObject, stage: JsonValue, field: string): JsonObject {
  const detail = own(pattern, 'detail');
  return { ...pattern, detail: { ...(isObject(detail) ? detail : {}), [field]: [stage] } };
}

function editsOfComponents(loop: Loop): Attempt[] {
  const components = new Set(
    loop.hops.flatMap(({ delivery, emission }) => (emission ? [delivery.component!] : [])),
  );
  return [...components]
    .filter(({ rejectsAtDepth }) => !rejectsAtDepth)
    .map(({ id }) => ({ kind: 'depth', component: id, value: GUARD_DEPTH }));
}

function applyEdit(topology: Topology, edit: Attempt): Topology {
  const { route, pattern, component } = edit;
  if (route && pattern && route.filter.kind === 'pattern') {
    const parsed = parsePatternValue(pattern).value;
    if (!parsed) return topology;
    const filter = { ...route.filter, pattern: parsed };
    return topologyOf({
      ...topology,
      routes: topology.routes.map((each) => (each.id === route.id ? { ...each, filter } : each)),
    });
  }
  const depth = { kind: 'increment' } as const;
  return topologyOf({
    ...topology,
    components: topology.components.map((each) =>
      each.id === component ? { ...each, rejectsAtDepth: { depth: GUARD_DEPTH } } : each,
    ),
    emissions: topology.emissions.map((each) =>
      each.component === component && !each.entry ? { ...each, depth } : each,
    ),
  });
}

/** Event types the rule took before and takes no more, beyond those of the loop. */
function lostTypes(route: Route, loop: Loop, before: LoopAnalysis, after: LoopAnalysis): string[] {
  const looping = new Set(loop.hops.map(({ from }) => (from.type ? printEventType(from.type) : '')));
  const edited = after.context.topology.routeById.get(route.id)!;
  const bus = route.from.kind === 'bus' ? route.from.bus : '';
  return before.context.topology.contracts
    .filter(({ id, type }) => {
      const took = before.context.judge.takes(route, freshEvent(bus, type, before.context)).answer !== 'no';
      if (!took || looping.has(id)) return false;
      return after.context.judge.takes(edited, freshEvent(bus, type, after.context)).answer === 'no';
    })
    .map(({ id }) => id);
}
