import { type Budget, OutOfBudget } from '../budget.ts';
import { overOf } from './approximate.ts';
import type { CharSet } from './chars.ts';
import { contains } from './contains.ts';
import { alive } from './enumerate.ts';
import { listOf, membersOf } from './finite.ts';
import { classChars, classSample } from './partition.ts';
import { search } from './search.ts';
import { step } from './step.ts';
import { type Language, NONE } from './term.ts';

/** Words of a list that a sample is drawn from. */
const DRAWN = 1000;
/** How often a character is drawn from the whole class and not from its readable members. */
const WILD = 0.15;
/** Draws for a language that is not exact. */
const ATTEMPTS = 20;

/**
 * A random member: a walk over states that lead to a word, of about the given length, then on to the nearest end.
 * `random` gives numbers in [0, 1). Undefined if there is no member or the budget ran out.
 */
export function sample(
  language: Language,
  random: () => number,
  budget: Budget,
  length = 8,
): string | undefined {
  try {
    if (language.exact) return walk(language, random, budget, length);
    for (let i = 0; i < ATTEMPTS; i++) {
      const word = walk(overOf(language), random, budget, length);
      if (word !== undefined && contains(language, word)) return word;
    }
    return undefined;
  } catch (error) {
    if (error instanceof OutOfBudget) return undefined;
    throw error;
  }
}

function walk(language: Language, random: () => number, budget: Budget, length: number): string | undefined {
  const list = listOf(language);
  if (list) return drawn(membersOf(list, language, budget), random);
  if (!alive(language, budget)) return undefined;
  const wanted = Math.max(language.min, Math.floor(random() * 2 * length));
  let word = '';
  let state = language;
  for (let i = 0; i < wanted; i++) {
    const { partition, to } = step(state);
    budget.spend('a random string', to.length);
    const open = to.flatMap((next, cls) =>
      next !== NONE && classSample(partition, cls).codePoint >= 0 && alive(next, budget)
        ? [{ next, cls }]
        : [],
    );
    const choice = open[Math.floor(random() * open.length)];
    if (!choice) break;
    word += character(
      classChars(partition, choice.cls),
      classSample(partition, choice.cls).codePoint,
      random,
    );
    state = choice.next;
  }
  return state.nullable ? word : word + (search(state, 'shortest', budget) ?? '');
}

function drawn(words: Iterable<string>, random: () => number): string | undefined {
  const found: string[] = [];
  for (const word of words) {
    found.push(word);
    if (found.length >= DRAWN) break;
  }
  return found[Math.floor(random() * found.length)];
}

/** Mostly a character of the run that the most readable one stands in. */
function character(set: CharSet, readable: number, random: () => number): string {
  const ranges = set.ranges;
  let low = readable;
  let high = readable;
  if (random() < WILD) {
    const at = 2 * Math.floor((random() * ranges.length) / 2);
    low = ranges[at]!;
    high = ranges[at + 1]!;
  } else {
    const at = ranges.findIndex((end, i) => i % 2 === 1 && end >= readable);
    high = Math.min(ranges[at]!, readable + 25);
  }
  const codePoint = low + Math.floor(random() * (high - low + 1));
  return String.fromCodePoint(codePoint >= 0xd800 && codePoint <= 0xdfff ? readable : codePoint);
}
