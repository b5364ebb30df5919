import type { JsonValue } from '../json/value.ts';
import type { Component } from '../model/component.ts';
import type { Emission } from '../model/emission.ts';
import type { Route } from '../model/route.ts';
import { type Topology, topologyOf, withComponent, withRoute } from '../model/topology.ts';
import { pathsOf, restrictPattern } from '../pattern/restrict.ts';
import { groundOf, type LoopAnalysis } from './analyze.ts';
import { type FlowGraph, incomingOf, nodeKey } from './hops.ts';
import type { Hop, Layer, Loop } from './loop.ts';
import { namedBySchemas } from './named-by-schemas.ts';
import type { Oracle } from './oracle.ts';
import { depthPath, type GraphSettings, stagePath } from './settings.ts';
import { effectOn } from './tracked.ts';
import { judgeLoop } from './walk.ts';
import { stoppingLayers } from './words.ts';

/** A single edit under which a loop that is closed today is endless. */
export interface Opening {
  readonly kind: 'enable' | 'drop' | 'unguard' | 'publish';
  /** The guard that it takes away. */
  readonly layer: Layer;
  /** The rule as it is after the edit, enabled or with no condition on `path` any more. */
  readonly route?: Route;
  /** The component that rejects events no longer. */
  readonly component?: Component;
  /** What is published, and what is published instead: with `value` in `path`. */
  readonly emission?: { readonly before: Emission; readonly after: Emission };
  readonly path?: string;
  readonly value?: JsonValue;
}

/** More values than this are not tried in one field. */
const MAX_VALUES = 8;

/**
 * The single edits that open a loop that is refuted or bounded, each tried: enabling a rule, dropping a rule's conditions on
 * one field, removing the guard of one component, publishing another value in one field.
 *
 * Tried on the rules and components of the loop alone, so that it costs the same in a system of any size; where the depth
 * of what arrives counts, with those on the way there. More rules only make more events: what goes round there goes round.
 */
export function openingsOf(loop: Loop, analysis: LoopAnalysis, oracle: Oracle): Opening[] {
  const { context } = analysis;
  const way = analysis.reach.followed ? leadingTo(loop.hops, analysis.flow) : [];
  const alone = aloneOf([...loop.hops, ...way], context.topology);
  if (!alone) return [];
  return attemptsAt(loop, analysis).filter((opening) => {
    const { reach, context: edited } = groundOf(opened(alone, opening), context.settings, oracle);
    const hops = loop.hops.map((hop) => editedHop(hop, opening));
    return judgeLoop(hops, reach.arrivals, edited).kind === 'endless';
  });
}

/** A topology after the edit. */
export function opened(topology: Topology, { route, component, emission }: Opening): Topology {
  if (route) return withRoute(topology, route);
  const id = component?.id ?? emission!.before.component;
  const emissions = (topology.emissionsOf.get(id) ?? []).map((each) =>
    each === emission?.before ? emission.after : each,
  );
  return withComponent(topology, component ?? topology.componentById.get(id)!, emissions);
}

function editedHop(hop: Hop, { route, component, emission }: Opening): Hop {
  const { delivery } = hop;
  return {
    ...hop,
    ...(route?.id === hop.route.id ? { route } : {}),
    ...(component && component.id === delivery.component?.id ? { delivery: { ...delivery, component } } : {}),
    ...(emission && emission.before === hop.emission ? { emission: emission.after } : {}),
  };
}

/** So many hops on the ways to a loop are looked at. */
const MAX_WAY = 64;

/** Hops that lead to a loop, the nearest first. */
function leadingTo(hops: readonly Hop[], flow: FlowGraph): Hop[] {
  const incoming = incomingOf(flow);
  const found = new Set<Hop>();
  const seen = new Set(hops.map(({ from }) => nodeKey(from)));
  for (const node of seen) {
    for (const { from, hop } of incoming.get(node) ?? []) {
      if (found.size >= MAX_WAY) return [...found];
      found.add(hop);
      seen.add(from);
    }
  }
  return [...found];
}

