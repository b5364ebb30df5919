import type { Node } from '../../../json/node.ts';
import { scalarText, unknownNode } from '../values.ts';
import type { IntrinsicFunction } from './function.ts';

/** `["Queue", "Arn"]`; in YAML also the text `Queue.Arn`. */
export const getAtt: IntrinsicFunction = {
  key: 'Fn::GetAtt',
  evaluate(argument, call) {
    const parts: (Node | undefined)[] =
      argument.kind === 'array' ? argument.items.map((item) => call.resolve(item)) : [call.resolve(argument)];
    const texts = parts.map(scalarText);
    if (texts.some((text) => text === undefined)) return unknownNode('Fn::GetAtt', call.span);
    const path = texts.join('.');
    const dot = path.indexOf('.');
    if (dot <= 0) return unknownNode(`Fn::GetAtt ${path}`, call.span);
    return call.attribute(path.slice(0, dot), path.slice(dot + 1), call.span);
  },
};
