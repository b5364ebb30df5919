import { amount, listing, shown } from './listing.ts';
import { asTrie } from './strings/primitive.ts';
import { ALL, ANY, type Language } from './strings/term.ts';
import { type Trie, trieWords } from './strings/trie.ts';

/** Words of a list that are written out. */
const MOST_WORDS = 5;

/** What is asked of a string, to go after "a string": `that starts with "a"`; vague where it takes long to say. */
export function describeStrings(language: Language): string {
  const list = asTrie(language);
  if (list) return `that is ${words(list)}`;
  switch (language.kind) {
    case 'complement':
      return asTrie(language.inner)
        ? `other than ${words(asTrie(language.inner)!)}`
        : describeNegated(language.inner);
    case 'intersection':
      return listing(language.items.map(describeStrings), 'and');
    case 'union':
      return listing(language.items.map(describeStrings), 'or');
    case 'repeat':
      if (language.inner === ANY) return `of ${amount(language.from, language.to, 'character')}`;
      break;
    case 'concat':
      return describeAffix(language) ?? 'of a certain form';
  }
  return 'of a certain form';
}

function describeNegated(inner: Language): string {
  const positive = describeStrings(inner);
  return positive.startsWith('that ') && !positive.includes(' and ') && !positive.includes(' or ')
    ? `that does not ${positive.slice(5).replace(/^(start|end|contain)s/, '$1')}`
    : `that is not one ${positive}`;
}

/** Starts with, ends with or contains a text. */
function describeAffix(language: Language): string | undefined {
  const parts: Language[] = [];
  let rest = language;
  for (; rest.kind === 'concat'; rest = rest.rest) parts.push(rest.first);
  parts.push(rest);
  const open = [parts[0] === ALL, parts.at(-1) === ALL];
  const text = joined(parts.slice(open[0] ? 1 : 0, open[1] ? -1 : parts.length));
  if (text === undefined) return undefined;
  if (open[0] && open[1]) return `that contains ${shown(text)}`;
  if (open[1]) return `that starts with ${shown(text)}`;
  return open[0] ? `that ends with ${shown(text)}` : `that is ${shown(text)}`;
}

/** The only word of a row of parts. */
function joined(parts: readonly Language[]): string | undefined {
  let text = '';
  for (const part of parts) {
    const trie = asTrie(part);
    if (trie?.size !== 1) return undefined;
    text += [...trieWords(trie)][0]!;
  }
  return text === '' ? undefined : text;
}

function words(trie: Trie): string {
  const shownWords: string[] = [];
  for (const word of trieWords(trie)) {
    if (shownWords.length === MOST_WORDS) break;
    shownWords.push(shown(word));
  }
  const more = trie.size - shownWords.length;
  return listing(more > 0 ? [...shownWords, `${more} more`] : shownWords, 'or');
}
