import { type Collector, finding } from '../../diagnostic/diagnostic.ts';
import { mayEqual, printHoles } from '../../json/holes.ts';
import type { Member, Node } from '../../json/node.ts';
import { parseArn } from '../cloudformation/arn.ts';
import { pick } from '../cloudformation/identity.ts';
import { resourceKinds } from '../cloudformation/resources/table.ts';
import { textNode, unknownNode } from '../cloudformation/values.ts';
import { textOfValue } from './hcl/nodes.ts';
import type { Instance } from './model.ts';

/** A Terraform resource as a template resource. */
export interface Mapped {
  readonly instance: Instance;
  type: string;
  readonly properties: Map<string, Member>;
  readonly metadata: readonly Member[];
  /** Whether it only adds something to another one. */
  joined: boolean;
}

/** How the type of a resource adds itself to another. */
interface Join {
  /** CloudFormation's type of the other one, and its property for the name. */
  readonly to: string;
  readonly name: string;
  /** The attribute that names it. */
  readonly by: string;
  add(owner: Mapped, part: Mapped): void;
}

const joins: Readonly<Record<string, Join>> = {
  'Terraform::QueueRedrivePolicy': { to: 'AWS::SQS::Queue', name: 'QueueName', by: 'queue_url', add: take },
  'Terraform::BucketNotification': {
    to: 'AWS::S3::Bucket',
    name: 'BucketName',
    by: 'bucket',
    add: (owner, { properties, instance }) => {
      const value: Node = { kind: 'object', span: instance.span, members: [...properties.values()] };
      put(owner, 'NotificationConfiguration', value);
    },
  },
  'Terraform::TableStreaming': {
    to: 'AWS::DynamoDB::Table',
    name: 'TableName',
    by: 'table_name',
    add: take,
  },
};

/**
 * Adds resources that only say something about another one to that one: targets to rules, policies to roles, and so
 * on. The other one may be of another root module. One that is not loaded is stood for by the part that names it.
 */
export function joinResources(all: readonly Mapped[], collector: Collector): void {
  const index = new Index(all);
  for (const part of all) {
    const { instance } = part;
    if (part.type === 'Terraform::EventTarget') addTarget(part, index, collector);
    else if (part.type === 'Terraform::RolePolicyAttachment') attach(part, index);
    const join = joins[part.type];
    if (!join) continue;
    const named = instance.attribute(join.by);
    const owner = index.find(join.to, textOfValue(named), instance);
    if (owner) {
      join.add(owner, part);
      part.joined = true;
      continue;
    }
    const own = new Map(part.properties);
    part.properties.clear();
    part.type = join.to;
    if (named) put(part, join.name, named);
    join.add(part, { ...part, properties: own });
  }
}

function addTarget(part: Mapped, index: Index, collector: Collector): void {
  const { instance, properties } = part;
  part.joined = true;
  const rule = instance.attribute('rule');
  const bus = textOfValue(instance.attribute('event_bus_name'));
  const owner = index.rule(textOfValue(rule), bus, instance);
  if (!owner) {
    const params = { target: instance.address, rule: printHoles(textOfValue(rule) ?? 'unknown') };
    collector.add(finding('template/target-of-unknown-rule', params, { span: rule?.span ?? instance.head }));
    return;
  }
  if (textOfValue(properties.get('Id')?.value) === undefined || isHole(properties.get('Id')?.value))
    put(part, 'Id', textNode(instance.address, instance.head));
  if (!properties.has('Arn')) put(part, 'Arn', unknownNode(`arn of ${instance.address}`, instance.head));
  const target: Node = { kind: 'object', span: instance.span, members: [...properties.values()] };
  const known = owner.properties.get('Targets')?.value;
  const items = known?.kind === 'array' ? known.items : [];
  put(owner, 'Targets', { kind: 'array', span: instance.span, items: [...items, target] });
}

function isHole(node: Node | undefined): boolean {
  return node?.kind === 'string' && node.value.includes('\uE0F0');
}

