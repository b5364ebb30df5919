import { valueOf } from '../json/node.ts';
import { isObject, type JsonObject, type JsonValue, own } from '../json/value.ts';
import type { Route } from '../model/route.ts';
import { type Topology, withComponent, withRoute } from '../model/topology.ts';
import { parsePatternValue } from '../pattern/parse.ts';
import type { LoopAnalysis } from './analyze.ts';
import { afterEdit, type Edited } from './edited.ts';
import type { Loop } from './loop.ts';
import { freshEvent, lostBy } from './lost.ts';
import type { FieldEdit, Mend } from './mended.ts';
import type { Oracle } from './oracle.ts';

/** The depth the runbook rejects at. */
const GUARD_DEPTH = 3;

/**
 * Edits that stop an endless loop, each tried: what the edit can reach is analysed again in the edited topology, and only
 * edits under which this loop is refuted or bounded, and no other becomes endless, are returned. At most one of each
 * kind per rule.
 */
export function mendLoop(loop: Loop, analysis: LoopAnalysis, oracle: Oracle): Mend[] {
  const attempts = [...editsOfRules(loop, analysis), ...editsOfComponents(loop)];
  return attempts.flatMap((attempt) => {
    const edited = tryEdit(attempt, analysis, oracle);
    const verdict = edited.verdictOf(loop);
    if (verdict !== 'refuted' && verdict !== 'bounded') return [];
    if (edited.opensAnother) return [];
    return [{ ...attempt, verdict, lost: lostBy(attempt, analysis, edited.context) }];
  });
}

const tried = new WeakMap<LoopAnalysis, Map<string, Edited>>();

/** What an edit does; loops that share a rule share the attempt. */
function tryEdit(attempt: Attempt, analysis: LoopAnalysis, oracle: Oracle): Edited {
  const byEdit = tried.get(analysis) ?? new Map<string, Edited>();
  tried.set(analysis, byEdit);
  const { kind, route, component, value } = attempt;
  const key = JSON.stringify([kind, route?.id ?? component, value]);
  const known = byEdit.get(key);
  if (known) return known;
  const topology = applyEdit(analysis.context.topology, attempt);
  const place = route ? { route: route.id } : { component: component! };
  const edited = afterEdit(analysis, { topology, ...place }, oracle);
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
      attempts.push(editOf('sources', route, pattern, { path: ['source'], value: takes }, takes));
    }
    if (!listsSources(pattern) && (takes.length === 0 || own(pattern, 'source') === undefined)) {
      const back = [...looping].filter((source) => source !== undefined).sort();
      const field: FieldEdit = { path: ['source'], value: [{ 'anything-but': back }] };
      attempts.push(editOf('not-sources', route, pattern, field, back));
    }
    const { stageField, depthField } = context.settings;
    const stage = otherStage(loop, context.judge.fields[0]!.values);
    if (stage !== undefined) {
      attempts.push(editOf('stage', route, pattern, { path: ['detail', stageField], value: [stage] }, stage));
    }
    if (grows(loop)) {
      const field: FieldEdit = { path: ['detail', depthField], value: [{ numeric: ['<', GUARD_DEPTH] }] };
      attempts.push(editOf('depth-filter', route, pattern, field, GUARD_DEPTH));
    }
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

/** Whether some hop publishes a greater depth than it received: without that a filter on depth stops nothing. */
function grows({ hops }: Loop): boolean {
  return hops.some(({ emission }) => emission?.depth.kind === 'increment');
}

function editOf(
  kind: Attempt['kind'],
  route: Route,
  pattern: JsonObject,
  field: FieldEdit,
  value: JsonValue,
): Attempt {
  const [top, inner] = field.path;
  const detail = own(pattern, top);
  const member =
    inner === undefined
      ? [...field.value]
      : { ...(isObject(detail) ? detail : {}), [inner]: [...field.value] };
  return { kind, route, field, value, pattern: { ...pattern, [top]: member } };
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
    return withRoute(topology, { ...route, filter: { ...route.filter, pattern: parsed } });
  }
  const guarded = topology.componentById.get(component!)!;
  const own = topology.emissionsOf.get(component!) ?? [];
  return withComponent(
    topology,
    { ...guarded, rejectsAtDepth: { depth: GUARD_DEPTH } },
    own.map((each) => (each.entry ? each : { ...each, depth: { kind: 'increment' } })),
  );
}
