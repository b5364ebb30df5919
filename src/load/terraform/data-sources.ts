import type { Span } from '../../json/document.ts';
import { parseEmbeddedJson } from '../../json/embedded.ts';
import { itemsOf, type Member, type Node, nodeAt } from '../../json/node.ts';
import { textNode } from '../cloudformation/values.ts';
import { encodedNode, isOpen, listNode, objectOf, textOfValue } from './hcl/nodes.ts';
import { sourceOf } from './kinds/kind.ts';
import type { Instance } from './model.ts';

type Read = (instance: Instance, attribute: string, span: Span) => Node | undefined;

/** What an attribute of a data source gives, where that can be told without asking AWS. */
export function dataValue(instance: Instance, attribute: string, span: Span): Node | undefined {
  return sources[instance.type]?.(instance, attribute, span);
}

const sources: Readonly<Record<string, Read>> = {
  aws_caller_identity: ({ environment }, attribute, span) =>
    attribute === 'account_id' || attribute === 'id' ? textNode(environment.account, span) : undefined,
  aws_region: ({ environment }, attribute, span) =>
    ['name', 'id', 'region'].includes(attribute) ? textNode(environment.region, span) : undefined,
  aws_partition: ({ environment }, attribute, span) =>
    attribute === 'partition' || attribute === 'id'
      ? textNode(environment.partition, span)
      : attribute === 'dns_suffix'
        ? textNode(environment.urlSuffix, span)
        : undefined,
  aws_iam_policy_document: (instance, attribute) =>
    attribute === 'json' || attribute === 'minified_json' ? policyDocument(instance) : undefined,
  // Resolved as templates write it: to what a loaded file stores there, if one does.
  aws_ssm_parameter: (instance, attribute, span) => {
    const name = textOfValue(instance.attribute('name'));
    return (attribute === 'value' || attribute === 'insecure_value') && name !== undefined
      ? textNode(`{{resolve:ssm:${name}}}`, span)
      : undefined;
  },
  // By its bare name, as templates of SAM have it: one of AWS's own, unless it is declared here.
  aws_iam_policy: (instance, attribute, span) => {
    const name = textOfValue(instance.attribute('name'));
    const { world } = instance.module;
    const own = world.all.some(
      (each) =>
        each.type === 'aws_iam_policy' &&
        each.mode === 'managed' &&
        textOfValue(each.attribute('name')) === name,
    );
    return attribute === 'arn' && name !== undefined && !own ? textNode(name, span) : undefined;
  },
  aws_cloudformation_export: (instance, attribute, span) => {
    const name = instance.attribute('name');
    return attribute === 'value' && name
      ? { kind: 'object', span, members: [{ key: 'Fn::ImportValue', keySpan: span, value: name }] }
      : undefined;
  },
};

/**
 * The policy that `aws_iam_policy_document` makes.
 *
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
function policyDocument(instance: Instance): Node {
  const own = itemsOf(instance.attribute('statement')).map(statement);
  const included = [
    'source_policy_documents',
    'override_policy_documents',
    'source_json',
    'override_json',
  ].flatMap((name) => {
    const given = instance.attribute(name);
    if (!given) return [];
    const documents = given.kind === 'array' ? given.items : [given];
    return documents.flatMap((document) => statementsIn(document));
  });
  const statements = listNode([...own, ...included], instance.span);
  return encodedNode(objectOf([['Statement', statements]], instance.span));
}

/** Statements of a document that is included; a document that is not known is a statement that is not. */
function statementsIn(document: Node): readonly Node[] {
  if (document.kind === 'null') return [];
  const read = document.kind === 'string' && !isOpen(document) ? parseEmbeddedJson(document).value : document;
  const found = nodeAt(read, 'Statement');
  return found?.kind === 'array' ? found.items : [found ?? document];
}

const words: readonly (readonly [from: string, to: string])[] = [
  ['actions', 'Action'],
  ['not_actions', 'NotAction'],
  ['resources', 'Resource'],
  ['not_resources', 'NotResource'],
];

function statement(node: Node): Node {
  if (node.kind !== 'object') return node;
  const source = sourceOf(node);
  const members: Member[] = [];
  const put = (key: string, value: Node | undefined): void => {
    if (value) members.push({ key, keySpan: value.span, value });
  };
  const effect = source('effect');
  put('Effect', effect && textOfValue(effect) !== '' ? effect : textNode('Allow', node.span));
  for (const [from, to] of words) {
    const value = source(from);
    if (value && !(value.kind === 'array' && value.items.length === 0)) put(to, value);
  }
  put('Principal', principals(source('principals')));
  put('Condition', conditions(source('condition'), node.span));
  return { kind: 'object', members, span: node.span };
}

function principals(node: Node | undefined): Node | undefined {
  if (node?.kind !== 'array' || node.items.length === 0) return node?.kind === 'array' ? undefined : node;
  const entries = node.items.flatMap((item): [string, Node][] => {
    const [type, identifiers] = [textOfValue(nodeAt(item, 'type')), nodeAt(item, 'identifiers')];
    return type !== undefined && identifiers ? [[type === '*' ? 'AWS' : type, identifiers]] : [];
  });
  return objectOf(entries, node.span);
}

function conditions(node: Node | undefined, span: Span): Node | undefined {
  if (node?.kind !== 'array') return node;
  const operators = new Map<string, [string, Node][]>();
  for (const item of node.items) {
    const [test, variable] = [textOfValue(nodeAt(item, 'test')), textOfValue(nodeAt(item, 'variable'))];
    // A condition of which something is not known is one nobody can count on.
    const values = nodeAt(item, 'values') ?? item;
    const operator = test ?? '?';
    operators.set(operator, [...(operators.get(operator) ?? []), [variable ?? '?', values]]);
  }
  if (operators.size === 0) return undefined;
  return objectOf(
    [...operators].map(([operator, keys]) => [operator, objectOf(keys, node.span)] as const),
    span,
  );
}
