import { documentOf } from '../../src/json/document.ts';
import { parseAddress } from '../../src/pattern/addresses.ts';
import { leavesOfNode } from '../../src/pattern/event.ts';
import type { LeafValue } from '../../src/pattern/leaf.ts';
import { askedOf, parseEvent } from '../../src/pattern/match.ts';
import { patternNumber } from '../../src/pattern/numbers.ts';
import type { Choice, Condition, Pattern } from '../../src/pattern/pattern.ts';
import type { PatternCase } from '../support/pattern-arbitraries.ts';
import type { Answer, Ruling } from './judge.ts';

/** A case on which Event Ruler and the reference matcher differ. */
export interface Difference extends PatternCase {
  /** The pattern as the reference reads it, if it does. */
  readonly parsed: Pattern | undefined;
  readonly ours: Answer;
  /** With all readings. */
  readonly ruling: Ruling;
}

/** A known oddity of Event Ruler 2.0.1 that is not copied. */
interface Oddity {
  readonly id: string;
  readonly about: string;
  explains(difference: Difference): boolean;
}

/** The first row that explains a difference names it; a difference that none explains fails the run. */
export const oddities: readonly Oddity[] = [
  {
    id: 'Q7',
    about: 'machines built alike answer differently',
    explains: ({ ruling }) => new Set(ruling.fresh).size > 1,
  },
  {
    id: 'Q1',
    about: 'a prefix that ends, or a suffix that begins, with a quotation mark takes the quotes of the value',
    explains: ({ parsed }) => someChoice(parsed, quoteAtEdge),
  },
  {
    id: 'Q2',
    about: 'a character beyond U+FFFF in a pattern without case becomes two question marks',
    explains: ({ parsed }) => someChoice(parsed, foldsBeyondBmp),
  },
  {
    id: 'Q5',
    about: 'a number beside an address in one list accepts the address with the same digits',
    explains: (difference) => agreesSplit(difference) && someList(difference, isNumber, isAddress),
  },
  {
    id: 'Q6',
    about: 'a number that is not comparable is lost beside an address block in one list',
    explains: (difference) => agreesSplit(difference) && someList(difference, isOddNumber, isAddress),
  },
  {
    id: 'Q4',
    about: 'the digits of a number are read as an address',
    explains: (difference) =>
      somePair(difference, (choice, leaf) => isAddress(choice) && leaf.type === 'number'),
  },
  {
    id: 'Q3',
    about: 'addresses of different families are compared digit by digit',
    explains: (difference) => somePair(difference, ofOtherFamily),
  },
  {
    id: 'Q8',
    about: 'a wildcard and a text without case in one list accept more than each of them',
    explains: (difference) => agreesSplit(difference) && someList(difference, isWildcard, isAnyFolded),
  },
  {
    id: 'Q9',
    about: 'anything-but wildcard and a text without case in one list accept more than each of them',
    explains: (difference) => agreesSplit(difference) && someList(difference, excludesWildcard, isAnyFolded),
  },
  {
    id: 'Q10',
    about: 'a wildcard and anything-but equals-ignore-case in one list accept less than each of them',
    explains: (difference) =>
      agreesSplit(difference) &&
      (someList(difference, isWildcard, excludesFolded) ||
        someList(difference, excludesWildcard, excludesFolded)),
  },
  {
    id: 'Q8+',
    about: 'a wildcard beside other choices of one list, in other company than that of Q8 to Q10',
    explains: (difference) => agreesSplit(difference) && wildcardInCompany(difference),
  },
  {
    id: 'Q11',
    about: 'a path with values inside and outside of an array: the finder of version 2 loses those outside',
    explains: ({ ruling, ours }) => ruling.older === ours && ruling.older !== ruling.answer,
  },
  {
    id: 'Q14',
    about: 'before Java 19 some doubles do not print their shortest decimal',
    explains: ({ ruling }) =>
      ruling.printed!.some((text) => Number.isFinite(Number(text)) && !patternNumber(text).comparable),
  },
];

