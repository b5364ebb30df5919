import { documentOf, spanOf } from '../../json/document.ts';
import { nodeOf } from '../../json/node.ts';
import type { JsonObject } from '../../json/value.ts';
import type { Component } from '../../model/component.ts';
import type { Contract } from '../../model/contract.ts';
import type { Emission } from '../../model/emission.ts';
import { envelopeOf } from '../../model/envelope.ts';
import { parseEventType } from '../../model/event-type.ts';
import type { Route } from '../../model/route.ts';
import { type Topology, topologyOf } from '../../model/topology.ts';
import { parsePatternNode } from '../../pattern/parse.ts';

/** A small system in a few lines: rules with patterns and targets, functions with what they publish; one bus, `bus`. */
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
  const contracts = Object.entries(schemas).map(([id, detail]): Contract => {
    const type = parseEventType(id)!;
    return { id, type, schema: envelopeOf(type, detail), detailSchema: detail, examples: [], span };
  });
  return topologyOf({
    buses: [{ id: 'bus', kind: 'custom', declared: true }],
    routes,
    components,
    contracts,
    emissions,
  });
}
