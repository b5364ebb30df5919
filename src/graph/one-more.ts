import type { Component } from '../model/component.ts';
import type { Emission } from '../model/emission.ts';
import { topologyOf } from '../model/topology.ts';
import { analyzeLoops, type LoopAnalysis } from './analyze.ts';
import { deliveriesOf } from './deliveries.ts';
import { routesOn, triggeredBy } from './hops.ts';
import type { FlowNode, Hop, Loop } from './loop.ts';
import type { Oracle } from './oracle.ts';
import { step } from './passage.ts';
import { type Arrival, entryStates } from './reach.ts';
import { judgeLoop } from './walk.ts';

/** Edits of what is published, each tried: what opens an endless loop though no rule is touched. */

/** A component that one more event type of its own would call again. */
export interface OneMore {
  readonly component: Component;
  /** The rule that takes whatever the source publishes. */
  readonly hop: Hop;
  readonly source: string;
}

/** Any detail-type that nobody uses today. */
const NEW_TYPE = 'one-more-event-type';

/**
 * Components whose own source passes a rule back to them, whatever the detail-type: it takes one more event type, and
 * they call themselves for ever. Tried with the fields that they publish today. Rules × emissions of their components.
 */
export function oneMoreEventType(analysis: LoopAnalysis): OneMore[] {
  const { context, groups } = analysis;
  const { topology } = context;
  const round = new Set(
    groups.flatMap(({ loops }) =>
      loops.flatMap(({ hops, verdict }) =>
        verdict.kind === 'endless' || verdict.kind === 'possible' ? hops.map(placeOf) : [],
      ),
    ),
  );
  const found = new Map<string, OneMore>();
  for (const route of topology.routes) {
    if (route.from.kind !== 'bus' || route.state !== 'enabled' || route.filter.kind !== 'pattern') continue;
    for (const delivery of deliveriesOf(route, topology)) {
      const component = delivery.component;
      if (!component || found.has(component.id)) continue;
      // What goes round already, or may, needs no further event type.
      if (round.has(placeOf({ route, delivery }))) continue;
      for (const emission of topology.emissionsOf.get(component.id) ?? []) {
        if (!emission.event || emission.entry || emission.conditional) continue;
        const type = { source: emission.event.source, detailType: NEW_TYPE };
        const node: FlowNode = { bus: route.from.bus, type };
        const published: Emission = { ...emission, event: type, bus: route.from.bus };
        // Who tells event types apart does nothing with a new one.
        if (!triggeredBy(emission, type)) continue;
        const same =
          (emission.bus ?? route.from.bus) === route.from.bus && routesOn(topology, node.bus).includes(route);
        if (!same) continue;
        const hop: Hop = { from: node, to: node, route, delivery, emission: published };
        const arrive = (at: FlowNode) => [
          ...entryStates(at, true, context).map((state) => ({ state, certain: true })),
          ...publishedDeeper(hop, emission, analysis),
        ];
        if (judgeLoop([hop], arrive, context).kind !== 'endless') continue;
        found.set(component.id, { component, hop, source: type.source });
        break;
      }
    }
  }
  return [...found.values()];
}

/** The new events as they follow on what comes to their publisher today, where the depth of it counts. */
function publishedDeeper(
  { to, emission: published }: Hop,
  emission: Emission,
  { flow, reach, context }: LoopAnalysis,
): Arrival[] {
  if (!reach.followed) return [];
  return flow.hops
    .filter((hop) => hop.emission === emission)
    .flatMap((hop) => {
      const made: Hop = {
        from: hop.from,
        to,
        route: hop.route,
        delivery: hop.delivery,
        emission: published!,
      };
      return reach.arrivals(hop.from).flatMap(({ state, certain }) => {
        const next = step(made, state, context);
        return next ? [{ state: next.state, certain: certain && !next.doubtful }] : [];
      });
    });
}

function placeOf({ route, delivery }: Pick<Hop, 'route' | 'delivery'>): string {
  return JSON.stringify([route.id, delivery.component?.id]);
}

/** A publication that a role does not let through, and the endless loops that it would close. */
export interface OneGrant {
  readonly emission: Emission;
  readonly loops: readonly Loop[];
}

/** The whole analysis once for each publication that is kept back, so only for the first few. */
export function oneGrant(
  withheld: readonly Emission[],
  analysis: LoopAnalysis,
  oracle: Oracle,
  most: number,
): OneGrant[] {
  const { topology, settings } = analysis.context;
  const known = new Set(endlessOf(analysis).map(({ id }) => id));
  return withheld.slice(0, most).flatMap((emission) => {
    const granted = topologyOf({ ...topology, emissions: [...topology.emissions, emission] });
    const loops = endlessOf(analyzeLoops(granted, settings, oracle)).filter(({ id }) => !known.has(id));
    return loops.length > 0 ? [{ emission, loops }] : [];
  });
}

function endlessOf({ groups }: LoopAnalysis): Loop[] {
  return groups.flatMap(({ loops }) => loops.filter(({ verdict }) => verdict.kind === 'endless'));
}
