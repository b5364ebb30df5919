import { contains } from './contains.ts';
import type { Language } from './term.ts';

const examples = new Map<number, readonly string[]>();

/** Says what a well-known language usually looks like: 2026-01-31 is more readable than 0000-02-20. */
export function makeFamiliar(language: Language, words: readonly string[]): void {
  examples.set(language.id, words);
}

/** A usual word of a language that is a well-known one, perhaps cut down by other conditions. */
export function familiarWord(language: Language): string | undefined {
  for (const part of language.kind === 'intersection' ? language.items : [language]) {
    const found = examples.get(part.id)?.find((word) => contains(language, word));
    if (found !== undefined) return found;
  }
  return undefined;
}
