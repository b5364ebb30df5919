import { documentOf, spanOf } from '../../json/document.ts';
import { nodeOf } from '../../json/node.ts';
import type { JsonObject } from '../../json/value.ts';
import type { Bus } from '../../model/bus.ts';
import type { Component } from '../../model/component.ts';
import type { Contract } from '../../model/contract.ts';
import type { Emission } from '../../model/emission.ts';
import { envelopeOf } from '../../model/envelope.ts';
import { parseEventType } from '../../model/event-type.ts';
import type { Route } from '../../model/route.ts';
import { type Topology, topologyOf } from '../../model/topology.ts';
import { parsePatternNode } from '../../pattern/parse.ts';

/**
 * A small system in a few lines: rules with patterns and targets, functions with what they publish; on one bus, `bus`,
 * where none is named.
 */
export interface SystemSketch {
  /** By rule name. `to` names functions, or other buses as `bus:NAME`. */
  readonly rules: Readonly<Record<string, { pattern: JsonObject; to: readonly string[] } & Partial<Route>>>;
  readonly functions: Readonly<Record<string, FunctionSketch>>;
  /** Schemas of `detail` by event type. */
  readonly schemas?: Readonly<Record<string, JsonObject>>;
}

export interface FunctionSketch extends Partial<Omit<Component, 'id'>> {
  readonly publishes?: readonly (string | PublicationSketch)[];
}

/** What a function publishes: an event type, and what is known of it. */
export type PublicationSketch = { readonly event: string } & Partial<Omit<Emission, 'event'>>;

const span = spanOf(documentOf('sketch', ''), 0, 0);

/** The topology of a sketch. Throws for a pattern that AWS would refuse and for a malformed event type. */
export function topologyFromSketch({ rules, functions, schemas = {} }: SystemSketch): Topology {
  const emissions: Emission[] = [];
  const components = Object.entries(functions).map(([name, { publishes = [], ...rest }]): Component => {
    for (const each of publishes) {
      const { event, ...more } = typeof each === 'string' ? { event: each } : each;
      const type = parseEventType(event);
      emissions.push({
        component: name,
        entry: false,
        bus: 'bus',
        count: 1,
        probability: 1,
        depth: { kind: 'any' },
        stage: { kind: 'any' },
        evidence: { kind: 'declared', text: 'sketch' },
        ...(type ? { event: type } : {}),
        ...more,
      });
    }
    return { id: name, name, kind: 'function', addresses: [], declared: true, ...rest };
  });
  const routes = Object.entries(rules).map(([name, { pattern, to, ...rest }]): Route => {
    const node = nodeOf(pattern, span);
    const parsed = parsePatternNode(node).value;
    if (!parsed) throw new Error(`the pattern of ${name} is not valid`);
    return {
      id: name,
      kind: 'rule',
      name,
      from: { kind: 'bus', bus: 'bus' },
      filter: { kind: 'pattern', pattern: parsed, node, span },
      state: 'enabled',
      targets: to.map((target) => ({
        id: target,
        arn: target,
        to: target.startsWith('bus:')
          ? { kind: 'bus', bus: target.slice(4) }
          : { kind: 'component', component: target },
        shaping: { kind: 'event' },
        span,
      })),
      span,
      ...rest,
    };
  });
  const contracts = Object.entries(schemas).map(([id, detail]) => contractOf(id, detail));
  return topologyOf({ buses: busesOf(routes, emissions), routes, components, contracts, emissions });
}

/** `bus`, and every other that something is taken from, forwarded to or published on. */
function busesOf(routes: readonly Route[], emissions: readonly Emission[]): Bus[] {
  const names = new Set(['bus']);
  for (const { from, targets } of routes) {
    for (const each of [from, ...targets.map(({ to }) => to)]) if (each.kind === 'bus') names.add(each.bus);
  }
  for (const { bus } of emissions) if (bus !== undefined) names.add(bus);
  return [...names].map((id) => ({ id, kind: 'custom', declared: true }));
}

const contractsMade = new WeakMap<JsonObject, Map<string, Contract>>();

/** The same for the same schema object: whatever was worked out about it serves other sketches as well. */
function contractOf(id: string, detail: JsonObject): Contract {
  const made = contractsMade.get(detail) ?? new Map<string, Contract>();
  contractsMade.set(detail, made);
  const known = made.get(id);
  if (known) return known;
  const type = parseEventType(id)!;
  const contract = { id, type, schema: envelopeOf(type, detail), detailSchema: detail, examples: [], span };
  made.set(id, contract);
  return contract;
}
