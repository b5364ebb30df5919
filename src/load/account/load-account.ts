import { Collector, finding, type Outcome, outcome } from '../../diagnostic/diagnostic.ts';
import { hole } from '../../json/holes.ts';
import { type Node, nodeAt, type ObjectNode, textOf } from '../../json/node.ts';
import type { Component, ComponentKind } from '../../model/component.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import type { TopologyParts } from '../../model/topology.ts';
import { environmentOf } from '../cloudformation/arn.ts';
import { otherKindOf } from '../cloudformation/other-kinds.ts';
import type { Reading } from '../cloudformation/reading.ts';
import { resourceKinds } from '../cloudformation/resources/table.ts';
import { Draft } from '../draft.ts';
import { type Addressable, link } from '../link.ts';
import { Shape } from '../shape.ts';
import { declareBus, type Home } from './buses.ts';
import type { Deployed, Item } from './deployed.ts';
import { itemDocument } from './document.ts';
import { shownName } from './naming.ts';
import { policiesNotLookedAt } from './not-looked-at.ts';
import { unseenFindings } from './read-snapshot.ts';
import { accountKinds } from './services/table.ts';
import { type ApiItem, globalLists, regionLists, type Snapshot } from './snapshot.ts';

export interface LoadedAccount extends TopologyParts {
  /** Everything that was looked at, in the form of template resources: roles and policies too. */
  readonly resources: readonly TemplateResource[];
}

export interface AccountOptions {
  /** Whose buses go by their bare names: those of the snapshot's own first Region if not given. */
  readonly home?: Home;
  /** The folder that paths of code in the config count from. */
  readonly folder?: string;
}

/**
 * Loads what is deployed into a topology, by the same readers that templates go through: an answer of an API is brought
 * into the form of CloudFormation's properties first. Places are ARNs, with the answer as the text. Linear in the size of
 * the snapshot.
 */
export function loadAccount(snapshot: Snapshot, options: AccountOptions = {}): Outcome<LoadedAccount> {
  const collector = new Collector();
  collector.add(...unseenFindings(snapshot.unseen));
  const home = options.home ?? homeOf(snapshot);
  const environment = environmentOf(home);
  const loader = new Loader(snapshot.account, home, options.folder, collector);
  for (const each of snapshot.regions) {
    for (const list of regionLists) loader.add(list, each[list], each.region, each.names);
  }
  for (const list of globalLists) loader.add(list, snapshot[list], '', {});
  const parts = link({ drafts: [loader.draft], addressables: loader.addressables(), environment }, collector);
  return outcome({ ...parts, resources: loader.resources() }, collector.diagnostics);
}

/** The account of a snapshot and its first Region, or a Region that is preferred and there. */
export function homeOf({ account, regions }: Snapshot, preferred?: string): Home {
  const names = regions.map(({ region }) => region);
  const region = preferred !== undefined && names.includes(preferred) ? preferred : names[0];
  return { account, region: region ?? 'unknown' };
}

/** One thing, as the readers of template resources see it. */
interface Read {
  readonly reading: Reading;
  readonly addresses: readonly string[];
  readonly component: Component | undefined;
}

class Loader {
  readonly draft = new Draft();
  private readonly all = new Map<string, Read>();
  private readonly account: string;
  private readonly home: Home;
  private readonly folder: string | undefined;
  private readonly collector: Collector;

  constructor(account: string, home: Home, folder: string | undefined, collector: Collector) {
    this.account = account;
    this.home = home;
    this.folder = folder;
    this.collector = collector;
  }

  add(
    list: keyof typeof accountKinds,
    items: readonly ApiItem[],
    region: string,
    names: Snapshot['regions'][number]['names'],
  ): void {
    const kind = accountKinds[list];
    items.forEach((each, index) => {
      const key = kind.key.map((name) => each[name]).find((text) => typeof text === 'string' && text !== '');
      const node = itemDocument(typeof key === 'string' ? key : `${list}[${index}]`, each);
      const found = kind.read(new ItemOf(node));
      if (found.length === 0) this.refuse(`${list}[${index}]`, kind.key[0]!, node);
      for (const deployed of found) {
        const name = shownName(deployed.type, deployed.name, names[deployed.namedAfter ?? deployed.id]);
        if (!this.all.has(deployed.id)) this.read(deployed, region, name);
      }
    });
  }

