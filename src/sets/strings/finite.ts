import type { Budget } from '../budget.ts';
import { contains } from './contains.ts';
import type { Language } from './term.ts';
import { type Trie, trieWords } from './trie.ts';

/** Words that are looked at for a step. */
const WORDS_A_STEP = 8;

/**
 * The members of a language that is visibly a part of a finite set of words (`enum` ∩ anything), in code point
 * order; undefined for other languages. A few words cost a step.
 */
export function* membersOf(trie: Trie, language: Language, budget: Budget): Generator<string> {
  let looked = 0;
  for (const word of trieWords(trie)) {
    if (looked++ % WORDS_A_STEP === 0) budget.spend('the words of a list');
    if (!hasSurrogate(word) && contains(language, word)) yield word;
  }
}

/** The finite set of words a language is a part of, if its shape shows one. */
export function listOf(language: Language): Trie | undefined {
  if (language.kind === 'words') return language.trie;
  if (language.kind !== 'intersection') return undefined;
  for (const item of language.items) if (item.kind === 'words') return item.trie;
  return undefined;
}

/** Whether a lone surrogate is among the characters: such a string has no UTF-8 form. */
function hasSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}
