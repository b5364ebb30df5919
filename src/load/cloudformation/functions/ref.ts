import { textOf } from '../../../json/node.ts';
import { unknownNode } from '../values.ts';
import type { IntrinsicFunction } from './function.ts';

export const ref: IntrinsicFunction = {
  key: 'Ref',
  evaluate(argument, call) {
    const name = textOf(call.resolve(argument));
    return name === undefined ? unknownNode('Ref', call.span) : call.ref(name, call.span);
  },
};
