import { union } from './boolean.ts';
import { before, concat, word } from './concat.ts';
import { wordSet } from './primitive.ts';
import { ALL, type Language } from './term.ts';
import { trieOf } from './trie.ts';

export { lengthBetween, word } from './concat.ts';

/** Longer words are kept as chains of characters. */
const LONGEST_TRIE_WORD = 1000;

/** Any of these strings; ten thousand are cheap. */
export function words(texts: Iterable<string>): Language {
  const short: string[] = [];
  const long: string[] = [];
  for (const text of texts) (text.length <= LONGEST_TRIE_WORD ? short : long).push(text);
  const known = wordSet(trieOf(short));
  return long.length === 0 ? known : union([known, ...long.map(word)]);
}

/** Strings that start with the text. */
export function prefix(text: string): Language {
  return before(text, ALL);
}

/** Strings that end with the text. */
export function suffix(text: string): Language {
  return concat(ALL, word(text));
}

/** Strings that contain the text. */
export function containing(text: string): Language {
  return concat(ALL, prefix(text));
}

/** The literal parts between the stars of a wildcard: `a*b` is `["a","b"]`, `*` is `["",""]`, `x` is `["x"]`. */
export function wildcard(parts: readonly string[]): Language {
  let out = word(parts[parts.length - 1] ?? '');
  for (let i = parts.length - 2; i >= 0; i--) out = before(parts[i]!, concat(ALL, out));
  return out;
}
