import { Budget, OutOfBudget } from './budget.ts';
import { evaluate } from './evaluate.ts';
import type { Formula, Opaque } from './formula.ts';
import { restrict } from './restrict.ts';
import { approximate, inexactParts, overOf } from './strings/approximate.ts';
import { complement, intersection, union } from './strings/boolean.ts';
import { lengthBetween, words } from './strings/build.ts';
import { contains } from './strings/contains.ts';
import { enumerate } from './strings/enumerate.ts';
import { readableWord } from './strings/questions.ts';
import { ALL, type Language, NONE } from './strings/term.ts';
import { STRING } from './types.ts';

/** One question about strings may use up this share of what the whole question has left. */
const SHARE = 2;
/** Up to this many words are sought one by one. */
const FEW = 8;

/** Asks with a part of a budget, and pays for it: one hard language does not use up everything. */
export function withPart<T>(budget: Budget, ask: (part: Budget) => T): T {
  budget.spend('questions about strings');
  const part = new Budget(Math.ceil((budget.steps - budget.spent) / SHARE));
  try {
    return ask(part);
  } finally {
    budget.spend('the search for a string', Math.min(part.spent, part.steps));
  }
}

/** The strings of a formula, as one language. Opaque atoms make it approximate. */
export function languageOf(formula: Formula): Language {
  return fold(restrict(formula, STRING));
}

const folded = new WeakMap<Formula, Language>();

function fold(formula: Formula): Language {
  const known = folded.get(formula);
  if (known) return known;
  const language = foldNode(formula);
  folded.set(formula, language);
  return language;
}

function foldNode(formula: Formula): Language {
  switch (formula.kind) {
    case 'constant':
      return formula.value ? ALL : NONE;
    case 'strings':
      return formula.language;
    case 'length':
      return lengthBetween(formula.from, formula.to);
    case 'and':
      return intersection(formula.parts.map(fold));
    case 'or':
      return union(formula.parts.map(fold));
    case 'opaque':
      return formula.negated ? complement(unread(formula)) : unread(formula);
    default:
      return ALL;
  }
}

function unread(atom: Formula & { kind: 'opaque' }): Language {
  const base = atom.negated ? atom.opposite! : atom;
  return approximate({
    key: `opaque ${atom.key}`,
    // Without a test no word is ever called a member, neither here nor in the complement: see `untestable`.
    member: (word) => evaluate(base, word) === true,
    reason: atom.what,
  });
}

/** The construct in a formula about strings that not even a given string can be tested for. */
export function untestable(formula: Formula): string | undefined {
  return opaqueAmong(formula, ({ test }) => test === undefined);
}

/** What one of the opaque atoms of a formula says that pass a test; parts that stand in many places are seen once. */
export function opaqueAmong(formula: Formula, concerns: (atom: Opaque) => boolean): string | undefined {
  const seen = new Set<Formula>();
  const todo = [formula];
  for (let part = todo.pop(); part; part = todo.pop()) {
    if (part.kind === 'opaque' && concerns(part)) return part.what;
    if ((part.kind !== 'and' && part.kind !== 'or') || seen.has(part)) continue;
    seen.add(part);
    todo.push(...[...part.parts].reverse());
  }
  return undefined;
}

/**
 * Up to `limit` different words, the most readable first; fewer only if there are no more. Throws OutOfBudget when
 * that cannot be told.
 */
export function readableWords(language: Language, limit: number, budget: Budget): string[] {
  if (limit <= 0 || language === NONE) return [];
  const best = withPart(budget, (part) => readableWord(language, part));
  if (best.answer === 'no') return [];
  if (best.answer === 'unknown') throw new OutOfBudget(best.reason.text);
  const chosen = new Set([best.witness]);
  if (limit === 1) return [best.witness];
  if (!language.exact) return filtered(language, limit, chosen, budget);
  if (limit <= FEW) return oneByOne(language, limit, chosen, budget);
  for (const word of enumerate(language, limit + 1, budget)) {
    if (chosen.size >= limit) break;
    if (word !== '') chosen.add(word);
  }
  if (chosen.size < limit && language.nullable) chosen.add('');
  return [...chosen];
}

/** Each time the most readable word that was not chosen yet: fewer states than listing where a few are enough. */
function oneByOne(language: Language, limit: number, chosen: Set<string>, budget: Budget): string[] {
  while (chosen.size < limit) {
    const rest = intersection([language, complement(words([...chosen, '']))]);
    const next = withPart(budget, (part) => readableWord(rest, part));
    if (next.answer === 'unknown') throw new OutOfBudget(next.reason.text);
    if (next.answer === 'no') break;
    chosen.add(next.witness);
  }
  if (chosen.size < limit && language.nullable) chosen.add('');
  return [...chosen];
}

/** Words of the outer bound that pass the test. */
function filtered(language: Language, limit: number, chosen: Set<string>, budget: Budget): string[] {
  for (const word of enumerate(overOf(language), 200, budget)) {
    if (chosen.size >= limit) return [...chosen];
    if (contains(language, word)) chosen.add(word);
  }
  if (chosen.size >= limit) return [...chosen];
  throw new OutOfBudget(inexactParts(language).join(', '));
}
