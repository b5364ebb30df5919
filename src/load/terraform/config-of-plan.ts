import type { Span } from '../../json/document.ts';
import { itemsOf, member, membersOf, type Node, nodeAt, textOf } from '../../json/node.ts';
import type { ModuleCall, ModuleConfig, ResourceConfig } from './config.ts';
import { resourceKey } from './config.ts';
import type { Attribute, Block, Body, Expression } from './hcl/syntax.ts';

const maxNesting = 50;

/**
 * The root module as the `configuration` of a plan tells it: constants, and for everything else the names it refers to.
 *
 * https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
 */
export function configOfPlan(configuration: Node | undefined): ModuleConfig | undefined {
  const root = nodeAt(configuration, 'root_module');
  if (root?.kind !== 'object') return undefined;
  const providers = new Map<string, Body>();
  for (const { key, value } of membersOf(nodeAt(configuration, 'provider_config')))
    providers.set(key, bodyOf(nodeAt(value, 'expressions'), 0));
  return moduleOf(root, providers, 0);
}

function moduleOf(module: Node, providers: ReadonlyMap<string, Body>, depth: number): ModuleConfig {
  const expressions = (name: string, ...path: string[]): Map<string, Expression> =>
    new Map(
      membersOf(nodeAt(module, name)).flatMap(({ key, value }) => {
        const read = expressionOf(nodeAt(value, ...path));
        return read ? [[key, read] as const] : [];
      }),
    );
  const resources = new Map<string, ResourceConfig>();
  for (const item of itemsOf(nodeAt(module, 'resources'))) {
    const resource = resourceOf(item);
    if (resource) resources.set(resourceKey(resource.mode, resource.type, resource.name), resource);
  }
  const calls = new Map<string, ModuleCall>();
  for (const { key, keySpan, value } of membersOf(nodeAt(module, 'module_calls')))
    calls.set(key, callOf(key, keySpan, value, providers, depth));
  const variables = new Map(
    membersOf(nodeAt(module, 'variables')).map(({ key, value }) => {
      const node = nodeAt(value, 'default');
      return [key, node && constant(node)] as const;
    }),
  );
  return {
    folder: undefined,
    resources,
    variables,
    locals: new Map(),
    outputs: expressions('outputs', 'expression'),
    calls,
    providers,
  };
}

function resourceOf(node: Node): ResourceConfig | undefined {
  const [type, name] = [textOf(nodeAt(node, 'type')), textOf(nodeAt(node, 'name'))];
  if (type === undefined || name === undefined) return undefined;
  return {
    mode: textOf(nodeAt(node, 'mode')) === 'data' ? 'data' : 'managed',
    type,
    name,
    body: bodyOf(nodeAt(node, 'expressions'), 0),
    count: expressionOf(nodeAt(node, 'count_expression')),
    forEach: expressionOf(nodeAt(node, 'for_each_expression')),
    // Within a module it has the module's address before it.
    provider: textOf(nodeAt(node, 'provider_config_key')),
    span: node.span,
    head: member(node, 'address')?.value.span ?? node.span,
  };
}

function callOf(
  name: string,
  span: Span,
  node: Node,
  providers: ReadonlyMap<string, Body>,
  depth: number,
): ModuleCall {
  const inputs = new Map<string, Expression>();
  for (const { key, value } of membersOf(nodeAt(node, 'expressions'))) {
    const read = expressionOf(value);
    if (read) inputs.set(key, read);
  }
  const module = nodeAt(node, 'module');
  return {
    name,
    source: textOf(nodeAt(node, 'source')),
    inputs,
    count: expressionOf(nodeAt(node, 'count_expression')),
    forEach: expressionOf(nodeAt(node, 'for_each_expression')),
    providers: new Map(),
    span,
    config:
      module?.kind === 'object' && depth < maxNesting ? moduleOf(module, providers, depth + 1) : undefined,
  };
}

/** `{constant_value}` or `{references}`; undefined for anything else. */
function expressionOf(node: Node | undefined): Expression | undefined {
  const value = nodeAt(node, 'constant_value');
  if (value) return constant(value);
  const references = nodeAt(node, 'references');
  if (!node || references?.kind !== 'array') return undefined;
  const to = references.items.flatMap((item) => textOf(item) ?? []);
  return { kind: 'references', to, span: node.span };
}

function constant(node: Node): Expression {
  return { kind: 'value', node, span: node.span };
}

/** An expression is told from a block by what is in it; blocks stand in lists, or alone. */
function bodyOf(node: Node | undefined, depth: number): Body {
  const attributes = new Map<string, Attribute>();
  const blocks: Block[] = [];
  if (depth < maxNesting)
    for (const { key, keySpan, value } of membersOf(node)) {
      const read = expressionOf(value);
      if (read) attributes.set(key, { name: key, nameSpan: keySpan, value: read });
      else
        for (const item of value.kind === 'array' ? value.items : [value])
          if (item.kind === 'object' && item.members.length > 0)
            blocks.push({
              type: key,
              labels: [],
              body: bodyOf(item, depth + 1),
              head: keySpan,
              span: item.span,
            });
    }
  return { attributes, blocks };
}
