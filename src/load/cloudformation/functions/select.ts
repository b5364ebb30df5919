import { itemsOf } from '../../../json/node.ts';
import { isUnknownList, placedAt, scalarText, unknownNode } from '../values.ts';
import type { IntrinsicFunction } from './function.ts';

export const select: IntrinsicFunction = {
  key: 'Fn::Select',
  evaluate(argument, call) {
    const [first, second] = itemsOf(argument);
    const index = scalarText(first && call.resolve(first));
    const list = second && call.resolve(second);
    if (index === undefined || !/^[0-9]+$/.test(index) || list?.kind !== 'array' || isUnknownList(list)) {
      const of = list?.kind === 'array' ? scalarText(list.items[0]) : scalarText(list);
      return unknownNode(`${of ?? 'Fn::Select'}[${index ?? '?'}]`, call.span);
    }
    const item = list.items[Number(index)];
    return item
      ? placedAt(item, call.span)
      : unknownNode(`Fn::Select ${index} of ${list.items.length}`, call.span);
  },
};
