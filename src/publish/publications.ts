import { Collector, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import { defaultBus } from '../model/bus.ts';
import type { CatalogueEntry } from '../model/catalogue.ts';
import type { Component } from '../model/component.ts';
import type { Emission } from '../model/emission.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Route } from '../model/route.ts';
import type { TemplateResource } from '../model/template-resource.ts';
import type { TopologyParts } from '../model/topology.ts';
import { assess, mayPublishItself, readBeside, type Sources } from './assess.ts';
import { Buses } from './buses.ts';
import { type Called, calledBy, callRoute } from './calls.ts';
import { forwarded } from './catalogue/forwarders.ts';
import { gatewayPublications } from './catalogue/gateways.ts';
import { redrives } from './catalogue/redrives.ts';
import { replays } from './catalogue/replays.ts';
import { schemaSync } from './catalogue/schema-sync.ts';
import { serviceEvents } from './catalogue/services.ts';
import { statusEvents } from './catalogue/status-events.ts';
import { trailEvents } from './catalogue/trail-events.ts';
import { contradictions } from './contradictions.ts';
import { askedFor, emissionOf, emissionsOfGrant, type FollowedFields, withSources } from './emissions.ts';
import { mayPublish } from './iam/bound.ts';
import { Inventory } from './inventory.ts';
import { mayCallModels } from './may-call-model.ts';
import type { Publisher } from './publisher.ts';
import { reachedFromBuses } from './reached.ts';

/** What was worked out, to be put beside what was loaded and declared. */
export interface Publications {
  readonly emissions: readonly Emission[];
  /** What is published in code, but not let through by a role: one permission, and it is. */
  readonly withheld: readonly Emission[];
  readonly components: readonly Component[];
  /** Routes between components: calls and writes. */
  readonly routes: readonly Route[];
  readonly publishers: readonly Publisher[];
}

export interface PublicationInput {
  /** With what is declared in Metadata and config among the emissions. */
  readonly parts: TopologyParts;
  readonly resources: readonly TemplateResource[];
  readonly sources: Sources;
  readonly fields: FollowedFields;
  /** What the user adds to the catalogue of services. */
  readonly catalogue?: readonly CatalogueEntry[];
}

/**
 * Works out who publishes what, from roles, state machines, code and the services themselves. What is declared stays
 * as it is: it replaces what is only allowed, and what is found beside it is added. A component is proven silent where
 * its role allows nothing, or its code was followed to its end and publishes nothing.
 */
export function publications({
  parts,
  resources,
  sources,
  fields: followed,
  catalogue = [],
}: PublicationInput): Outcome<Publications> {
  const collector = new Collector();
  const inventory = new Inventory(resources);
  const all = new Buses(parts.buses);
  const components = new Map(parts.components.map((each) => [each.id, each]));
  const declared = declaredOf(parts);
  const assessed = resources
    .filter(mayPublishItself)
    .map((resource) => assess(resource, inventory, sources, followed, components.get(resource.id)?.code));
  const found = assessed.flatMap((each) => [...each.publications, ...(each.keptBack ?? [])]);
  const fields = { ...followed, asked: withSources(askedFor(parts.routes), found) };
  const calls = assessed.map((publisher) => callsOf(publisher, parts.components));
  const routes = [
    ...assessed.flatMap((publisher, index) => routesOf(publisher, calls[index]!)),
    ...redrives(assessed, calls, parts),
  ];
  const reached = reachedFromBuses([...parts.routes, ...routes]);
  const mayCallModel = mayCallModels(assessed);
  const emissions: Emission[] = [];
  const withheld: Emission[] = [];
  const publishers: Publisher[] = [];
  for (const publisher of assessed) {
    const { id } = publisher.resource;
    const entry = !reached.has(id);
    const known = components.get(id);
    const said = declared.get(id);
    const buses = all.near(publisher.resource.addresses);
    collector.add(...contradictions(publisher, said, buses));
    const named = publisher.publications.filter(({ source }) => !source.startsWith('aws.'));
    const denied = named.filter((each) => forbidden(publisher, each, buses));
    publishers.push(denied.length > 0 ? { ...publisher, forbidden: denied } : publisher);
    const own = named.flatMap((each): Emission[] => {
      const emission = emissionOf(each, id, entry, buses, fields);
      if (!denied.includes(each)) return [emission];
      withheld.push(emission);
      return publisher.roleMayGrow ? [{ ...emission, conditional: true }] : [];
    });
    for (const each of publisher.keptBack ?? [])
      if (!each.conditional && !each.source.startsWith('aws.'))
        withheld.push(emissionOf(each, id, entry, buses, fields));
    const added = own.filter((emission) => !said?.some((each) => covers(each, emission)));
    const rest = said || known?.silence ? [] : restOf(publisher, entry, buses);
    if (!known?.silence || added.length > 0) emissions.push(...added, ...rest);
    const silence = said || added.length + rest.length > 0 ? undefined : silenceOf(publisher);
    if (known)
      components.set(id, {
        ...learnt(publisher, silence, parts.routes),
        ...(mayCallModel.has(publisher) ? { mayCallModel: true } : {}),
        ...known,
      });
  }
  for (const { resource, publication } of gatewayPublications(inventory, readBeside(sources.read)))
    emissions.push(
      emissionOf(publication, resource.id, !reached.has(resource.id), all.near(resource.addresses), fields),
    );
  const actions = actionsOf(calls.flat(), parts.routes);
  const happenings = { resources, components: parts.components, routes: parts.routes, reached, actions };
  const told = [
    ...statusEvents([...serviceEvents, ...catalogue], happenings),
    ...trailEvents(assessed, parts.routes, reached),
    ...schemaSync(assessed, parts.routes, reached),
  ];
  emissions.push(
    ...forwarded(parts.routes),
    // Services tell on the default bus of the Region that something is in.
    ...told.map((each) => {
      const addresses = inventory.withId(each.component)?.addresses ?? [];
      return { ...each, bus: all.near(addresses).named(each.bus ?? defaultBus) };
    }),
    ...replays(assessed, inventory, all, reached),
  );
  const value = {
    emissions,
    withheld,
    components: [...components.values()].map(spoken(emissions)),
    routes,
    publishers,
  };
  return outcome(value, collector.diagnostics);
}

/** What is found out about a component; what was said of it before wins. */
function learnt(
  { resource, callsModel, rejects }: Publisher,
  silence: Evidence | undefined,
  routes: readonly Route[],
): Pick<Component, 'silence' | 'callsModel' | 'rejectsAtDepth'> {
  // A destination takes the result of every invocation, also of one that turned the event away.
  const tells = ({ kind, from }: Route): boolean =>
    kind === 'destination' && from.kind === 'component' && from.component === resource.id;
  return {
    ...(silence ? { silence } : {}),
    ...(callsModel ? { callsModel } : {}),
    ...(rejects && !routes.some(tells) ? { rejectsAtDepth: rejects } : {}),
  };
}

/** A component whose destinations or service speak for it is not silent, whatever its code does. */
function spoken(emissions: readonly Emission[]): (component: Component) => Component {
  const speaking = new Set(emissions.map(({ component }) => component));
  return (component) => {
    if (!component.silence || component.silence.kind === 'declared' || !speaking.has(component.id))
      return component;
    const { silence: _, ...rest } = component;
    return rest;
  };
}

/** Emissions by component, of those that say something about themselves. */
function declaredOf({ emissions, components }: TopologyParts): Map<string, Emission[]> {
  const declared = new Map<string, Emission[]>();
  for (const { id, silence } of components) if (silence?.kind === 'declared') declared.set(id, []);
  for (const emission of emissions)
    declared.set(emission.component, [...(declared.get(emission.component) ?? []), emission]);
  return declared;
}

/** Whether a declaration speaks of an emission. */
export function covers(said: Emission, found: Emission): boolean {
  if (said.bus !== undefined && found.bus !== undefined && said.bus !== found.bus) return false;
  if (!said.event) return true;
  return said.event.source === found.event?.source && said.event.detailType === found.event?.detailType;
}

function forbidden(
  { bound, beyond }: Publisher,
  { source, detailType, bus }: Publisher['publications'][number],
  buses: Buses,
): boolean {
  return (
    bound !== undefined &&
    beyond.length === 0 &&
    !mayPublish(bound, { source, detailType, bus: bus === undefined ? '\uE0F0bus\uE0F1' : buses.arnOf(bus) })
  );
}

/** What the role allows beyond what is known, where not all is known. */
function restOf(publisher: Publisher, entry: boolean, buses: Buses): Emission[] {
  const { bound, read, unresolved, open, resource } = publisher;
  if (read?.closed) return [];
  const why = unresolved[0] ?? open[0]?.span;
  if (!bound) {
    if (unresolved.length === 0) return [];
    const evidence: Evidence = {
      kind: 'unknown',
      text: 'PutEvents with entries that its code does not tell',
      ...(why ? { span: why } : {}),
    };
    return emissionsOfGrant({ bus: '*', span: unresolved[0]! }, resource.id, entry, buses, evidence);
  }
  return bound.grants.flatMap((grant) => {
    const evidence: Evidence = { kind: 'iam', text: 'its role allows events:PutEvents', span: grant.span };
    return emissionsOfGrant(grant, resource.id, entry, buses, evidence);
  });
}

/** The proof that nothing is published, if there is one. */
function silenceOf({ bound, beyond, read, publications: found, roleSpan }: Publisher): Evidence | undefined {
  if (bound?.grants.length === 0 && beyond.length === 0)
    return {
      kind: 'iam',
      text: 'its role allows no events:PutEvents',
      ...(roleSpan ? { span: roleSpan } : {}),
    };
  if (!read?.closed || found.length > 0) return undefined;
  return read.what === 'definition'
    ? { kind: 'catalogue', text: 'no state of its definition publishes', span: read.span }
    : { kind: 'code', text: 'its code, followed to its end, publishes nothing', span: read.span };
}

function callsOf(publisher: ReturnType<typeof assess>, components: readonly Component[]): Called[] {
  const { resource, statements, machine } = publisher;
  if (!machine)
    return calledBy(statements, components).filter(({ component }) => component.id !== resource.id);
  return machine.calls.flatMap(({ text, span }): Called[] => {
    const component = components.find(
      ({ addresses }) => addresses.includes(text) || addresses.some((each) => text.startsWith(`${each}:`)),
    );
    return component ? [{ component, span }] : [];
  });
}

/** One route for each component that another calls. */
function routesOf({ resource, machine }: ReturnType<typeof assess>, calls: readonly Called[]): Route[] {
  const last = new Map(calls.map((call) => [call.component.id, call]));
  return [...last.values()].map((call) =>
    callRoute(resource.id, resource.logicalId, call, machine !== undefined),
  );
}

/** What others may do to each component; undefined where it is not known of one of them. */
function actionsOf(calls: readonly Called[], routes: readonly Route[]): Map<string, Set<string> | undefined> {
  const all = new Map<string, Set<string> | undefined>();
  for (const { component, actions } of calls) {
    const known = all.has(component.id) ? all.get(component.id) : new Set<string>();
    all.set(component.id, known && actions ? new Set([...known, ...actions]) : undefined);
  }
  // A delivery stream, a rule or a destination writes as it does.
  for (const { targets } of routes)
    for (const { to } of targets) if (to.kind === 'component') all.set(to.component, undefined);
  return all;
}
