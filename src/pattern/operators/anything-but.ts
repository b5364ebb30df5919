import type { Node } from '../../json/node.ts';
import { equalsIgnoreCase } from '../fold.ts';
import type { LeafValue } from '../leaf.ts';
import { numberOfValue, patternNumber, sameNumber } from '../numbers.ts';
import type { AnythingButChoice, AnythingButSet, PatternNumber } from '../pattern.ts';
import { type Printed, RawNumber } from '../print-json.ts';
import { describeNode, onlyMember, type Reading, readText } from '../reading.ts';
import { matchesWildcard, printWildcard } from '../wildcard.ts';
import { refuseNumber } from './numeric.ts';
import { defineOperator, orList, quote, sortedTexts } from './operator.ts';
import { readWildcard } from './wildcard.ts';

type TextForm = 'prefix' | 'suffix' | 'equals-ignore-case';

const forms = new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']);

const MIXED = 'Inside anything but list, either all values are number or string, mixed type is not supported';

function readPlain(items: readonly Node[], list: Node, at: Reading): AnythingButSet | undefined {
  const values: string[] = [];
  const numbers: PatternNumber[] = [];
  for (const item of items) {
    if (item.kind === 'string') {
      values.push(item.value);
    } else if (item.kind === 'number') {
      const number = patternNumber(item.raw, item.value);
      if (!number.comparable) return refuseNumber(item, number.raw, at);
      numbers.push(number);
    } else {
      const problem = `"anything-but" takes strings or numbers, not ${describeNode(item)}`;
      return at.refuse(item.span, problem, 'Inside anything but list, start|null|boolean is not supported.');
    }
  }
  if (values.length > 0 === numbers.length > 0) {
    const problem =
      values.length > 0
        ? 'strings and numbers cannot be mixed in one "anything-but"'
        : 'an empty list excludes nothing and is refused';
    return at.refuse(list.span, problem, MIXED);
  }
  return numbers.length > 0 ? { kind: 'numbers', values: numbers } : { kind: 'strings', values };
}

function readForm(argument: Node & { kind: 'object' }, at: Reading): AnythingButSet | undefined {
  const inner = onlyMember(argument, 'anything-but', at);
  if (!inner) return undefined;
  const { key, value } = inner;
  if (!forms.has(key) || (at.older && key === 'wildcard')) {
    const problem = `"anything-but" cannot be combined with ${quote(key)}; it takes prefix, suffix, equals-ignore-case or wildcard`;
    return at.refuse(inner.keySpan, problem, `Unsupported anything-but pattern: ${key}`);
  }
  const affix = key === 'prefix' || key === 'suffix';
  if (at.older && affix && value.kind === 'array') {
    return at.refuse(
      value.span,
      `here "${key}" takes one string`,
      'prefix/suffix match pattern must be a string',
    );
  }
  const items = value.kind === 'array' ? value.items : [value];
  if (items.length === 0) {
    return at.refuse(
      value.span,
      'an empty list excludes nothing and is refused',
      'Empty arrays are not allowed',
    );
  }
  if (key === 'wildcard')
    return readAll(
      items,
      (item) => readWildcard(item, at),
      (values) => ({ kind: key, values }),
    );
  return readAll(
    items,
    (item) => readExcluded(item, key, at),
    (values) => ({ kind: key as TextForm, values }),
  );
}

function readExcluded(item: Node, form: string, at: Reading): string | undefined {
  if (item.kind !== 'string') return readText(item, form, at);
  if (item.value !== '' || form === 'equals-ignore-case') return item.value;
  const problem = `every string has the empty ${form}; in "anything-but" it is refused`;
  return at.refuse(item.span, problem, 'Null prefix/suffix not allowed');
}

/** All items read, or undefined if one of them was refused. */
function readAll<T>(
  items: readonly Node[],
  read: (item: Node) => T | undefined,
  wrap: (values: readonly T[]) => AnythingButSet,
): AnythingButSet | undefined {
  const values = items.map(read);
  return values.includes(undefined) ? undefined : wrap(values as T[]);
}

/** Whether one of the excluded values applies. */
function excludes(of: AnythingButSet, leaf: LeafValue): boolean {
  if (of.kind === 'numbers') {
    return (
      leaf.type === 'number' && leaf.number.comparable && of.values.some((n) => sameNumber(n, leaf.number))
    );
  }
  if (leaf.type !== 'string') return false;
  const text = leaf.value;
  switch (of.kind) {
    case 'strings':
      return of.values.includes(text);
    case 'prefix':
      return of.values.some((value) => text.startsWith(value));
    case 'suffix':
      return of.values.some((value) => text.endsWith(value));
    case 'equals-ignore-case':
      return of.values.some((value) => equalsIgnoreCase(value, text));
    case 'wildcard':
      return of.values.some(({ parts }) => matchesWildcard(parts, text));
  }
}

const phrases = {
  strings: '',
  numbers: '',
  prefix: 'a string that starts with ',
  suffix: 'a string that ends with ',
  'equals-ignore-case': 'in any case ',
  wildcard: 'a string like ',
} as const;

function texts(of: AnythingButSet): readonly string[] {
  if (of.kind === 'numbers') return of.values.map(({ raw }) => raw);
  if (of.kind === 'wildcard') return of.values.map(({ value }) => quote(value));
  return of.values.map(quote);
}

/** A list of one is written without its brackets, the only form that the older compiler takes everywhere. */
function oneOrAll(values: readonly Printed[]): Printed {
  return values.length === 1 ? values[0]! : values;
}

function canonicalSet(of: AnythingButSet): AnythingButSet {
  if (of.kind === 'numbers') {
    const values = [...new Set(of.values.map(({ value }) => value + 0))].sort((a, b) => a - b);
    return { kind: 'numbers', values: values.map(numberOfValue) };
  }
  if (of.kind !== 'wildcard') return { kind: of.kind, values: sortedTexts(of.values) };
  const parts = new Map(of.values.map((wildcard) => [printWildcard(wildcard.parts), wildcard.parts]));
  return {
    kind: 'wildcard',
    values: [...parts.keys()].sort().map((value) => ({ value, parts: parts.get(value)! })),
  };
}

export const anythingBut = defineOperator<AnythingButChoice>({
  kind: 'anything-but',
  read(argument, at) {
    const { span } = argument;
    let of: AnythingButSet | undefined;
    if (argument.kind === 'object') of = readForm(argument, at);
    else if (argument.kind === 'array') of = readPlain(argument.items, argument, at);
    else if (argument.kind === 'string' || argument.kind === 'number')
      of = readPlain([argument], argument, at);
    else {
      const problem = `"anything-but" takes strings, numbers or another operator, not ${describeNode(argument)}`;
      return at.refuse(
        span,
        problem,
        'Value of anything-but must be an array or single string/number value.',
      );
    }
    return of && { kind: 'anything-but', of, span };
  },
  accepts: ({ of }, leaf) => !excludes(of, leaf),
  print({ of }) {
    if (of.kind === 'strings') return oneOrAll(of.values);
    if (of.kind === 'numbers') return oneOrAll(of.values.map(({ raw }) => new RawNumber(raw)));
    if (of.kind === 'wildcard') return { wildcard: oneOrAll(of.values.map(({ value }) => value)) };
    return { [of.kind]: oneOrAll(of.values) };
  },
  canonical: (choice) => ({ ...choice, of: canonicalSet(choice.of) }),
  describe: ({ of }) => `any value but ${phrases[of.kind]}${orList(texts(of))}`,
});
