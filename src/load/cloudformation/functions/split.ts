import { holeKeys } from '../../../json/holes.ts';
import { itemsOf } from '../../../json/node.ts';
import { splitText } from '../arn.ts';
import { scalarText, textNode, unknownList } from '../values.ts';
import type { IntrinsicFunction } from './function.ts';

/** Unknown texts that hold none of the separators people split at: names, Regions, account ids. */
const undivided = /^(?:AWS::(?:Region|AccountId|Partition|URLSuffix)|res:[^.]*)$/;

export const split: IntrinsicFunction = {
  key: 'Fn::Split',
  evaluate(argument, call) {
    const [first, second] = itemsOf(argument);
    const separator = scalarText(first && call.resolve(first));
    const text = scalarText(second && call.resolve(second));
    if (!separator || text === undefined || !holeKeys(text).every((key) => undivided.test(key))) {
      return unknownList(`${text ?? 'Fn::Split'} split at "${separator ?? '?'}"`, call.span);
    }
    const items = splitText(text, separator).map((part) => textNode(part, call.span));
    return { kind: 'array', span: call.span, items };
  },
};
