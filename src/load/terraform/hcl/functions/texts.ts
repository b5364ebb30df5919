import { posix } from 'node:path';
import type { Span } from '../../../../json/document.ts';
import type { Node } from '../../../../json/node.ts';
import { textNode } from '../../../cloudformation/values.ts';
import { booleanNode, isOpen, listNode, textOfValue } from '../nodes.ts';
import { type Function, itemsIn, ofTexts } from './function.ts';

/** `replace` takes a regular expression between slashes; those are not worked out. */
function replaced(text: string, search: string, by: string): string | undefined {
  return /^\/.*\/$/s.test(search) ? undefined : text.replaceAll(search, by);
}

function formatted(format: string, values: readonly string[]): string | undefined {
  let next = 0;
  let known = true;
  const made = format.replace(/%(%|[-+ #0]*[0-9]*(?:\.[0-9]+)?[a-zA-Z])/g, (whole, verb: string) => {
    if (verb === '%') return '%';
    const value = values[next++];
    if (value === undefined || !/^(?:[svd])$|^q$/.test(verb)) known = false;
    return verb === 'q' ? JSON.stringify(value) : (value ?? whole);
  });
  return known ? made : undefined;
}

function titled(text: string): string {
  return text.replace(/\b\p{L}/gu, (letter) => letter.toUpperCase());
}

function ends(
  text: Node | undefined,
  part: Node | undefined,
  span: Span,
  test: (a: string, b: string) => boolean,
): Node | undefined {
  if (!text || !part || isOpen(text) || isOpen(part)) return undefined;
  const [a, b] = [textOfValue(text), textOfValue(part)];
  return a === undefined || b === undefined ? undefined : booleanNode(test(a, b), span);
}

const join: Function = ([separator, list], span) => {
  const [by, items] = [textOfValue(separator), itemsIn(list)];
  const texts = items?.map(textOfValue);
  if (by === undefined || !texts || texts.includes(undefined)) return undefined;
  return textNode(texts.join(by), span);
};

const split: Function = (given, span) => {
  const [by, text] = given.map(textOfValue);
  if (by === undefined || text === undefined || given.some(isOpen)) return undefined;
  return listNode(
    text.split(by).map((part) => textNode(part, span)),
    span,
  );
};

/** https://developer.hashicorp.com/terraform/language/functions, under "String functions" */
export const textFunctions: readonly (readonly [name: string, run: Function])[] = [
  [
    'format',
    ([format, ...values], span) => {
      const [text, texts] = [textOfValue(format), values.map(textOfValue)];
      if (text === undefined || texts.includes(undefined)) return undefined;
      const made = formatted(text, texts as string[]);
      return made === undefined ? undefined : textNode(made, span);
    },
  ],
  ['lower', ofTexts((text) => text?.toLowerCase())],
  ['upper', ofTexts((text) => text?.toUpperCase())],
  ['title', ofTexts((text) => titled(text!))],
  ['trimspace', ofTexts((text) => text?.trim(), true)],
  ['chomp', ofTexts((text) => text?.replace(/[\r\n]+$/, ''), true)],
  ['trimprefix', ofTexts((text, cut) => (text?.startsWith(cut!) ? text.slice(cut!.length) : text), true)],
  [
    'trimsuffix',
    ofTexts((text, cut) => (text?.endsWith(cut!) ? text.slice(0, text.length - cut!.length) : text)),
  ],
  ['replace', ofTexts((text, search, by) => replaced(text!, search!, by!))],
  [
    'substr',
    ofTexts((text, from, count) => {
      const [start, size] = [Number(from), Number(count)];
      return start < 0 ? undefined : size < 0 ? text?.slice(start) : text?.slice(start, start + size);
    }),
  ],
  ['basename', ofTexts((path) => posix.basename(path!))],
  ['dirname', ofTexts((path) => posix.dirname(path!))],
  ['startswith', ([text, head], span) => ends(text, head, span, (a, b) => a.startsWith(b))],
  ['endswith', ([text, tail], span) => ends(text, tail, span, (a, b) => a.endsWith(b))],
  ['strcontains', ([text, part], span) => ends(text, part, span, (a, b) => a.includes(b))],
  ['join', join],
  ['split', split],
  [
    'tostring',
    ([value], span) =>
      value && textOfValue(value) !== undefined ? textNode(textOfValue(value)!, span) : value,
  ],
];
