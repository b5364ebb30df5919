import type { JsonValue } from '../json/value.ts';
import { evaluate } from './evaluate.ts';
import type { Formula } from './formula.ts';
import { numbersOf, readableNumber } from './numbers/number-questions.ts';
import {
  ALL_NUMBERS,
  intersectNumbers,
  isNoNumber,
  NO_NUMBER,
  type NumberSet,
  unionNumbers,
} from './numbers/number-set.ts';
import { Attempts, type Found, found, NOTHING, type Search, undecided } from './search.ts';
import { readableWord } from './strings/questions.ts';
import { languageOf, opaqueAmong, untestable, withPart } from './strings-of.ts';

/** Numbers tried where an opaque atom decides. */
const TRIED = 50;

/** Which of a few values is a member. */
function solveListed(goal: Formula, values: readonly JsonValue[]): Found {
  const attempts = new Attempts();
  for (const value of values) {
    const is = evaluate(goal, value);
    if (is) return found(value);
    attempts.add(is === undefined ? undecided(opaqueIn(goal) ?? 'a condition') : NOTHING);
  }
  return attempts.result();
}

export function solveNull(goal: Formula): Found {
  return solveListed(goal, [null]);
}

export function solveBoolean(goal: Formula): Found {
  return solveListed(goal, [true, false]);
}

/** The formula is one language; there is nothing to fork. */
export function solveString(goal: Formula, search: Search): Found {
  const what = untestable(goal);
  const language = languageOf(goal);
  const word = withPart(search.budget, (part) => readableWord(language, part));
  if (word.answer === 'no') return NOTHING;
  if (word.answer === 'unknown') return undecided(word.reason.text);
  if (what === undefined || evaluate(goal, word.witness) === true) return found(word.witness);
  return undecided(what);
}

/** The formula is one set of numbers. Opaque atoms are set aside, and tested on the numbers that are left. */
export function solveNumber(goal: Formula, search: Search): Found {
  search.budget.spend('questions about numbers');
  const set = numbersIn(goal);
  if (isNoNumber(set)) return NOTHING;
  const what = opaqueIn(goal);
  if (what === undefined) {
    const value = readableNumber(set);
    return value === undefined ? undecided('numbers that no double equals') : found(value);
  }
  for (const value of numbersOf(set, TRIED)) if (evaluate(goal, value) === true) return found(value);
  return undecided(what);
}

/** The numbers of a formula restricted to numbers, opaque atoms left out. */
export function numbersIn(formula: Formula): NumberSet {
  const before = known.get(formula);
  if (before) return before;
  const set = numbersInNode(formula);
  known.set(formula, set);
  return set;
}

const known = new WeakMap<Formula, NumberSet>();

function numbersInNode(formula: Formula): NumberSet {
  switch (formula.kind) {
    case 'constant':
      return formula.value ? ALL_NUMBERS : NO_NUMBER;
    case 'numbers':
      return formula.set;
    case 'and':
      return intersectNumbers(formula.parts.map(numbersIn));
    case 'or':
      return unionNumbers(formula.parts.map(numbersIn));
    default:
      return ALL_NUMBERS;
  }
}

function opaqueIn(formula: Formula): string | undefined {
  return opaqueAmong(formula, () => true);
}
