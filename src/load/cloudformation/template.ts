import type { Document, Span } from '../../json/document.ts';
import { itemsOf, member, membersOf, type Node, nodeAt, type ObjectNode, textOf } from '../../json/node.ts';
import type { Environment } from './arn.ts';

/** A CloudFormation template as it is written: nothing in it is resolved yet. */
export interface Template {
  /** The path of its file; a nested stack that stands a second time has the instance's name behind it. */
  readonly id: string;
  readonly document: Document;
  readonly root: ObjectNode;
  /** The object under `Resources`. */
  readonly resources: ObjectNode;
  readonly transforms: readonly string[];
  /**
   * Whether names may come from elsewhere: macros, included fragments and modules add template resources that the
   * file does not show, and so does the Serverless Framework to its `resources`.
   */
  readonly open: boolean;
  /** Whether its values are texts with holes already: of the functions only imports are left to resolve. */
  readonly resolved?: boolean;
  /** The account and Region it goes to, as far as it says so itself. */
  readonly environment?: Environment;
}

/** One entry of `Resources`. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly type: string;
  readonly node: ObjectNode;
  /** The key and the body. */
  readonly span: Span;
  readonly keySpan: Span;
}

export const samTransform = 'AWS::Serverless-2016-10-31';
const harmlessTransforms: ReadonlySet<string> = new Set([
  samTransform,
  'AWS::LanguageExtensions',
  'AWS::CodeDeployBlueGreen',
  'AWS::SecretsManager-2020-07-23',
  'AWS::SecretsManager-2024-09-16',
]);

/** Whether a tree has `Resources` that look like CloudFormation's. */
export function isCloudFormation(node: Node): boolean {
  const resources = nodeAt(node, 'Resources');
  if (resources?.kind !== 'object') return false;
  if (member(node, 'AWSTemplateFormatVersion') || member(node, 'Transform')) return true;
  return resources.members.some(({ key, value }) => {
    const type = textOf(nodeAt(value, 'Type'));
    return type?.includes('::') === true || key.startsWith('Fn::');
  });
}

/** Whether a tree is a `serverless.yml`, or a part of one: `resources` with `Resources` in it. */
export function isServerless(node: Node): boolean {
  if (member(node, 'service') && (member(node, 'provider') || member(node, 'functions'))) return true;
  return serverlessResources(node).length > 0;
}

/** The `Resources` trees under a Serverless service's `resources`, which may be a list. */
export function serverlessResources(node: Node): Node[] {
  const resources = nodeAt(node, 'resources');
  const parts = resources?.kind === 'array' ? resources.items : resources ? [resources] : [];
  return parts.filter(isCloudFormation);
}

/** Reads the outline of a template. Undefined when the tree has no `Resources`. */
export function templateOf(document: Document, root: Node, id: string, open = false): Template | undefined {
  const resources = nodeAt(root, 'Resources');
  if (root.kind !== 'object' || resources?.kind !== 'object') return undefined;
  const transform = nodeAt(root, 'Transform');
  const named = transform?.kind === 'array' ? itemsOf(transform) : transform ? [transform] : [];
  const transforms = named.map((item) => textOf(item) ?? textOf(nodeAt(item, 'Name')) ?? '?');
  const grows =
    transforms.some((name) => !harmlessTransforms.has(name)) ||
    member(resources, 'Fn::Transform') !== undefined ||
    member(root, 'Fn::Transform') !== undefined ||
    resources.members.some(({ value }) => textOf(nodeAt(value, 'Type'))?.endsWith('::MODULE'));
  return { id, document, root, resources, transforms, open: open || grows };
}

/** The entry of `Resources`, or undefined when it has no type and so is not one. */
export function resourceOf(logicalId: string, node: Node, keySpan: Span): TemplateResource | undefined {
  const type = textOf(nodeAt(node, 'Type'));
  if (node.kind !== 'object' || type === undefined) return undefined;
  const span = {
    document: keySpan.document,
    start: keySpan.start,
    end: Math.max(keySpan.end, node.span.end),
  };
  return { logicalId, type, node, span, keySpan };
}

/** A section such as `Parameters`: its members by key. */
export function section(template: Template, name: string): ReadonlyMap<string, Node> {
  return new Map(membersOf(nodeAt(template.root, name)).map(({ key, value }) => [key, value]));
}
