import type { Document } from '../../json/document.ts';
import { itemsOf, member, membersOf, type Node, nodeAt, textOf } from '../../json/node.ts';
import { scalarText } from '../cloudformation/values.ts';

/** A resource or data source as a plan or a state has it. */
export interface Planned {
  readonly address: string;
  /** The address of its module; empty for the root module. */
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** The key of `for_each`, or the number of `count`. */
  readonly key: string | number | undefined;
  /** Its attributes; those that only the deployment decides are missing. */
  readonly values: Node | undefined;
  /** `true` where a value is not known yet. */
  readonly unknown: Node | undefined;
  /** The address, where it stands. */
  readonly span: Node['span'];
}

/** What `terraform show -json` tells of a plan or a state. */
export interface Plan {
  readonly document: Document;
  readonly root: Node;
  readonly resources: readonly Planned[];
  /** Values of the root module's variables. */
  readonly variables: ReadonlyMap<string, Node>;
  /** Undefined in a state. */
  readonly configuration: Node | undefined;
  /** Whether the plan says that parts of it are put off, or that it failed. */
  readonly partial: boolean;
}

const maxNesting = 100;

/** Whether a tree is the output of `terraform show -json`. */
export function isTerraform(root: Node): boolean {
  return (
    textOf(nodeAt(root, 'format_version')) !== undefined &&
    member(root, 'terraform_version') !== undefined &&
    (member(root, 'planned_values') !== undefined ||
      member(root, 'values') !== undefined ||
      member(root, 'configuration') !== undefined)
  );
}

/** The outline of a plan or a state. https://developer.hashicorp.com/terraform/internals/json-format */
export function planOf(document: Document, root: Node): Plan {
  const changes = new Map<string, Node>();
  for (const item of itemsOf(nodeAt(root, 'resource_changes'))) {
    const address = textOf(nodeAt(item, 'address'));
    const unknown = nodeAt(item, 'change', 'after_unknown');
    if (address !== undefined && unknown) changes.set(address, unknown);
  }
  const resources: Planned[] = [];
  const seen = new Set<string>();
  const visit = (module: Node | undefined, address: string, depth: number, mode?: string): void => {
    for (const item of itemsOf(nodeAt(module, 'resources'))) {
      const read = plannedOf(item, address, changes);
      if (!read || seen.has(read.address) || (mode !== undefined && read.mode !== mode)) continue;
      seen.add(read.address);
      resources.push(read);
    }
    if (depth >= maxNesting) return;
    for (const child of itemsOf(nodeAt(module, 'child_modules')))
      visit(child, textOf(nodeAt(child, 'address')) ?? address, depth + 1, mode);
  };
  visit(nodeAt(root, 'planned_values', 'root_module') ?? nodeAt(root, 'values', 'root_module'), '', 0);
  // Data sources that were read while the plan was made stand in the state before it.
  visit(nodeAt(root, 'prior_state', 'values', 'root_module'), '', 0, 'data');
  const variables = new Map<string, Node>();
  for (const { key, value } of membersOf(nodeAt(root, 'variables'))) {
    const node = nodeAt(value, 'value');
    if (node) variables.set(key, node);
  }
  return {
    document,
    root,
    resources,
    variables,
    configuration: nodeAt(root, 'configuration'),
    partial: flag(root, 'complete') === false || flag(root, 'errored') === true,
  };
}

function flag(root: Node, key: string): boolean | undefined {
  const node = nodeAt(root, key);
  return node?.kind === 'boolean' ? node.value : undefined;
}

function plannedOf(node: Node, module: string, changes: ReadonlyMap<string, Node>): Planned | undefined {
  const address = nodeAt(node, 'address');
  const [type, name] = [textOf(nodeAt(node, 'type')), textOf(nodeAt(node, 'name'))];
  if (address?.kind !== 'string' || type === undefined || name === undefined) return undefined;
  const index = nodeAt(node, 'index');
  const values = nodeAt(node, 'values');
  return {
    address: address.value,
    module,
    mode: textOf(nodeAt(node, 'mode')) === 'data' ? 'data' : 'managed',
    type,
    name,
    key: index?.kind === 'number' ? index.value : scalarText(index),
    values: values?.kind === 'object' ? values : undefined,
    unknown: changes.get(address.value),
    span: address.span,
  };
}
