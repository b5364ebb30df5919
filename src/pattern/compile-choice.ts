import { numbers, oneOf, strings } from '../sets/atoms.ts';
import { FALSE, type Formula } from '../sets/formula.ts';
import { and, or, typeIs } from '../sets/junction.ts';
import {
  ALL_NUMBERS,
  complementNumbers,
  intersectNumbers,
  type NumberSet,
  numbersFrom,
  numbersIn,
  numbersUpTo,
} from '../sets/numbers/number-set.ts';
import { cidr, ipLiteral } from '../sets/strings/ip.ts';
import {
  ALL,
  complement,
  concat,
  type Language,
  prefix,
  sequence,
  suffix,
  union,
  wildcard,
  word,
  words,
} from '../sets/strings/language.ts';
import { NUMBER, SCALAR, STRING } from '../sets/types.ts';
import { foldsOf } from './fold.ts';
import type { AnythingButSet, Choice, Condition, PatternNumber } from './pattern.ts';

/** The leaves that one of a condition's choices accepts. `exists: false` accepts none: it asks for their absence. */
export function acceptedLeaves(condition: Condition): Formula {
  const known = accepted.get(condition);
  if (known) return known;
  const leaves = or(...condition.choices.map(leavesOf));
  accepted.set(condition, leaves);
  return leaves;
}

const accepted = new WeakMap<Condition, Formula>();

/** Whether the condition is also met where there is no leaf. */
export function acceptsAbsence({ choices }: Condition): boolean {
  return choices.some((choice) => choice.kind === 'exists' && !choice.value);
}

function leavesOf(choice: Choice): Formula {
  switch (choice.kind) {
    case 'string':
      return texts(choice.address ? ipLiteral(choice.address) : word(choice.value));
    case 'exactly':
      return texts(word(choice.value));
    case 'number':
      return someNumbers(numbersIn([exact(choice.number)]));
    case 'literal':
      return oneOf([choice.value]);
    case 'prefix':
      return texts(choice.ignoreCase ? concat(ignoringCase(choice.value), ALL) : prefix(choice.value));
    case 'suffix':
      return texts(choice.ignoreCase ? concat(ALL, ignoringCase(choice.value)) : suffix(choice.value));
    case 'equals-ignore-case':
      return texts(ignoringCase(choice.value));
    case 'wildcard':
      return texts(wildcard(choice.parts));
    case 'cidr':
      return texts(cidr(choice.low, choice.high));
    case 'numeric': {
      const { lower, upper } = choice;
      const low = lower ? numbersFrom(lower.value, !lower.inclusive) : ALL_NUMBERS;
      const high = upper ? numbersUpTo(upper.value, !upper.inclusive) : ALL_NUMBERS;
      return someNumbers(intersectNumbers([low, high]));
    }
    case 'exists':
      return choice.value ? typeIs(SCALAR) : FALSE;
    case 'anything-but':
      return and(typeIs(SCALAR), anythingBut(choice.of));
  }
}

/** What the matcher accepts for a text without regard to case: for each character its two forms, see fold.ts. */
function ignoringCase(text: string): Language {
  return sequence(Array.from(text, (character) => words(foldsOf(character))));
}

function texts(language: Language): Formula {
  return and(typeIs(STRING), strings(language));
}

function someNumbers(set: NumberSet): Formula {
  return and(typeIs(NUMBER), numbers(set));
}

/** Leaves of other types pass: the atoms hold of them anyway. */
function anythingBut(of: AnythingButSet): Formula {
  switch (of.kind) {
    case 'strings':
      return strings(complement(words(of.values)));
    case 'numbers':
      return numbers(complementNumbers(numbersIn(of.values.map(exact))));
    case 'prefix':
      return strings(complement(union(of.values.map(prefix))));
    case 'suffix':
      return strings(complement(union(of.values.map(suffix))));
    case 'equals-ignore-case':
      return strings(complement(union(of.values.map(ignoringCase))));
    case 'wildcard':
      return strings(complement(union(of.values.map(({ parts }) => wildcard(parts)))));
  }
}

/** A number that Event Ruler compares by its characters only has its exact value here, which no double equals. */
function exact({ raw, value, comparable }: PatternNumber): number | string {
  return comparable ? value : raw;
}
