import type { Span } from '../../json/document.ts';
import type { Member, Node } from '../../json/node.ts';
import { textNode } from '../cloudformation/values.ts';
import { isOpen, listNode, objectOf, textOfValue } from './hcl/nodes.ts';
import { truthOf } from './hcl/operators.ts';
import type { Body, Expression } from './hcl/syntax.ts';
import type { Key, Module, Own } from './model.ts';

const maxInstances = 1000;

interface Repeated {
  readonly count?: Expression | undefined;
  readonly forEach?: Expression | undefined;
}

/** The keys of the instances of a block; undefined: which there are is not known. One without a key: `[undefined]`. */
export function keysOf(
  { count, forEach }: Repeated,
  module: Module,
): readonly (Key | undefined)[] | undefined {
  if (count) {
    const value = module.evaluate(count);
    const truth = truthOf(value);
    const number = Number(textOfValue(value));
    if (isOpen(value) || truth !== undefined || !Number.isInteger(number)) return undefined;
    return Array.from({ length: Math.max(0, Math.min(number, maxInstances)) }, (_, index) => index);
  }
  if (!forEach) return [undefined];
  const over = module.evaluate(forEach);
  if (isOpen(over)) return undefined;
  if (over.kind === 'object') return over.members.slice(0, maxInstances).map(({ key }) => key);
  if (over.kind !== 'array') return undefined;
  const texts = over.items.slice(0, maxInstances).map(textOfValue);
  return texts.includes(undefined) ? undefined : (texts as string[]);
}

/** The arguments and blocks of a body as the attributes that a plan would have. */
export function attributeOf(body: Body, name: string, module: Module, own: Own): Node | undefined {
  const given = body.attributes.get(name);
  if (given) {
    const node = module.evaluate(given.value, own);
    return node.kind === 'null' ? undefined : node;
  }
  const items: Node[] = [];
  let span: Span | undefined;
  for (const block of body.blocks) {
    if (block.type === name) items.push(blockNode(block.body, block.span, module, own));
    else if (block.type === 'dynamic' && block.labels[0] === name) {
      const made = dynamic(block.body, block.span, name, module, own);
      if (!made) return module.unknown(name, block.head, own);
      items.push(...made);
    } else continue;
    span ??= block.span;
  }
  return span && listNode(items, span);
}

function blockNode(body: Body, span: Span, module: Module, own: Own): Node {
  const names = new Set([
    ...body.attributes.keys(),
    ...body.blocks.map(({ type, labels }) => (type === 'dynamic' ? (labels[0] ?? '') : type)),
  ]);
  const members = [...names].flatMap((name): Member[] => {
    const value = attributeOf(body, name, module, own);
    return value ? [{ key: name, keySpan: value.span, value }] : [];
  });
  return { kind: 'object', members, span };
}

function dynamic(body: Body, span: Span, name: string, module: Module, own: Own): Node[] | undefined {
  const forEach = body.attributes.get('for_each')?.value;
  const content = body.blocks.find(({ type }) => type === 'content');
  const over = forEach && module.evaluate(forEach, own);
  if (!over || !content) return [];
  const iterator = body.attributes.get('iterator')?.value;
  const as = iterator?.kind === 'name' ? iterator.name : name;
  if (isOpen(over) || (over.kind !== 'array' && over.kind !== 'object'))
    return over.kind === 'null' ? [] : undefined;
  const pairs: (readonly [Node, Node])[] =
    over.kind === 'array'
      ? over.items.map((item, index) => [item.kind === 'string' ? item : textNode(String(index), span), item])
      : over.members.map(({ key, keySpan, value }) => [textNode(key, keySpan), value]);
  return pairs.slice(0, maxInstances).map(([key, value]) => {
    const item = objectOf(
      [
        ['key', key],
        ['value', value],
      ],
      span,
    );
    return blockNode(content.body, content.span, module, { ...own, items: new Map(own.items).set(as, item) });
  });
}
