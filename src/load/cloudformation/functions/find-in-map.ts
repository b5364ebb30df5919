import { itemsOf, nodeAt } from '../../../json/node.ts';
import { placedAt, scalarText, unknownNode } from '../values.ts';
import type { IntrinsicFunction } from './function.ts';

/** With the language extensions a fourth argument gives a default. */
export const findInMap: IntrinsicFunction = {
  key: 'Fn::FindInMap',
  evaluate(argument, call) {
    const items = itemsOf(argument);
    const [map, first, second] = items.slice(0, 3).map((item) => scalarText(call.resolve(item)));
    const shown = `Fn::FindInMap ${call.template}#${map ?? '?'} ${first ?? '?'} ${second ?? '?'}`;
    if (map === undefined || first === undefined || second === undefined)
      return unknownNode(shown, call.span);
    const found = call.mapping(map, first, second);
    if (found) return placedAt(call.resolve(found) ?? found, call.span);
    const fallback = nodeAt(items[3], 'DefaultValue');
    const literalKeys = !`${map}${first}${second}`.includes('\uE0F0');
    return fallback && literalKeys ? call.resolve(fallback) : unknownNode(shown, call.span);
  },
};
