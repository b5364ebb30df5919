import { type Member, type Node, nodeAt } from '../../../json/node.ts';
import type { Identity } from '../../cloudformation/identity.ts';

/** One type of Terraform resource, as the CloudFormation type that means the same. */
export interface TerraformKind {
  readonly type: string;
  readonly as: string;
  /** CloudFormation's properties, by what they are made of. */
  readonly properties: Specs;
  /** What attributes give beside `arn` and `id`; `id`, where it is not what `Ref` gives. */
  readonly refers?: Readonly<Record<string, Identity['ref']>>;
}

export type Specs = Readonly<Record<string, Spec>>;

/**
 * What a property is made of: the attribute at a path; each item of a block; several attributes; or whatever a
 * function makes. A block that stands at most once is a list with one item, which paths lead through.
 */
export type Spec =
  | string
  | { readonly list: string; readonly of: Specs }
  | { readonly of: Specs; readonly in?: string }
  | ((source: Source) => Node | undefined);

/** The attribute at a path. */
export type Source = (path: string) => Node | undefined;

/** The properties that an object's attributes make. */
export function shaped(specs: Specs, source: Source, around: Node['span']): Node & { kind: 'object' } {
  const members: Member[] = [];
  for (const [key, spec] of Object.entries(specs)) {
    const value = made(spec, source, around);
    if (value && value.kind !== 'null') members.push({ key, keySpan: value.span, value });
  }
  return { kind: 'object', members, span: around };
}

function made(spec: Spec, source: Source, around: Node['span']): Node | undefined {
  if (typeof spec === 'string') return source(spec);
  if (typeof spec === 'function') return spec(source);
  if ('list' in spec) {
    const items = source(spec.list);
    if (items?.kind !== 'array') return items;
    return { ...items, items: items.items.map((item) => shaped(spec.of, sourceOf(item), item.span)) };
  }
  const inner = spec.in === undefined ? undefined : first(source(spec.in));
  if (spec.in !== undefined && inner?.kind !== 'object') return inner;
  const object = shaped(spec.of, inner ? sourceOf(inner) : source, inner?.span ?? around);
  const [only] = object.members;
  if (!only) return undefined;
  return inner ? object : { ...object, span: only.value.span };
}

/** The attributes of an object as a source. */
export function sourceOf(node: Node): Source {
  return (path) => along(node, path.split('.'));
}

/** Follows a path through blocks that stand once. */
export function along(node: Node | undefined, path: readonly string[]): Node | undefined {
  let current = node;
  for (const step of path)
    current =
      /^[0-9]+$/.test(step) && current?.kind === 'array'
        ? current.items[Number(step)]
        : nodeAt(first(current), step);
  return current?.kind === 'null' ? undefined : current;
}

function first(node: Node | undefined): Node | undefined {
  return node?.kind === 'array' ? node.items[0] : node;
}

/** The first of several attributes that is there. */
export function either(...paths: readonly string[]): Spec {
  return (source) => {
    for (const path of paths) {
      const node = source(path);
      if (node && !(node.kind === 'string' && node.value === '')) return node;
    }
    return undefined;
  };
}
