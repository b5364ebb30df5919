import { type Member, member, membersOf, type Node, nodeAt, type ObjectNode } from '../../../json/node.ts';
import type { TemplateResource } from '../template.ts';

const sectionOf: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'Function',
  'AWS::Serverless::Api': 'Api',
  'AWS::Serverless::HttpApi': 'HttpApi',
  'AWS::Serverless::SimpleTable': 'SimpleTable',
  'AWS::Serverless::StateMachine': 'StateMachine',
  'AWS::Serverless::LayerVersion': 'LayerVersion',
};

/**
 * A SAM resource with the template's `Globals` in its properties: objects are merged, lists appended, everything
 * else is the resource's own where it has one.
 *
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
export function withGlobals(resource: TemplateResource, root: Node): TemplateResource {
  const name = sectionOf[resource.type];
  const globals = name === undefined ? undefined : nodeAt(root, 'Globals', name);
  if (globals?.kind !== 'object') return resource;
  const own = member(resource.node, 'Properties');
  const merged = own ? merge(globals, own.value) : globals;
  const properties: Member = { key: 'Properties', keySpan: own?.keySpan ?? resource.keySpan, value: merged };
  const others = resource.node.members.filter(({ key }) => key !== 'Properties');
  const node: ObjectNode = { ...resource.node, members: [...others, properties] };
  return { ...resource, node };
}

function merge(global: Node, local: Node): Node {
  if (isFunction(global) || isFunction(local)) return local;
  if (global.kind === 'array' && local.kind === 'array') {
    return { ...local, items: [...global.items, ...local.items] };
  }
  if (global.kind !== 'object' || local.kind !== 'object') return local;
  const kept = global.members.filter(({ key }) => !member(local, key));
  const members = local.members.map((item) => {
    const inherited = member(global, item.key);
    return inherited ? { ...item, value: merge(inherited.value, item.value) } : item;
  });
  return { ...local, members: [...kept, ...members] };
}

/** `{"Fn::If": …}` and the like are one value, not an object to merge into. */
function isFunction(node: Node): boolean {
  const [only, second] = membersOf(node);
  return only !== undefined && second === undefined && /^(?:Ref$|Fn::)/.test(only.key);
}