/** A policy that is attached to one role, or to several. */
function attach(part: Mapped, index: Index): void {
  const policy = part.properties.get('PolicyArn')?.value;
  const roles = part.properties.get('Roles')?.value;
  const one = part.properties.get('Role')?.value;
  const named = roles?.kind === 'array' ? roles.items : [roles ?? one];
  part.joined = true;
  if (!policy) return;
  for (const role of named) {
    const owner = index.find('AWS::IAM::Role', textOfValue(role), part.instance);
    if (!owner) continue;
    const known = owner.properties.get('ManagedPolicyArns')?.value;
    // A list that is not known may hold anything, and more cannot be said of it.
    if (known && known.kind !== 'array') continue;
    put(owner, 'ManagedPolicyArns', {
      kind: 'array',
      span: known?.span ?? policy.span,
      items: [...(known?.items ?? []), policy],
    });
  }
}

function take(owner: Mapped, { properties }: Mapped): void {
  for (const [key, { value }] of properties) put(owner, key, value);
}

export function put({ properties }: Pick<Mapped, 'properties'>, key: string, value: Node): void {
  properties.set(key, { key, keySpan: value.span, value });
}

/** Template resources by every text that may name them. */
class Index {
  private readonly byText = new Map<string, Mapped[]>();
  private readonly rules = new Map<string, Mapped[]>();

  constructor(all: readonly Mapped[]) {
    for (const mapped of all) {
      const { instance, type } = mapped;
      const { physical } = instance;
      if (instance.mode !== 'managed' || !physical) continue;
      if (type === 'AWS::Events::Rule') push(this.rules, physical.name, mapped);
      const ref = resourceKinds.get(type)?.identity?.ref;
      const texts = new Set([
        physical.name,
        physical.arn,
        ...(ref === undefined ? [] : [pick(ref, physical)]),
      ]);
      for (const name of ['arn', 'id', 'url']) {
        const text = textOfValue(instance.attribute(name));
        if (text !== undefined) texts.add(text);
      }
      for (const text of texts) push(this.byText, `${type} ${text}`, mapped);
    }
  }

  /** One of the same root module first. */
  find(type: string, text: string | undefined, from: Instance): Mapped | undefined {
    const found = text === undefined ? [] : (this.byText.get(`${type} ${text}`) ?? []);
    return nearest(found, from);
  }

  /** A rule by its name, or by its id, which is `bus/name` unless the bus is the default one. */
  rule(text: string | undefined, bus: string | undefined, from: Instance): Mapped | undefined {
    if (text === undefined) return undefined;
    const candidates = [
      ...(this.rules.get(text) ?? []),
      ...(this.rules.get(text.replace(/^.*\//s, '')) ?? []),
    ];
    const of = candidates.filter(({ properties }) =>
      sameBus(textOfValue(properties.get('EventBusName')?.value), bus),
    );
    return nearest(of.length > 0 ? of : candidates.filter((each) => mayBeBus(each, bus)), from);
  }
}

function mayBeBus({ properties }: Mapped, bus: string | undefined): boolean {
  const own = textOfValue(properties.get('EventBusName')?.value);
  return mayEqual(busName(own), busName(bus)) !== 'no';
}

function sameBus(a: string | undefined, b: string | undefined): boolean {
  return busName(a) === busName(b);
}

function busName(text: string | undefined): string {
  if (text === undefined || text === '') return 'default';
  return parseArn(text)?.resource.replace(/^event-bus\//, '') ?? text;
}

function nearest(found: readonly Mapped[], from: Instance): Mapped | undefined {
  const own = found.find(
    ({ instance }) => instance.module.world === from.module.world && instance.module === from.module,
  );
  return own ?? found.find(({ instance }) => instance.module.world === from.module.world) ?? found[0];
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const known = map.get(key);
  if (known) known.push(item);
  else map.set(key, [item]);
}
