import { ANY_CHAR, type CharSet, charSet, charsOf, intersectChars, SURROGATES } from './chars.ts';
import { ANY, EPSILON, intern, type Language, NONE } from './term.ts';
import { EMPTY_WORD, NO_WORD, type Trie, trieNode } from './trie.ts';

/** Sets of single characters up to this size may become tries, to join other words. */
const FEW = 8;

/** One character out of the set. */
export function chars(set: CharSet): Language {
  if (set.size === 0) return NONE;
  if (set === ANY_CHAR) return ANY;
  return intern(`c${set.id}`, () => ({
    kind: 'chars',
    set,
    nullable: false,
    min: 1,
    max: 1,
    plain: set.inhabited,
    exact: true,
    surrogates: intersectChars(set, SURROGATES).size > 0,
  }));
}

/** The words of a trie, in their simplest form: nothing, the empty word and single characters are not tries. */
export function wordSet(trie: Trie): Language {
  if (trie === NO_WORD) return NONE;
  if (trie === EMPTY_WORD) return EPSILON;
  if (trie.min === 1 && trie.max === 1) return chars(charSet(trie.chars.flatMap((c) => [c, c])));
  return intern(`w${trie.id}`, () => ({
    kind: 'words',
    trie,
    nullable: trie.accepts,
    min: trie.min,
    max: trie.max,
    plain: !trie.surrogates,
    exact: true,
    surrogates: trie.surrogates,
  }));
}

/** The trie of a small enough finite language, or undefined. Inverse of {@link wordSet}. */
export function asTrie(term: Language): Trie | undefined {
  if (term.kind === 'words') return term.trie;
  if (term.kind === 'epsilon') return EMPTY_WORD;
  if (term.kind === 'none') return NO_WORD;
  if (term.kind === 'chars' && term.set.size <= FEW) {
    const members = charsOf(term.set, FEW);
    return trieNode(
      false,
      members,
      members.map(() => EMPTY_WORD),
    );
  }
  return undefined;
}

/** `first` then `rest`, as they stand: `concat` simplifies. */
export function rawConcat(first: Language, rest: Language): Language {
  return intern(`.${first.id},${rest.id}`, () => ({
    kind: 'concat',
    first,
    rest,
    nullable: first.nullable && rest.nullable,
    min: first.min + rest.min,
    max: first.max + rest.max,
    plain: first.plain && rest.plain,
    exact: true,
    surrogates: first.surrogates || rest.surrogates,
  }));
}