/** The rules and components of some hops, with all that is on the way between them; undefined where its buses are not known. */
function aloneOf(hops: readonly Hop[], topology: Topology): Topology | undefined {
  const unsure = hops.some(({ emission }) => emission && emission.bus === undefined);
  if (unsure && topology.routesFromBus.size > 1) return undefined;
  const routes = new Set(hops.flatMap(({ route, delivery }) => [route, ...delivery.via]));
  const ids = new Set([
    ...hops.map(({ delivery }) => delivery.component?.id),
    ...[...routes].flatMap(({ from, targets }) =>
      [from, ...targets.map(({ to }) => to)].map((end) =>
        end.kind === 'component' ? end.component : undefined,
      ),
    ),
  ]);
  const types = new Set(
    hops.flatMap(({ from, to }) => [from, to]).map(({ type }) => type && `${type.source}@${type.detailType}`),
  );
  return topologyOf({
    buses: topology.buses,
    routes: [...routes],
    components: topology.components.filter(({ id }) => ids.has(id)),
    contracts: topology.contracts.filter(({ id }) => types.has(id)),
    emissions: [...new Set(hops.flatMap(({ emission }) => (emission ? [emission] : [])))],
  });
}

/** The edits that may open a loop, as far as each layer alone tells. */
function attemptsAt(loop: Loop, { context }: LoopAnalysis): Opening[] {
  const disabled = new Set(loop.hops.flatMap(({ route }) => (route.state === 'disabled' ? [route] : [])));
  const stopping = stoppingLayers(loop);
  const others = loop.layers.every(({ stops, verdict }) => stops || verdict === 'endless');
  if (!others || disabled.size > 1 || stopping.length > 1) return [];
  const [rule] = disabled;
  if (rule) {
    if (stopping.length > 0) return [];
    return [{ kind: 'enable', layer: 'disabled rule', route: { ...rule, state: 'enabled' } }];
  }
  const wanted = stopping[0]?.layer;
  const all = [...drops(loop, context.settings), ...unguarded(loop), ...otherValues(loop, context)];
  return all.filter(({ layer }) => wanted === undefined || layer === wanted);
}

function drops({ hops }: Loop, settings: GraphSettings): Opening[] {
  return [...new Set(hops.map(({ route }) => route))].flatMap((route) => {
    const { filter } = route;
    if (filter.kind !== 'pattern') return [];
    return [...pathsOf(filter.pattern)].map((path): Opening => {
      const pattern = restrictPattern(filter.pattern, (each) => each !== path);
      return {
        kind: 'drop',
        layer: layerAt(path, settings),
        route: { ...route, filter: { ...filter, pattern } },
        path,
      };
    });
  });
}

function layerAt(path: string, settings: GraphSettings): Layer {
  if (path === 'source' || path === 'detail-type') return 'source differentiation';
  if (path === stagePath(settings)) return 'processing stage';
  return path === depthPath(settings) ? 'chain depth' : 'content filter';
}

function unguarded({ hops }: Loop): Opening[] {
  const components = new Set(
    hops.flatMap(({ delivery }) => (delivery.component ? [delivery.component] : [])),
  );
  return [...components].flatMap(({ rejectsAtDepth, ...component }): Opening[] =>
    rejectsAtDepth ? [{ kind: 'unguard', layer: 'chain depth', component }] : [],
  );
}

/** Every value that somebody speaks of, in each field that a hop is known to fill otherwise. */
function otherValues({ hops }: Loop, { judge, settings, topology }: LoopAnalysis['context']): Opening[] {
  const emissions = new Set(hops.flatMap(({ emission }) => (emission ? [emission] : [])));
  return judge.fields.flatMap(({ path, values }) =>
    [...emissions].flatMap((before) => {
      const effect = effectOn(path, before, settings);
      const all = new Set([...values, ...namedBySchemas(topology, path)]);
      return [...all].slice(0, MAX_VALUES).flatMap((value): Opening[] => {
        if (effect.kind === 'set' && effect.value === value) return [];
        const after = withValue(before, path, value, settings);
        return after
          ? [{ kind: 'publish', layer: layerAt(path, settings), emission: { before, after }, path, value }]
          : [];
      });
    }),
  );
}

function withValue(
  emission: Emission,
  path: string,
  value: JsonValue,
  settings: GraphSettings,
): Emission | undefined {
  if (path !== stagePath(settings))
    return {
      ...emission,
      fields: { ...emission.fields, [path.slice('detail.'.length)]: { kind: 'set', value } },
    };
  return typeof value === 'string' ? { ...emission, stage: { kind: 'set', value } } : undefined;
}
