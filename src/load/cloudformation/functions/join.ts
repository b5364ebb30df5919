import { itemsOf, type Node, valueOf } from '../../../json/node.ts';
import { TextBuilder } from '../../../json/text-places.ts';
import { isUnknownList, maxText, scalarText, textNode, unknownNode } from '../values.ts';
import type { Call, IntrinsicFunction } from './function.ts';

export const join: IntrinsicFunction = {
  key: 'Fn::Join',
  evaluate(argument, call) {
    const [first, second] = itemsOf(argument);
    const delimiter = scalarText(first && call.resolve(first));
    const list = second && call.resolve(second);
    if (delimiter === undefined || list?.kind !== 'array') {
      return unknownNode(`Fn::Join ${scalarText(list) ?? ''}`.trim(), call.span);
    }
    if (isUnknownList(list)) {
      const text = scalarText(list.items[0])!;
      return delimiter === ',' ? textNode(text, call.span) : unknownNode(`${text} joined`, call.span);
    }
    return concatenate(delimiter, list.items, call);
  },
};

function concatenate(delimiter: string, items: readonly Node[], call: Call): Node {
  const text = new TextBuilder();
  items.forEach((item, index) => {
    if (index > 0 && delimiter !== '') text.put(delimiter, call.span);
    if (item.kind === 'string') text.take(item);
    else text.put(scalarText(item) ?? unknownItem(item), item.span);
  });
  return text.length > maxText ? unknownNode('a text too long', call.span) : text.build(call.span);
}

function unknownItem(item: Node): string {
  return unknownNode(`Fn::Join ${JSON.stringify(valueOf(item))}`, item.span).value;
}
