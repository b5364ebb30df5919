import type { ComponentId } from '../model/component.ts';
import type { Route, RouteId } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import { analyzeLoops, type LoopAnalysis } from './analyze.ts';
import { bySourceAndType } from './candidates.ts';
import { sameChoicesAs } from './choices.ts';
import { deliveriesOf } from './deliveries.ts';
import { depthCeiling, depthPeriod } from './depth-ceiling.ts';
import { type Cyclic, cyclicParts, groupOf, type LoopGroup } from './groups.ts';
import { hopsOver, incomingOf, type KeyedHop, nodeKey, type Outgoing, routesOn } from './hops.ts';
import type { Hop, Loop, LoopVerdict } from './loop.ts';
import { hopKey } from './loop-of-hops.ts';
import type { Oracle } from './oracle.ts';
import type { WalkContext } from './passage.ts';
import {
  type Arrival,
  type Arrivals,
  entriesAt,
  follow,
  Reached,
  rememberedEntries,
  someRuleFiltersDepth,
} from './reach.ts';
import { StateSpace } from './state-graph.ts';
import { type TrackedField, trackedFields } from './tracked.ts';
import { judgeLoop } from './walk.ts';

/** A topology that differs from one that was analysed in the filter of one rule, or in one component and what it publishes. */
export interface Edit {
  readonly topology: Topology;
  readonly route?: RouteId;
  readonly component?: ComponentId;
}

/** What an edit does to loops. */
export interface Edited {
  readonly context: WalkContext;
  /** What a loop is now; refuted if it is no candidate any more. */
  verdictOf(loop: Loop): LoopVerdict['kind'];
  /** Whether some loop is endless that was not. */
  readonly opensAnother: boolean;
}

/**
 * The analysis after an edit, where only what the edit can reach is looked at: the parts of the graph on a way from the
 * edited rule or component and back, and whatever events come to be beyond. All of it is analysed anew where the edit
 * changes what events are told apart by. The answers are those of the whole analysis.
 */
export function afterEdit(before: LoopAnalysis, edit: Edit, oracle: Oracle): Edited {
  return nearby(before, edit) ?? whole(before, analyzeLoops(edit.topology, before.context.settings, oracle));
}

function whole(before: LoopAnalysis, after: LoopAnalysis): Edited {
  const { context, flow, reach } = after;
  return {
    context,
    verdictOf: (loop) => verdictIn(loop, flow.outgoing, reach.arrivals, context),
    opensAnother: opens(before, after.groups),
  };
}

const endlessBefore = new WeakMap<LoopAnalysis, ReadonlySet<string>>();

function opens(before: LoopAnalysis, groups: readonly LoopGroup[]): boolean {
  const known = endlessBefore.get(before) ?? new Set(endlessOf(before.groups));
  endlessBefore.set(before, known);
  return endlessOf(groups).some((id) => !known.has(id));
}

function endlessOf(groups: readonly LoopGroup[]): string[] {
  return groups.flatMap(({ loops }) =>
    loops.flatMap(({ id, verdict }) => (verdict.kind === 'endless' ? [id] : [])),
  );
}

/** More ways than this to go one loop (a rule with one function as two targets) are not told apart. */
const MAX_WAYS = 64;

/** The worst of the loops that go by the same names through an edited graph. */
function verdictIn(
  { hops }: Loop,
  outgoing: Outgoing,
  arrivals: Arrivals,
  context: WalkContext,
): LoopVerdict['kind'] {
  let ways: Hop[][] = [[]];
  for (const hop of hops) {
    const [key, to] = [hopKey(hop), nodeKey(hop.to)];
    const same = (outgoing.get(nodeKey(hop.from)) ?? []).filter(
      (each) => each.to === to && hopKey(each.hop) === key,
    );
    ways = ways.flatMap((way) => same.map((each) => [...way, each.hop]));
    if (ways.length > MAX_WAYS) return 'possible';
  }
  const kinds = new Set(ways.map((way) => judgeLoop(way, arrivals, context).kind));
  const worst = (['endless', 'possible', 'bounded'] as const).find((kind) => kinds.has(kind));
  return worst ?? 'refuted';
}

