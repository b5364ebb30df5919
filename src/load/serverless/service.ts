import { type Collector, finding } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../json/document.ts';
import { type Member, member, membersOf, type Node, nodeAt } from '../../json/node.ts';
import { serverlessResources, type Template, templateOf } from '../cloudformation/template.ts';
import { scalarText, textNode } from '../cloudformation/values.ts';
import { ServerlessVariables } from './variables.ts';

/**
 * The template a Serverless service stands for, as far as it can be told without the Framework: the fragments under
 * `resources`, and each function as a template resource of the type `Serverless::Function`. The Framework adds
 * others, so names may be declared that the files do not show.
 */
export function serverlessTemplate(
  document: Document,
  written: Node,
  fileAt: (path: string) => Node | undefined,
  collector: Collector,
): Template | undefined {
  const variables = new ServerlessVariables(written, document.path, fileAt);
  const root = variables.replace(written);
  const sections = new Map<string, Member>();
  for (const item of serverlessResources(root).flatMap(membersOf)) addSection(sections, item);
  const functions = functionResources(root);
  addSection(sections, {
    key: 'Resources',
    keySpan: root.span,
    value: { kind: 'object', span: root.span, members: functions },
  });
  if (member(root, 'service')) {
    const span = member(root, 'service')!.keySpan;
    collector.add(finding('template/best-effort', { variables: variables.unknown.size }, { span }));
  }
  const merged: Node = { kind: 'object', span: root.span, members: [...sections.values()] };
  return templateOf(document, merged, document.path, true);
}

function addSection(sections: Map<string, Member>, { key, keySpan, value }: Member): void {
  const known = sections.get(key)?.value;
  const merged =
    known?.kind === 'object' && value.kind === 'object'
      ? { ...known, members: [...known.members, ...value.members] }
      : value;
  sections.set(key, { key, keySpan, value: merged });
}

/** `functions` is an object, or a list of objects. */
function functionResources(root: Node): Member[] {
  const functions = nodeAt(root, 'functions');
  const parts = functions?.kind === 'array' ? functions.items : functions ? [functions] : [];
  const service = scalarText(nodeAt(root, 'service')) ?? 'service';
  const stage = scalarText(nodeAt(root, 'provider', 'stage')) ?? 'dev';
  // What the service says for all its functions, for whoever asks for their roles and variables.
  const surroundings = (['provider', 'plugins', 'custom'] as const).flatMap((name): Member[] => {
    const known = member(root, name);
    return known ? [{ ...known, key: `${name[0]!.toUpperCase()}${name.slice(1)}` }] : [];
  });
  return parts.flatMap(membersOf).flatMap(({ key, keySpan, value }) => {
    if (value.kind !== 'object') return [];
    const name = scalarText(nodeAt(value, 'name')) ?? `${service}-${stage}-${key}`;
    const named: Member = { key: 'FunctionName', keySpan, value: textNode(name, keySpan) };
    const properties: Node = { ...value, members: [named, ...value.members] };
    const type: Member = { key: 'Type', keySpan, value: textNode('Serverless::Function', keySpan) };
    const body: Member = { key: 'Properties', keySpan, value: properties };
    const node: Node = { kind: 'object', span: value.span, members: [type, body, ...surroundings] };
    return [{ key: `${normalized(key)}LambdaFunction`, keySpan, value: node }];
  });
}

/** The Framework's logical id of a function: `send-mail` is `SendDashmailLambdaFunction`. */
function normalized(name: string): string {
  const spelled = name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}