/** Whether one choice at a time the library agrees with us: what it says of the list is cross-talk. */
function agreesSplit({ ruling, ours }: Difference): boolean {
  return ruling.split === ours;
}

function conditionsOf(parsed: Pattern | undefined): readonly Condition[] {
  return parsed?.alternatives.flatMap(({ conditions }) => conditions) ?? [];
}

type Is = (choice: Choice) => boolean;

function someChoice(parsed: Pattern | undefined, is: Is): boolean {
  return conditionsOf(parsed).some(({ choices }) => choices.some(is));
}

/** Whether some list has a choice of both kinds. */
function someList({ parsed }: Difference, first: Is, second: Is): boolean {
  return conditionsOf(parsed).some(({ choices }) => choices.some(first) && choices.some(second));
}

/** Whether some list has a wildcard and another choice. */
function wildcardInCompany({ parsed }: Difference): boolean {
  return conditionsOf(parsed).some(
    ({ choices }) =>
      choices.length > 1 && choices.some((choice) => isWildcard(choice) || excludesWildcard(choice)),
  );
}

/** Whether a choice and a value of the event at its path are such a pair. */
function somePair({ parsed, event }: Difference, is: (choice: Choice, leaf: LeafValue) => boolean): boolean {
  const tree = parseEvent(documentOf('event', event)).value;
  if (!parsed || !tree) return false;
  const leaves = leavesOfNode(tree, askedOf(parsed));
  return conditionsOf(parsed).some(({ path, choices }) =>
    leaves.get(path)?.some(({ value }) => choices.some((choice) => is(choice, value))),
  );
}

/** The family of the addresses that a choice accepts, if it accepts addresses. */
function familyOf(choice: Choice): 4 | 6 | undefined {
  if (choice.kind === 'cidr') return choice.low.family;
  return choice.kind === 'string' ? choice.address?.family : undefined;
}

function ofOtherFamily(choice: Choice, leaf: LeafValue): boolean {
  const family = familyOf(choice);
  const address = leaf.type === 'string' ? parseAddress(leaf.value) : undefined;
  return family !== undefined && address !== undefined && address.family !== family;
}

const isNumber: Is = ({ kind }) => kind === 'number';
const isOddNumber: Is = (choice) => choice.kind === 'number' && !choice.number.comparable;
const isAddress: Is = (choice) => familyOf(choice) !== undefined;
const isWildcard: Is = ({ kind }) => kind === 'wildcard';
const isFolded: Is = ({ kind }) => kind === 'equals-ignore-case';
const isFoldedAffix: Is = (choice) =>
  (choice.kind === 'prefix' || choice.kind === 'suffix') && choice.ignoreCase;
const isAnyFolded: Is = (choice) => isFolded(choice) || isFoldedAffix(choice);
const excludesWildcard: Is = (choice) => choice.kind === 'anything-but' && choice.of.kind === 'wildcard';
const excludesFolded: Is = (choice) =>
  choice.kind === 'anything-but' && choice.of.kind === 'equals-ignore-case';

function quoteAtEdge(choice: Choice): boolean {
  if (choice.kind === 'prefix') return choice.value.endsWith('"');
  if (choice.kind === 'suffix') return choice.value.startsWith('"');
  if (choice.kind !== 'anything-but') return false;
  const { of } = choice;
  if (of.kind === 'prefix') return of.values.some((value) => value.endsWith('"'));
  return of.kind === 'suffix' && of.values.some((value) => value.startsWith('"'));
}

function foldsBeyondBmp(choice: Choice): boolean {
  const beyond = (text: string) => /[\u{10000}-\u{10ffff}]/u.test(text);
  if (isAnyFolded(choice)) return beyond((choice as { value: string }).value);
  if (choice.kind !== 'anything-but' || choice.of.kind !== 'equals-ignore-case') return false;
  return choice.of.values.some(beyond);
}