  /** What others may name, and what it becomes when they do. */
  addressables(): Addressable[] {
    return [...this.all.values()].map(({ reading, addresses, component }) => ({
      id: reading.id,
      addresses,
      declare: () => component ?? componentOf(reading, addresses, otherKindOf(reading.resource.type)),
    }));
  }

  resources(): TemplateResource[] {
    const read = [...this.all.values()].map(({ reading: { id, resource }, addresses }) => ({
      id,
      template: '',
      logicalId: resource.logicalId,
      type: resource.type,
      addresses,
      attributes: resource.node,
      ...(this.folder === undefined ? {} : { folder: this.folder }),
      span: resource.span,
    }));
    return [...read, ...policiesNotLookedAt(this.account)];
  }

  private read(deployed: Deployed, region: string, name: string): void {
    // What a service wrote is not the user's to mend: it is shown, and nothing is said about it.
    const collector = deployed.managedBy === undefined ? this.collector : new Collector();
    const reading = readingOf(deployed, name, { account: this.account, region }, this.draft, collector);
    const kind = resourceKinds.get(deployed.type);
    const addresses = [...new Set([deployed.id, deployed.name, ...(deployed.addresses ?? [])])];
    const component =
      kind?.component === undefined ? undefined : componentOf(reading, addresses, kind.component);
    this.all.set(deployed.id, { reading, addresses, component });
    if (component) this.draft.components.push(component);
    if (deployed.type === 'AWS::Events::EventBus') {
      declareBus(reading, { account: this.account, region }, this.home);
      return;
    }
    const before = this.draft.routes.length;
    kind?.read?.(reading);
    if (deployed.type !== 'AWS::Events::Rule') return;
    const { managedBy } = deployed;
    const made = this.draft.routes.splice(before);
    this.draft.routes.push(...made.map((route) => ({ ...route, name, ...(managedBy ? { managedBy } : {}) })));
  }

  private refuse(where: string, key: string, node: Node): void {
    const expected = `an answer with ${key} and what belongs to it`;
    const params = { where, expected, found: 'one without' };
    this.collector.add(finding('snapshot/shape', params, { span: node.span }));
  }
}

function readingOf(
  { id, type, name: physicalName, properties }: Deployed,
  name: string,
  place: { readonly account: string; readonly region: string },
  draft: Draft,
  collector: Collector,
): Reading {
  const { span } = properties;
  const member = { key: 'Properties', keySpan: span, value: properties };
  const node: ObjectNode = { kind: 'object', span, members: [member] };
  return {
    template: '',
    resource: { logicalId: name, type, node, span, keySpan: span },
    id,
    properties: new Shape(properties, name, span, collector),
    physical: {
      name: physicalName,
      arn: id,
      environment: environmentOf(place),
      unknown: (attribute) => hole(`${attribute} of ${id}`),
    },
    draft,
    collector,
  };
}

function componentOf(reading: Reading, addresses: readonly string[], kind: ComponentKind): Component {
  const { id, resource, properties } = reading;
  return {
    id,
    kind,
    name: resource.logicalId,
    type: resource.type,
    addresses,
    declared: true,
    ...(properties.node ? { properties: properties.node } : {}),
    span: resource.span,
  };
}

class ItemOf implements Item {
  readonly node: Node;

  constructor(node: Node) {
    this.node = node;
  }

  at(...path: readonly (string | number)[]): Node | undefined {
    const node = nodeAt(this.node, ...path);
    return node?.kind === 'null' ? undefined : node;
  }

  text(...path: readonly string[]): string | undefined {
    return textOf(this.at(...path)) || undefined;
  }
}
