import type { Budget } from '../budget.ts';
import { listOf, membersOf } from './finite.ts';
import { classChars, classSample } from './partition.ts';
import { search } from './search.ts';
import { step } from './step.ts';
import { type Language, NONE } from './term.ts';

/**
 * Different words of an exact language, shortest first, at most `limit`. Ends early only when there are no more.
 * Words grow in layers, one character a layer, and only towards states that still lead to a word.
 */
export function* enumerate(language: Language, limit: number, budget: Budget): Generator<string> {
  const list = listOf(language);
  let given = 0;
  if (list) {
    for (const word of membersOf(list, language, budget)) {
      if (given++ >= limit) return;
      yield word;
    }
    return;
  }
  let layer: { word: string; term: Language }[] = alive(language, budget)
    ? [{ word: '', term: language }]
    : [];
  while (layer.length > 0) {
    const next: { word: string; term: Language }[] = [];
    for (const { word, term } of layer) {
      if (term.nullable) {
        if (given++ >= limit) return;
        yield word;
      }
    }
    for (const { word, term } of layer) {
      if (given + next.length >= limit && next.length > 0) break;
      grow(word, term, limit, budget, next);
    }
    layer = next;
  }
}

function grow(
  word: string,
  term: Language,
  limit: number,
  budget: Budget,
  next: { word: string; term: Language }[],
): void {
  const { partition, to } = step(term);
  const order = to
    .map((target, cls) => ({ target, cls, sample: classSample(partition, cls) }))
    .filter(({ target, sample }) => target !== NONE && sample.codePoint >= 0)
    .sort((a, b) => a.sample.effort - b.sample.effort);
  for (const { target, cls, sample } of order) {
    budget.spend('listing strings', 1);
    if (!alive(target, budget)) continue;
    for (const codePoint of members(classChars(partition, cls).ranges, sample.codePoint)) {
      if (next.length >= limit) return;
      next.push({ word: word + String.fromCodePoint(codePoint), term: target });
    }
  }
}

/** Whether a state still leads to a word; remembered at the term. */
export function alive(term: Language, budget: Budget): boolean {
  if (term.inhabited === undefined) term.inhabited = search(term, 'any', budget) !== undefined;
  return term.inhabited;
}

/** The members of a class from its best one upwards, then the rest; surrogates left out. */
function* members(ranges: readonly number[], from: number): Generator<number> {
  for (const start of [from, 0]) {
    for (let i = 0; i < ranges.length; i += 2) {
      const low = Math.max(ranges[i]!, start);
      const high = start === 0 ? Math.min(ranges[i + 1]!, from - 1) : ranges[i + 1]!;
      for (let c = low; c <= high; c++) if (c < 0xd800 || c > 0xdfff) yield c;
    }
  }
}
