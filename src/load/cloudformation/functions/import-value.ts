import { scalarText, unknownNode } from '../values.ts';
import type { IntrinsicFunction } from './function.ts';

export const importValue: IntrinsicFunction = {
  key: 'Fn::ImportValue',
  evaluate(argument, call) {
    const name = scalarText(call.resolve(argument));
    return name === undefined ? unknownNode('Fn::ImportValue', call.span) : call.imported(name, call.span);
  },
};
