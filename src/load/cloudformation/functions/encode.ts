import { hasHole } from '../../../json/holes.ts';
import { itemsOf, valueOf } from '../../../json/node.ts';
import { canonicalJson } from '../../../json/value.ts';
import { isUnknownList, scalarText, textNode, unknownNode } from '../values.ts';
import type { IntrinsicFunction } from './function.ts';

export const base64: IntrinsicFunction = {
  key: 'Fn::Base64',
  evaluate(argument, call) {
    const text = scalarText(call.resolve(argument));
    return text === undefined || hasHole(text)
      ? unknownNode(`Fn::Base64 ${text ?? ''}`.trim(), call.span)
      : textNode(Buffer.from(text, 'utf8').toString('base64'), call.span);
  },
};

export const toJsonString: IntrinsicFunction = {
  key: 'Fn::ToJsonString',
  evaluate(argument, call) {
    const value = call.resolve(argument);
    return value
      ? textNode(JSON.stringify(valueOf(value)), call.span)
      : unknownNode('Fn::ToJsonString', call.span);
  },
};

export const length: IntrinsicFunction = {
  key: 'Fn::Length',
  evaluate(argument, call) {
    const list = call.resolve(argument);
    if (list?.kind !== 'array' || isUnknownList(list)) return unknownNode('Fn::Length', call.span);
    const count = itemsOf(list).length;
    return { kind: 'number', span: call.span, value: count, raw: String(count) };
  },
};

/** Functions whose value only the deployment knows: equal arguments still give equal values. */
export function undecided(key: string): IntrinsicFunction {
  return {
    key,
    evaluate(argument, call) {
      const value = call.resolve(argument);
      return unknownNode(
        `${key} ${value ? canonicalJson(valueOf(value)).slice(0, 200) : ''}`.trim(),
        call.span,
      );
    },
  };
}
