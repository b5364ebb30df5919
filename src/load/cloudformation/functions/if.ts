import { printHoles } from '../../../json/holes.ts';
import { itemsOf, type Node } from '../../../json/node.ts';
import { eitherNode, scalarText, unknownNode } from '../values.ts';
import type { Call, IntrinsicFunction } from './function.ts';

/** Decided: the branch. Undecided: an unknown value that remembers both. */
export const ifFunction: IntrinsicFunction = {
  key: 'Fn::If',
  evaluate(argument, call) {
    const [first, yes, no] = itemsOf(argument);
    const name = scalarText(first);
    if (name === undefined || !yes || !no) return unknownNode('Fn::If', call.span);
    const holds = call.condition(name);
    if (holds !== 'unknown') return call.resolve(holds ? yes : no);
    return either(name, [call.resolve(yes), call.resolve(no)], call);
  },
};

function either(name: string, values: readonly (Node | undefined)[], call: Call): Node | undefined {
  const texts = values.map((value) => (value ? scalarText(value) : 'nothing'));
  if (values.every((value) => value === undefined)) return undefined;
  const [first, second] = texts;
  if (first !== undefined && first === second && values[0]) return values[0];
  const described =
    first !== undefined && second !== undefined
      ? `${printHoles(first)} | ${printHoles(second)}`
      : `at ${call.span.start}`;
  return eitherNode(name, values, call.span, `if ${call.template}#${name}: ${described}`);
}
