import { itemsOf, membersOf, type Node, nodeAt } from '../../json/node.ts';
import { scalarText } from '../../load/cloudformation/values.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { property } from '../inventory.ts';

/** Environment variables by name; a value that is not known is undefined. */
export type Environment = ReadonlyMap<string, string | undefined>;

/** Where containers and builds list their variables: the path of the lists, `*` for each item. */
const lists: Readonly<Record<string, readonly string[]>> = {
  'AWS::ECS::TaskDefinition': ['ContainerDefinitions', '*', 'Environment'],
  'AWS::Batch::JobDefinition': ['ContainerProperties', 'Environment'],
  'AWS::CodeBuild::Project': ['Environment', 'EnvironmentVariables'],
};

/** The environment variables that the template gives to what a template resource runs. */
export function environmentOf(resource: TemplateResource): Environment {
  const path = lists[resource.type];
  if (path) return listed(nodesAt(property(resource), path));
  const own = property(resource, 'Environment', 'Variables') ?? property(resource, 'environment');
  const variables = new Map(membersOf(own).map(({ key, value }) => [key, scalarText(value)]));
  return resource.type === 'Serverless::Function'
    ? new Map([...providers(resource), ...variables])
    : variables;
}

/** Those of a Serverless service may also be the provider's. */
function providers(resource: TemplateResource): [string, string | undefined][] {
  const provider = nodeAt(resource.attributes, 'Provider', 'environment');
  return membersOf(provider).map(({ key, value }) => {
    const text = scalarText(value);
    return [key, text?.includes('${') ? undefined : text];
  });
}

/** Items `{ Name, Value }`. A name that containers of one task give different values is not known. */
function listed(nodes: readonly Node[]): Environment {
  const variables = new Map<string, string | undefined>();
  for (const item of nodes.flatMap(itemsOf)) {
    const name = scalarText(nodeAt(item, 'Name'));
    if (name === undefined) continue;
    const type = scalarText(nodeAt(item, 'Type')) ?? 'PLAINTEXT';
    const value = type === 'PLAINTEXT' ? scalarText(nodeAt(item, 'Value')) : undefined;
    variables.set(name, variables.has(name) && variables.get(name) !== value ? undefined : value);
  }
  return variables;
}

function nodesAt(node: Node | undefined, path: readonly string[]): Node[] {
  const [first, ...rest] = path;
  if (!node) return [];
  if (first === undefined) return [node];
  return first === '*'
    ? itemsOf(node).flatMap((item) => nodesAt(item, rest))
    : nodesAt(nodeAt(node, first), rest);
}
