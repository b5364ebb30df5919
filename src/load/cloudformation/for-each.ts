import type { Member, Node, ObjectNode } from '../../json/node.ts';
import { scalarText } from './values.ts';

const loopKey = /^Fn::ForEach(?:::|$)/;

function isLoop(key: string): boolean {
  return loopKey.test(key);
}

export interface LoopContext {
  resolve(node: Node): Node | undefined;
  /** Takes some work from the budget; false when none is left. */
  spend(steps: number): boolean;
  /** Called when the values of a loop are not known, so that its members are not either. */
  unknownLoop(member: Member): void;
}

/**
 * The members of an object with its `Fn::ForEach::Name: [Identifier, Values, Template]` loops written out: for each
 * value the template's members, with `${Identifier}`, `&{Identifier}` and `{"Ref": "Identifier"}` replaced.
 */
export function expandLoops(node: ObjectNode, context: LoopContext, depth = 0): readonly Member[] {
  if (!node.members.some(({ key }) => isLoop(key))) return node.members;
  return node.members.flatMap((member) =>
    isLoop(member.key) ? expandLoop(member, context, depth) : [member],
  );
}

function expandLoop(loop: Member, context: LoopContext, depth: number): readonly Member[] {
  const [first, second, template] = loop.value.kind === 'array' ? loop.value.items : [];
  const identifier = scalarText(first);
  const values = second && valuesOf(second, context);
  if (!identifier || !values || template?.kind !== 'object' || depth > 5) {
    context.unknownLoop(loop);
    return [];
  }
  return values.flatMap((value) => {
    if (!context.spend(100)) return [];
    const written = replaceIn(template, identifier, value, context) as ObjectNode;
    return expandLoops(written, context, depth + 1);
  });
}

/** The texts of a list, taking lists within it apart. Undefined when one is not known. */
function valuesOf(node: Node, context: LoopContext): string[] | undefined {
  const list = context.resolve(node);
  if (list?.kind !== 'array') return undefined;
  const values = list.items.flatMap((item) => (item.kind === 'array' ? item.items : [item])).map(scalarText);
  return values.every((value) => value !== undefined && !value.includes('\uE0F0'))
    ? (values as string[])
    : undefined;
}

function replaceIn(node: Node, identifier: string, value: string, context: LoopContext): Node {
  if (!context.spend(1)) return node;
  const inner = (child: Node): Node => replaceIn(child, identifier, value, context);
  switch (node.kind) {
    case 'string':
      return { ...node, value: replaceText(node.value, identifier, value) };
    case 'array':
      return { ...node, items: node.items.map(inner) };
    case 'object': {
      const [only] = node.members;
      if (node.members.length === 1 && only?.key === 'Ref' && scalarText(only.value) === identifier) {
        return { kind: 'string', span: node.span, value };
      }
      const members = node.members.map((member) => ({
        ...member,
        key: replaceText(member.key, identifier, value),
        value: inner(member.value),
      }));
      return { ...node, members };
    }
    default:
      return node;
  }
}

function replaceText(text: string, identifier: string, value: string): string {
  return text
    .replaceAll(`\${${identifier}}`, value)
    .replaceAll(`&{${identifier}}`, value.replaceAll(/[^A-Za-z0-9]/g, ''));
}
