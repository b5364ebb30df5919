import type { Span } from '../../json/document.ts';
import { hole } from '../../json/holes.ts';
import { member, type Node } from '../../json/node.ts';
import type { Environment } from '../cloudformation/arn.ts';
import { knownAttribute, type Physical, pick } from '../cloudformation/identity.ts';
import { resourceKinds } from '../cloudformation/resources/table.ts';
import { textNode } from '../cloudformation/values.ts';
import type { ResourceConfig } from './config.ts';
import { dataValue } from './data-sources.ts';
import { isOpen, objectOf, textOfValue, usedAt } from './hcl/nodes.ts';
import { type TerraformKind, terraformKinds } from './kinds/table.ts';
import { merged } from './merge.ts';
import type { Instance, Key, Module, Own } from './model.ts';
import type { Planned } from './planned.ts';
import { isReference } from './references.ts';
import { attributeOf } from './written.ts';

/** One instance of a `resource` or `data` block. */
export class ResourceInstance implements Instance {
  readonly module: Module;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: Key | undefined;
  readonly address: string;
  readonly config: ResourceConfig | undefined;
  readonly planned: Planned | undefined;
  readonly conditional: boolean;
  private readonly attributes = new Map<string, Node | undefined>();
  private readonly busy = new Set<string>();
  private named: Physical | undefined;

  constructor(
    module: Module,
    config: ResourceConfig | undefined,
    planned: Planned | undefined,
    identity: Pick<ResourceConfig, 'mode' | 'type' | 'name'>,
    key: Key | undefined,
    conditional = false,
  ) {
    this.module = module;
    this.config = config;
    this.planned = planned;
    this.mode = identity.mode;
    this.type = identity.type;
    this.name = identity.name;
    this.key = key;
    this.conditional = conditional;
    this.address = planned?.address ?? addressOf(module.address, identity, key);
  }

  get head(): Span {
    return this.config && this.module.config?.folder !== undefined
      ? this.config.head
      : (this.planned?.span ?? this.config!.head);
  }

  get span(): Span {
    return this.config && this.module.config?.folder !== undefined ? this.config.span : this.head;
  }

  get kind(): TerraformKind | undefined {
    return terraformKinds.get(this.type);
  }

  get environment(): Environment {
    return this.module.world.environmentOf(this.module, this.config);
  }

  attribute(name: string): Node | undefined {
    if (this.attributes.has(name)) return this.attributes.get(name);
    if (this.busy.has(name) || this.module.world.depth > 200) return this.hole(name, this.head);
    this.busy.add(name);
    this.module.world.depth++;
    try {
      const value = this.read(name);
      this.attributes.set(name, value);
      return value;
    } finally {
      this.module.world.depth--;
      this.busy.delete(name);
    }
  }

  reference(name: string, span: Span): Node {
    const own = this.attribute(name);
    if (own && !isOpen(own)) return usedAt(own, span);
    const told = this.mode === 'data' ? dataValue(this, name, span) : undefined;
    if (told) return told;
    // Text that is put together from what is not known yet is what it is; an address is better told by the name.
    const identified = this.identified(name);
    if (identified !== undefined) return textNode(identified, span);
    return own ? usedAt(own, span) : this.hole(name, span);
  }

  whole(span: Span): Node {
    const names = new Set(['id', 'arn', 'name', ...Object.keys(this.kind?.refers ?? {})]);
    for (const name of this.config?.body.attributes.keys() ?? []) names.add(name);
    return objectOf(
      [...names].map((name) => [name, this.reference(name, span)] as const),
      span,
    );
  }

  get physical(): Physical | undefined {
    if (this.named) return this.named;
    const { kind } = this;
    const identity = kind && resourceKinds.get(kind.as)?.identity;
    if (!identity) return undefined;
    const unknown = (attribute: string): string => hole(`${this.key0}.${attribute}`);
    const nameText = this.nameText;
    const name = nameText === undefined || nameText === '' ? hole(this.key0) : nameText;
    const { environment } = this;
    this.named = { name, arn: identity.arn(name, environment, unknown), environment, unknown };
    return this.named;
  }

  private get key0(): string {
    return `res:${this.module.world.id}#${this.address}`;
  }

  private get nameText(): string | undefined {
    const { kind } = this;
    const property = kind && resourceKinds.get(kind.as)?.identity?.nameProperty;
    const from = property === undefined ? undefined : kind?.properties[property];
    return typeof from === 'string' ? textOfValue(this.attribute(from)) : undefined;
  }

  /** Names and ARNs as the provider makes them of what is known. */
  private identified(name: string): string | undefined {
    const { kind, physical } = this;
    const identity = kind && resourceKinds.get(kind.as)?.identity;
    if (!identity || !physical) return undefined;
    const which = kind.refers?.[name];
    if (which !== undefined) return pick(which, physical);
    if (name === 'arn') return physical.arn;
    if (name === 'id') return pick(identity.ref, physical);
    const property = Object.entries(kind.properties).find(([, from]) => from === name)?.[0];
    if (property !== undefined && property === identity.nameProperty) return physical.name;
    return property === undefined ? undefined : knownAttribute(identity, physical, property);
  }

  private read(name: string): Node | undefined {
    const { planned } = this;
    const written = this.written(name);
    if (!planned) return written;
    const otherwise = (): Node => this.hole(name, this.head);
    const unknown = member(planned.unknown, name)?.value;
    // What nobody wrote the provider makes up: as an argument it is not there.
    if (!written && this.config && !this.isWritten(name) && unknown?.kind === 'boolean' && unknown.value)
      return undefined;
    return merged(member(planned.values, name)?.value, unknown, written, otherwise);
  }

  private isWritten(name: string): boolean {
    const { attributes, blocks } = this.config!.body;
    return (
      attributes.has(name) ||
      blocks.some(({ type, labels }) => (type === 'dynamic' ? labels[0] : type) === name)
    );
  }

  private written(name: string): Node | undefined {
    const { config, module, address, key } = this;
    if (!config) return undefined;
    const own: Own = { address, key, forEach: config.forEach, attribute: name };
    const given = config.body.attributes.get(name);
    // What a plan refers to is the value only where a value names something else.
    if (given?.value.kind === 'references' && !isReference(name, this.nameAttribute)) return undefined;
    return attributeOf(config.body, name, module, own);
  }

  /** The attribute that names the resource itself. */
  private get nameAttribute(): string | undefined {
    const { kind } = this;
    const identity = kind && resourceKinds.get(kind.as)?.identity;
    const property = identity?.borrowed ? undefined : identity?.nameProperty;
    const from = property === undefined ? undefined : kind?.properties[property];
    return typeof from === 'string' ? from : undefined;
  }

  private hole(attribute: string, span: Span): Node {
    const key = this.mode === 'data' ? `${this.module.world.id}#${this.address}` : this.key0;
    return textNode(hole(`${key}.${attribute}`), span);
  }
}

function addressOf(
  module: string,
  { mode, type, name }: Pick<ResourceConfig, 'mode' | 'type' | 'name'>,
  key: Key | undefined,
): string {
  const own = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
  return `${module === '' ? '' : `${module}.`}${own}${keyText(key)}`;
}

/** `["a"]`, `[0]`, or nothing. */
export function keyText(key: Key | undefined): string {
  if (key === undefined) return '';
  return typeof key === 'number' ? `[${key}]` : `[${JSON.stringify(key)}]`;
}