/** The same, looking at no more than the edit can reach; undefined where all of it has to be analysed. */
export function nearby(before: LoopAnalysis, edit: Edit): Edited | undefined {
  const { settings, judge: judgeBefore } = before.context;
  sameChoicesAs(edit.topology, before.context.topology, edit.route);
  if (!sameWords(before, edit.topology)) return undefined;
  const graph = editedGraph(before, edit);
  if (!graph) return undefined;
  const { outgoing, changed } = graph;
  const judge = edit.route === undefined ? judgeBefore : judgeBefore.withAnother(edit.route);
  const context: WalkContext = { topology: edit.topology, settings, judge };
  const space = new StateSpace(outgoing, context, before.space, changed);
  const region = regionAround(changed, outgoing, before);
  const arrivals = arrivalsAfter(before, region, outgoing, space, context);
  if (!arrivals) return undefined;
  const parts = cyclicParts(region.inner, outgoing);
  let opensAnother: boolean | undefined;
  return {
    context,
    verdictOf: (loop) => verdictIn(loop, outgoing, arrivals, context),
    get opensAnother() {
      opensAnother ??= opens(before, groupsOf(parts, space, arrivals, context));
      return opensAnother;
    },
  };
}

function groupsOf(
  parts: readonly Cyclic[],
  space: StateSpace,
  arrivals: Arrivals,
  context: WalkContext,
): LoopGroup[] {
  // Nobody asks for the layers of what is only tried.
  const starts = { arrivals, alone: () => arrivals };
  return parts.map((part) => groupOf(part, space, starts, context));
}

/** Whether events are told apart by the same fields, values and depths. */
function sameWords({ context }: LoopAnalysis, topology: Topology): boolean {
  const { settings, judge } = context;
  const text = (fields: readonly TrackedField[]): string =>
    JSON.stringify(
      fields.map((each) => ({ ...each, values: each.values.map((value) => JSON.stringify(value)).sort() })),
    );
  return (
    depthCeiling(topology, settings) === judge.ceiling &&
    depthPeriod(topology, settings) === judge.period &&
    text(trackedFields(topology, settings)) === text(judge.fields)
  );
}

/** The hops after an edit, and the nodes at which others begin than before; undefined where events come to new nodes. */
function editedGraph(
  { flow }: LoopAnalysis,
  { topology, route, component }: Edit,
): { readonly outgoing: Outgoing; readonly changed: ReadonlySet<string> } | undefined {
  const ids = new Set(
    route === undefined
      ? flow.hops.flatMap((hop) => (hop.delivery.component?.id === component ? [hop.route.id] : []))
      : [route],
  );
  const routes = [...ids].map((id) => topology.routeById.get(id)!);
  // What is forwarded remembers the rule that took it.
  if (route !== undefined && routes.some(({ targets }) => targets.some(({ to }) => to.kind === 'bus')))
    return undefined;
  const takes = bySourceAndType();
  const deliveries = new Map(routes.map((each) => [each, deliveriesOf(each, topology)]));
  const outgoing = new Map(flow.outgoing);
  const changed = new Set<string>();
  const onBus = new Map<string, readonly Route[]>();
  for (const [key, node] of flow.nodes) {
    const near = onBus.get(node.bus) ?? routesOn(topology, node.bus).filter(({ id }) => ids.has(id));
    onBus.set(node.bus, near);
    if (near.length === 0) continue;
    const hops = flow.outgoing.get(key) ?? [];
    const others = hops.filter(({ hop }) => !ids.has(hop.route.id));
    const made: KeyedHop[] = near
      .filter((each) => takes(each, node))
      .flatMap((each) => deliveries.get(each)!.flatMap((to) => hopsOver(node, each, to, topology)))
      .map((hop) => ({ from: key, to: nodeKey(hop.to), hop }));
    if (made.some(({ to }) => !flow.nodes.has(to))) return undefined;
    if (others.length === hops.length && made.length === 0) continue;
    changed.add(key);
    outgoing.set(key, [...others, ...made]);
  }
  return { outgoing, changed };
}

