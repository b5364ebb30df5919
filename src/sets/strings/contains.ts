import { after } from './step.ts';
import { ALL, type Language, NONE } from './term.ts';
import { NO_WORD, trieChild } from './trie.ts';

/**
 * Whether the string is a member. Exact for approximate languages too. O(length · size of the term) the first
 * time, O(length) for texts like those seen before.
 */
export function contains(language: Language, text: string): boolean {
  switch (language.kind) {
    case 'union':
      return language.items.some((item) => contains(item, text));
    case 'intersection':
      return language.items.every((item) => contains(item, text));
    case 'complement':
      return !contains(language.inner, text);
    case 'approximate':
      return language.member(text);
    case 'words': {
      let trie = language.trie;
      for (const c of text) {
        trie = trieChild(trie, c.codePointAt(0)!);
        if (trie === NO_WORD) return false;
      }
      return trie.accepts;
    }
    default:
      return walk(language, text);
  }
}

function walk(language: Language, text: string): boolean {
  let state = language;
  if (text.length < state.min || text.length > 2 * state.max) return false;
  for (const c of text) {
    state = after(state, c.codePointAt(0)!);
    if (state === ALL) return true;
    if (state === NONE) return false;
  }
  return state.nullable;
}
