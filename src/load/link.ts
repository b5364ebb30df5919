import { type Collector, type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import type { Span } from '../json/document.ts';
import { hasHole, printHoles } from '../json/holes.ts';
import { nearest } from '../json/nearest.ts';
import { type Bus, type BusId, defaultBus } from '../model/bus.ts';
import type { Component, ComponentId } from '../model/component.ts';
import type { Endpoint, Route, Target } from '../model/route.ts';
import type { TopologyParts } from '../model/topology.ts';
import { arnKey, kindOfAddress, nameKey, ownerOf, samePlace } from './addresses.ts';
import { busOfArn } from './bus-id.ts';
import { type Environment, parseArn } from './cloudformation/arn.ts';
import type { Draft, DraftRoute, DraftTarget, Place } from './draft.ts';

/** A template resource that is, or on being pointed at becomes, a component. */
export interface Addressable {
  readonly id: ComponentId;
  readonly addresses: readonly string[];
  declare(): Component;
}

export interface LinkInput {
  readonly drafts: readonly Draft[];
  readonly addressables: Iterable<Addressable>;
  readonly environment: Environment;
}

/**
 * Joins what several files declare: every bus reference becomes a bus, every address the component it names, in
 * whichever file that is declared. What nothing declares becomes a component that is only mentioned.
 */
export function link(input: LinkInput, collector: Collector): TopologyParts {
  const linker = new Linker(input);
  const routes = input.drafts.flatMap((draft) => draft.routes.map((route) => linker.route(route)));
  for (const { attempts } of input.drafts) for (const { of, count } of attempts) linker.attempts(of, count);
  collector.add(...linker.missingBuses());
  const components = [...linker.components.values()];
  return { buses: [...linker.buses.values()], routes, components, contracts: [], emissions: [] };
}

class Linker {
  readonly buses = new Map<BusId, Bus>();
  readonly components = new Map<ComponentId, Component>();
  private readonly environment: Environment;
  private readonly byId = new Map<ComponentId, Addressable>();
  private readonly byAddress = new Map<string, Addressable[]>();
  /** Texts that rules use for a bus; as the address of a target they are that bus too. */
  private readonly busTexts = new Set<string>();
  private readonly mentions = new Map<BusId, Place & { kind: 'bus' }>();

  constructor({ drafts, addressables, environment }: LinkInput) {
    this.environment = environment;
    this.buses.set(defaultBus, { id: defaultBus, kind: 'default', declared: true });
    for (const draft of drafts) {
      for (const bus of draft.buses) if (!this.buses.has(bus.id)) this.buses.set(bus.id, bus);
      for (const component of draft.components) this.components.set(component.id, component);
      for (const { from } of draft.routes) if (from.kind === 'bus') this.busTexts.add(from.reference);
    }
    for (const item of addressables) {
      this.byId.set(item.id, item);
      for (const text of item.addresses) {
        const key = arnKey(text) ?? text;
        const known = this.byAddress.get(key);
        if (known) known.push(item);
        else this.byAddress.set(key, [item]);
      }
    }
  }

  route(route: DraftRoute): Route {
    const from = this.endpoint(route.from, route.id);
    return { ...route, from, targets: route.targets.map((target) => this.target(target, route.id)) };
  }

  /** Of something that is not deployed from here nothing is kept: no rule reaches it. */
  attempts(of: Place, count: number): void {
    const place = this.endpoint(of, '');
    const component = place.kind === 'component' ? this.components.get(place.component) : undefined;
    if (component) this.components.set(component.id, { ...component, attempts: count });
  }

  /**
   * Literal bus names that nothing declares, where custom buses are declared: PutEvents to a bus that does not exist
   * succeeds and drops the event. Names that only the deployment knows may be buses of other stacks.
   */
  missingBuses(): Diagnostic[] {
    const declared = [...this.buses.values()].filter((bus) => bus.declared && bus.kind === 'custom');
    if (declared.length === 0) return [];
    const names = declared.map(({ id }) => printHoles(id));
    const found: Diagnostic[] = [];
    for (const [id, { span }] of this.mentions) {
      if (hasHole(id) || id.includes('/') || id.startsWith('aws.')) continue;
      const like = nearest(id, names) ?? null;
      // A name that came through a parameter is meant to be another stack's, unless it looks like one of these.
      if (like === null && !isWrittenAt(id, span)) continue;
      const params = { bus: id, declared: names.slice(0, 5).join(', '), nearest: like };
      found.push(finding('topology/missing-bus', params, { span }));
    }
    return found;
  }

  private target(target: DraftTarget, route: string): Target {
    return { ...target, to: this.endpoint(target.to, route) };
  }

  private endpoint(place: Place, route: string): Endpoint {
    switch (place.kind) {
      case 'bus':
        return { kind: 'bus', bus: this.bus(place) };
      case 'address':
        return this.address(place, route);
      default:
        return place;
    }
  }

  private bus(place: Place & { kind: 'bus' }): BusId {
    const { reference } = place;
    const id = busOfArn(reference, this.environment, (name) => this.isDeclared(name)) ?? reference;
    if (!this.buses.has(id)) {
      const kind = id.startsWith('aws.partner/') ? 'partner' : id.startsWith('v2/') ? 'v2' : 'custom';
      this.buses.set(id, { id, kind, declared: false });
      this.mentions.set(id, place);
    }
    return id;
  }

  private isDeclared(id: BusId): boolean {
    return this.buses.get(id)?.declared === true;
  }

  private address(place: Place & { kind: 'address' }, route: string): Endpoint {
    const { text, span, service } = place;
    const isBus = busOfArn(text, this.environment, (name) => this.isDeclared(name)) !== undefined;
    if (isBus || (this.busTexts.has(text) && hasHole(text))) {
      return { kind: 'bus', bus: this.bus({ kind: 'bus', reference: text, span }) };
    }
    const named = ownerOf(text, (id) => this.byId.has(id));
    const owner = this.lookUp(text, service, route) ?? this.byId.get(named ?? '');
    const component = owner ? this.declare(owner) : this.mention(text, service);
    return { kind: 'component', component };
  }

  /** The declared thing an address names; of several of one name, one in the route's own template. */
  private lookUp(text: string, service: string | undefined, route: string): Addressable | undefined {
    const arn = parseArn(text);
    const key = arnKey(text) ?? (service === undefined ? text : nameKey(text, service));
    const found = (this.byAddress.get(key) ?? []).filter(({ addresses }) =>
      addresses.some((other) => samePlace(arn, parseArn(other))),
    );
    const template = route.slice(0, route.lastIndexOf('#') + 1);
    return found.find(({ id }) => id.startsWith(template)) ?? found[0];
  }

  private declare(item: Addressable): ComponentId {
    if (!this.components.has(item.id)) this.components.set(item.id, item.declare());
    return item.id;
  }

  private mention(text: string, service: string | undefined): ComponentId {
    const arn = parseArn(text);
    const name = printHoles(arn ? arn.resource : text);
    const kind = arn || service === undefined ? kindOfAddress(text) : kindOfAddress(`arn:aws:${service}:::x`);
    const id = text;
    if (!this.components.has(id)) {
      this.components.set(id, { id, kind, name, addresses: [text], declared: false });
    }
    return id;
  }
}

/** Whether a text stands literally at a place, quotes aside, rather than being what a function there gives. */
function isWrittenAt(text: string, { document, start, end }: Span): boolean {
  return (
    document.text
      .slice(start, end)
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2') === text
  );
}