interface Region {
  /** Nodes on some way from a changed node to a changed node. */
  readonly inner: ReadonlySet<string>;
  /** All nodes on ways from a changed node. */
  readonly outer: ReadonlySet<string>;
  /** Nodes that nothing changed leads to, with hops into the inner ones. */
  readonly entrances: ReadonlySet<string>;
}

/** What an edit can reach, by the hops of before and after. Linear in the hops that begin there. */
function regionAround(changed: ReadonlySet<string>, outgoing: Outgoing, before: LoopAnalysis): Region {
  const outer = closure(changed, (key) => [
    ...(outgoing.get(key) ?? []).map(({ to }) => to),
    ...(changed.has(key) ? (before.flow.outgoing.get(key) ?? []).map(({ to }) => to) : []),
  ]);
  const incoming = incomingOf(before.flow);
  const back = (key: string): string[] => (incoming.get(key) ?? []).map(({ from }) => from);
  const inner = closure(changed, (key) => back(key).filter((each) => outer.has(each)));
  const entrances = new Set([...inner].flatMap((key) => back(key).filter((each) => !outer.has(each))));
  return { inner, outer, entrances };
}

function closure(from: Iterable<string>, next: (key: string) => Iterable<string>): Set<string> {
  const found = new Set(from);
  for (const key of found) for (const each of next(key)) found.add(each);
  return found;
}

/** From which states loops are walked now; undefined where the edit may open a loop beyond the inner nodes. */
function arrivalsAfter(
  before: LoopAnalysis,
  { inner, outer, entrances }: Region,
  outgoing: Outgoing,
  space: StateSpace,
  context: WalkContext,
): Arrivals | undefined {
  const followed = before.reach.demanded || someRuleFiltersDepth(context);
  if (!followed) return before.reach.followed ? undefined : rememberedEntries(false, context);
  const all = before.reach.everything();
  const starts: Arrival[] = [...inner].flatMap((key) =>
    entriesAt(before.flow.nodes.get(key)!, true, context),
  );
  for (const key of entrances)
    for (const { state, certain } of all.at(key))
      for (const edge of space.edgesFrom(state))
        starts.push({ state: edge.reaches, certain: certain && edge.certain });
  const reached = new Reached();
  const leaving = new Reached();
  follow(starts, space, (arrival) => {
    const { node } = arrival.state;
    if (inner.has(node)) return reached.add(arrival);
    if (outer.has(node)) leaving.add(arrival);
    return false;
  });
  // What comes to be beyond, and did not before: there a loop may be endless now that was not.
  const more = new Reached();
  for (const key of leaving.nodes())
    follow(leaving.at(key), space, (arrival) => !all.has(arrival) && more.add(arrival));
  const at = (key: string): readonly Arrival[] =>
    inner.has(key) ? reached.at(key) : [...all.at(key), ...more.at(key)];
  const arrivals = rememberedBy(at);
  const touched = new Set(more.nodes());
  if (touched.size > 0) {
    const parts = cyclicParts(
      [...outer].filter((key) => !inner.has(key)),
      outgoing,
    ).filter(({ nodes }) => nodes.some((key) => touched.has(key)));
    if (opens(before, groupsOf(parts, space, arrivals, context))) return undefined;
  }
  return arrivals;
}

function rememberedBy(at: (key: string) => readonly Arrival[]): Arrivals {
  const known = new Map<string, readonly Arrival[]>();
  return (node) => {
    const key = nodeKey(node);
    const arrivals = known.get(key) ?? at(key);
    known.set(key, arrivals);
    return arrivals;
  };
}
