import type { Node } from '../../json/node.ts';
import { parseAddress, printAddress, sameAddress } from '../addresses.ts';
import { numberOfValue, patternNumber, sameNumber } from '../numbers.ts';
import type { Choice, ExactlyChoice, LiteralChoice, NumberChoice, StringChoice } from '../pattern.ts';
import { RawNumber } from '../print-json.ts';
import { readText } from '../reading.ts';
import { defineOperator, quote } from './operator.ts';

/** A bare scalar of a list of choices; objects and lists are not bare. */
export function readBare(node: Node): Choice | undefined {
  switch (node.kind) {
    case 'string':
      return stringChoice(node.value, node.span);
    case 'number':
      return { kind: 'number', number: patternNumber(node.raw, node.value), span: node.span };
    case 'boolean':
      return { kind: 'literal', value: node.value, span: node.span };
    case 'null':
      return { kind: 'literal', value: null, span: node.span };
    default:
      return undefined;
  }
}

function stringChoice(value: string, span: StringChoice['span']): StringChoice {
  const address = parseAddress(value);
  return address ? { kind: 'string', value, address, span } : { kind: 'string', value, span };
}

/** The simplest choice of a string that is compared character by character. */
export function exactText(value: string, span: StringChoice['span']): StringChoice | ExactlyChoice {
  return parseAddress(value) ? { kind: 'exactly', value, span } : { kind: 'string', value, span };
}

export const bareString = defineOperator<StringChoice>({
  kind: 'string',
  read: (argument) => readBare(argument) as StringChoice | undefined,
  accepts({ value, address }, leaf) {
    if (leaf.type !== 'string') return false;
    if (!address) return leaf.value === value;
    const other = parseAddress(leaf.value);
    return other !== undefined && sameAddress(address, other);
  },
  print: ({ value }) => value,
  canonical: ({ value, address, span }) => stringChoice(address ? printAddress(address) : value, span),
  describe: ({ value, address }) => (address ? `the IP address ${quote(value)}` : quote(value)),
});

export const bareNumber = defineOperator<NumberChoice>({
  kind: 'number',
  read: (argument) => readBare(argument) as NumberChoice | undefined,
  accepts: ({ number }, leaf) => leaf.type === 'number' && sameNumber(number, leaf.number),
  print: ({ number }) => new RawNumber(number.raw),
  canonical: (choice) =>
    choice.number.comparable ? { ...choice, number: numberOfValue(choice.number.value) } : choice,
  describe: ({ number }) =>
    number.comparable ? `the number ${number.raw}` : `a number written exactly ${number.raw}`,
});

export const bareLiteral = defineOperator<LiteralChoice>({
  kind: 'literal',
  read: (argument) => readBare(argument) as LiteralChoice | undefined,
  accepts: ({ value }, leaf) => leaf.type === 'literal' && leaf.value === value,
  print: ({ value }) => value,
  describe: ({ value }) => String(value),
});

/** `{"exactly": "text"}`: undocumented, accepted on rules; a string without the treatment of IP literals. */
export const exactly = defineOperator<ExactlyChoice>({
  kind: 'exactly',
  read(argument, at) {
    const value = readText(argument, 'exactly', at);
    return value === undefined ? undefined : { kind: 'exactly', value, span: argument.span };
  },
  accepts: ({ value }, leaf) => leaf.type === 'string' && leaf.value === value,
  print: ({ value }) => value,
  canonical: (choice) => exactText(choice.value, choice.span),
  describe: ({ value }) => `exactly ${quote(value)}`,
});
