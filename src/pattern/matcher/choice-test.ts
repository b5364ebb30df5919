import { parseAddress, sameAddress, withinAddresses } from '../addresses.ts';
import { endsIgnoreCase, equalsIgnoreCase, startsIgnoreCase } from '../fold.ts';
import type { AnythingButSet, Choice, NumericChoice, PatternNumber } from '../pattern.ts';
import { matchesWildcard } from '../wildcard.ts';
import { asciiFolder, hasAsciiAt } from './ascii-case.ts';
import type { Leaf } from './leaves.ts';

/** Whether a value of an event is accepted. */
export type Test = (leaf: Leaf) => boolean;

/** Choices of a condition beyond which plain strings are looked up instead of compared one by one. */
const FEW = 3;

/** A test for a whole list of choices. It holds on to the values in the choices only, not to the parsed pattern. */
export function compileChoices(choices: readonly Choice[]): Test {
  const strings = choices.map(plainString).filter((text) => text !== undefined);
  if (strings.length <= FEW) return anyOf(choices.map(compileChoice));
  const set = new Set(strings);
  const rest = anyOf(choices.filter((choice) => plainString(choice) === undefined).map(compileChoice));
  return (leaf) => (leaf.kind === 'string' && set.has(leaf.text)) || rest(leaf);
}

/** The text if the choice accepts exactly this string and nothing else. */
export function plainString(choice: Choice): string | undefined {
  if (choice.kind === 'string') return choice.address ? undefined : choice.value;
  if (choice.kind === 'exactly') return choice.value;
  return choice.kind === 'wildcard' && choice.parts.length === 1 ? choice.parts[0] : undefined;
}

function anyOf(tests: readonly Test[]): Test {
  const [first, second, ...more] = tests;
  if (!first) return () => false;
  if (!second) return first;
  if (more.length === 0) return (leaf) => first(leaf) || second(leaf);
  return (leaf) => tests.some((test) => test(leaf));
}

function compileChoice(choice: Choice): Test {
  const plain = plainString(choice);
  if (plain !== undefined) return (leaf) => leaf.kind === 'string' && leaf.text === plain;
  switch (choice.kind) {
    case 'string': {
      const address = choice.address!;
      return textTest((text) => {
        const other = parseAddress(text);
        return other !== undefined && sameAddress(address, other);
      });
    }
    case 'number':
      return compileNumber(choice.number);
    case 'literal': {
      const kind = String(choice.value);
      return (leaf) => leaf.kind === kind;
    }
    case 'prefix':
      if (!choice.ignoreCase) return startsWith(choice.value);
      return textTest(compileAffix(choice.kind, choice.value, true));
    case 'suffix':
      return textTest(compileAffix(choice.kind, choice.value, choice.ignoreCase));
    case 'equals-ignore-case':
      return textTest(compileIgnoreCase(choice.value));
    case 'wildcard': {
      const { parts } = choice;
      return textTest((text) => matchesWildcard(parts, text));
    }
    case 'numeric':
      return compileRange(choice);
    case 'cidr': {
      const { low, high } = choice;
      return textTest((text) => {
        const address = parseAddress(text);
        return address !== undefined && withinAddresses(address, low, high);
      });
    }
    case 'exists': {
      const { value } = choice;
      return () => value;
    }
    case 'anything-but':
      return compileAnythingBut(choice.of);
    case 'exactly':
      throw new Error('an exact string is a plain string');
  }
}

function startsWith(prefix: string): Test {
  return (leaf) => leaf.kind === 'string' && leaf.text.startsWith(prefix);
}

function textTest(accepts: (text: string) => boolean): Test {
  return (leaf) => leaf.kind === 'string' && accepts(leaf.text);
}

function compileNumber({ raw, value, comparable }: PatternNumber): Test {
  if (comparable) return (leaf) => leaf.kind === 'number' && leaf.number === value && leaf.comparable;
  return (leaf) => leaf.kind === 'number' && leaf.text === raw;
}

function compileAffix(kind: 'prefix' | 'suffix', value: string, ignoreCase: boolean) {
  const prefix = kind === 'prefix';
  if (!ignoreCase) return (text: string) => (prefix ? text.startsWith(value) : text.endsWith(value));
  const folded = asciiFolder(value);
  if (folded !== undefined) {
    return (text: string) => hasAsciiAt(text, prefix ? 0 : text.length - folded.length, folded);
  }
  return (text: string) => (prefix ? startsIgnoreCase(value, text) : endsIgnoreCase(value, text));
}

function compileIgnoreCase(value: string): (text: string) => boolean {
  const folded = asciiFolder(value);
  if (folded === undefined) return (text) => equalsIgnoreCase(value, text);
  return (text) => text.length === folded.length && hasAsciiAt(text, 0, folded);
}

function compileRange({ lower, upper }: NumericChoice): Test {
  const low = lower?.value ?? Number.NEGATIVE_INFINITY;
  const high = upper?.value ?? Number.POSITIVE_INFINITY;
  const lowOpen = lower?.inclusive === false;
  const highOpen = upper?.inclusive === false;
  return (leaf) => {
    if (leaf.kind !== 'number') return false;
    const { number } = leaf;
    if (lowOpen ? number <= low : number < low) return false;
    if (highOpen ? number >= high : number > high) return false;
    return leaf.comparable;
  };
}

function compileAnythingBut(of: AnythingButSet): Test {
  switch (of.kind) {
    case 'numbers': {
      const numbers = new Set(of.values.map(({ value }) => value));
      return (leaf) => leaf.kind !== 'number' || !numbers.has(leaf.number) || !leaf.comparable;
    }
    case 'strings': {
      const [only, ...more] = of.values;
      if (more.length === 0) return (leaf) => leaf.kind !== 'string' || leaf.text !== only;
      const strings = new Set(of.values);
      return (leaf) => leaf.kind !== 'string' || !strings.has(leaf.text);
    }
    case 'wildcard':
      return noneOf(
        of.values.map(
          ({ parts }) =>
            (text) =>
              matchesWildcard(parts, text),
        ),
      );
    case 'equals-ignore-case':
      return noneOf(of.values.map(compileIgnoreCase));
    case 'prefix':
    case 'suffix': {
      const { kind } = of;
      return noneOf(of.values.map((value) => compileAffix(kind, value, false)));
    }
  }
}

function noneOf(excluded: readonly ((text: string) => boolean)[]): Test {
  const [only, ...more] = excluded;
  if (only && more.length === 0) return (leaf) => leaf.kind !== 'string' || !only(leaf.text);
  return (leaf) => leaf.kind !== 'string' || !excluded.some((excludes) => excludes(leaf.text));
}
