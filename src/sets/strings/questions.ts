import { Budget, OutOfBudget } from '../budget.ts';
import { no, unknown, type Verdict, yes } from '../verdict.ts';
import { inexactParts, overOf, underOf } from './approximate.ts';
import { complement, intersection } from './boolean.ts';
import { contains } from './contains.ts';
import { enumerate } from './enumerate.ts';
import { familiarWord } from './familiar.ts';
import { listOf, membersOf } from './finite.ts';
import { mostReadable } from './readable.ts';
import { type Aim, search } from './search.ts';
import { type Language, NONE } from './term.ts';

/** Words of an over-approximation that are tried before the answer is unknown. */
const TRIED = 50;

/** Steps of the first search. */
const SHORT = 1_000;
/** Intersections up to this size have their parts tried in pairs. */
const PAIRED = 6;

/** true, false, or undefined where the budget ran out or a part of the language is not exact. */
export type Truth = boolean | undefined;

/** Whether no string is a member. */
export function isEmpty(language: Language, budget: Budget): Truth {
  if (language.inhabited !== undefined) return !language.inhabited;
  const { answer } = anyWord(language, budget);
  return answer === 'unknown' ? undefined : answer === 'no';
}

/** Some word, found with the least work. */
export function anyWord(language: Language, budget: Budget): Verdict<string> {
  return find(language, 'any', budget);
}

/** A shortest word. When the budget for that is used up, any word. */
export function shortestWord(language: Language, budget: Budget): Verdict<string> {
  return find(language, 'shortest', budget);
}

/** A short word of characters that people write. When the budget for that is used up, any word. */
export function readableWord(language: Language, budget: Budget): Verdict<string> {
  return find(language, 'readable', budget);
}

/** Whether every string of `b` is one of `a`. */
export function includes(a: Language, b: Language, budget: Budget): Truth {
  return isEmpty(intersection([b, complement(a)]), budget);
}

/** Different words, and whether these are all there are. */
export interface Words {
  readonly words: readonly string[];
  readonly complete: boolean;
}

/** Different words, shortest first, at most `limit`. Not complete and fewer than asked: not decided. */
export function wordsOf(language: Language, limit: number, budget: Budget): Words {
  const words: string[] = [];
  try {
    let looked = 0;
    const most = language.exact ? limit + 1 : limit + TRIED;
    for (const word of enumerate(overOf(language), most, budget)) {
      looked++;
      if (!language.exact && !contains(language, word)) continue;
      if (words.length === limit) return { words, complete: false };
      words.push(word);
    }
    return { words, complete: looked < most };
  } catch (error) {
    if (error instanceof OutOfBudget) return { words, complete: false };
    throw error;
  }
}

function find(language: Language, aim: Aim, budget: Budget): Verdict<string> {
  try {
    const usual = aim === 'readable' ? familiarWord(language) : undefined;
    if (usual !== undefined) return yes(usual);
    if (language.exact) {
      const found = findExact(language, aim, budget);
      return found === undefined ? no('no string is a member') : yes(found);
    }
    const found = findBetween(language, aim, budget);
    if (found.answer !== 'unknown') language.inhabited = found.answer === 'yes';
    return found;
  } catch (error) {
    if (error instanceof OutOfBudget) return unknown(error.what);
    throw error;
  }
}

function findExact(language: Language, aim: Aim, budget: Budget): string | undefined {
  if (language === NONE || language.inhabited === false) return undefined;
  const found = findListed(language, aim, budget) ?? findBySearch(language, aim, budget);
  language.inhabited = found !== undefined;
  return found;
}

function findListed(language: Language, aim: Aim, budget: Budget): string | undefined {
  const list = listOf(language);
  if (!list) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const word of membersOf(list, language, budget)) {
    const cost = aim === 'any' ? 0 : effortOf(word, aim);
    if (cost >= least) continue;
    best = word;
    least = cost;
    if (cost === 0) break;
  }
  if (best === undefined) language.inhabited = false;
  return best;
}

/** What a word costs a reader, on the scale of the aim. */
function effortOf(word: string, aim: Aim): number {
  let effort = 0;
  let length = 0;
  for (const c of word) {
    const codePoint = c.codePointAt(0)!;
    effort += mostReadable([codePoint, codePoint]).effort;
    length++;
  }
  return aim === 'shortest' ? length * 1000 + effort : effort;
}

/**
 * Searches in turn: a short one, which is enough nearly always; then whether two parts of the language exclude each
 * other, whatever the others say; then the way by lengths, which proves that there is none where that can be proven;
 * then a dive for any word with what is left.
 */
function findBySearch(language: Language, aim: Aim, budget: Budget): string | undefined {
  const left = () => Math.max(0, budget.steps - budget.spent);
  const first = attempt(language, aim, Math.min(SHORT, left() / 4), budget);
  if (first !== 'used up') return first.word;
  if (language.kind === 'intersection' && excludeEachOther(language.items, budget)) return undefined;
  const second = attempt(language, aim === 'any' ? 'shortest' : aim, left() / 2, budget);
  if (second !== 'used up') return second.word;
  return search(language, 'any', budget);
}

function attempt(language: Language, aim: Aim, steps: number, budget: Budget): { word?: string } | 'used up' {
  const part = new Budget(Math.floor(steps));
  try {
    const word = search(language, aim, part);
    return word === undefined ? {} : { word };
  } catch (error) {
    if (error instanceof OutOfBudget) return 'used up';
    throw error;
  } finally {
    budget.spend('the search for a string', Math.min(part.spent, part.steps));
  }
}

function excludeEachOther(items: readonly Language[], budget: Budget): boolean {
  if (items.length < 3 || items.length > PAIRED) return false;
  return items.some((a, i) =>
    items.slice(i + 1).some((b) => {
      const both = intersection([a, b]);
      if (both.inhabited !== undefined) return !both.inhabited;
      const found = attempt(both, 'any', (budget.steps - budget.spent) / 10, budget);
      if (found === 'used up') return false;
      both.inhabited = found.word !== undefined;
      return !both.inhabited;
    }),
  );
}

/** Between the bounds: sure members first, then words of the outer bound that pass the test. */
function findBetween(language: Language, aim: Aim, budget: Budget): Verdict<string> {
  const sure = underOf(language);
  if (sure !== NONE) {
    const found = findExact(sure, aim, budget);
    if (found !== undefined) return yes(found);
  }
  const over = overOf(language);
  if (findExact(over, 'any', budget) === undefined) return no('no string is a member');
  const most = listOf(over) ? Number.POSITIVE_INFINITY : TRIED;
  let tried = 0;
  for (const word of enumerate(over, most, budget)) {
    tried++;
    if (contains(language, word)) return yes(word);
  }
  if (tried < most) return no('no string is a member');
  return unknown(inexactParts(language).join(', '));
}
