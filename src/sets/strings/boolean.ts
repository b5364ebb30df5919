import {
  type CharSet,
  charSet,
  hasChar,
  intersectChars,
  NO_CHAR,
  subtractChars,
  unionChars,
} from './chars.ts';
import { concat, lengthBetween, repeat } from './concat.ts';
import { joinParts } from './group.ts';
import { asTrie, chars, wordSet } from './primitive.ts';
import { plainlyInside, window } from './subset.ts';
import { ALL, EPSILON, intern, type Language, NONE } from './term.ts';
import {
  EMPTY_WORD,
  intersectTries,
  NO_WORD,
  subtractTries,
  type Trie,
  trieNode,
  trieOf,
  trieWords,
  unionTries,
} from './trie.ts';

/** Unions and intersections up to this size have their parts compared pair by pair. */
const COMPARED = 12;
/** A finite set is cut down to a window of lengths word by word up to this size. */
const FILTERED = 20_000;
/** Parts that share a head are joined this often one inside the other. */
const DEEPEST = 100;

/**
 * In one of them. Give all parts at once: a thousand prefixes together are cheap, one by one they are not.
 * Unions hold no complements: a union with some is the complement of an intersection.
 */
export function union(parts: readonly Language[]): Language {
  return unite(parts, 0);
}

/** `depth` counts unions made of the parts' tails: beyond some depth they are left unjoined. */
function unite(parts: readonly Language[], depth: number): Language {
  const items = new Map<number, Language>();
  const outside: Language[] = [];
  let set = NO_CHAR;
  const tries: Trie[] = [];
  const todo = [...parts];
  for (let part = todo.pop(); part; part = todo.pop()) {
    if (part === ALL) return ALL;
    if (part.kind === 'union') todo.push(...part.items);
    else if (part.kind === 'complement') outside.push(part.inner);
    else if (part.kind === 'chars') set = unionChars(set, part.set);
    else if (part.kind === 'words') tries.push(part.trie);
    else if (part === EPSILON) tries.push(EMPTY_WORD);
    else if (part.kind === 'concat' && part.first === ALL && part.rest.kind === 'union') {
      for (const rest of part.rest.items) put(items, concat(ALL, rest));
    } else put(items, part);
  }
  addFinite(items, set, uniteAll(tries));
  dropInside(items);
  if (depth < DEEPEST) joinParts(items, (tails) => unite(tails, depth + 1));
  const known = [...items.values()];
  if (known.includes(ALL)) return ALL;
  if (outside.length > 0) return complement(intersection([...outside, complement(unionOf(known))]));
  return unionOf(known);
}

/** Pair by pair, so that thousands of words cost their length times the logarithm of their number. */
function uniteAll(tries: readonly Trie[]): Trie {
  let layer = tries;
  while (layer.length > 1) {
    const next: Trie[] = [];
    for (let i = 0; i < layer.length; i += 2) next.push(unionTries(layer[i]!, layer[i + 1] ?? NO_WORD));
    layer = next;
  }
  return layer[0] ?? NO_WORD;
}

function unionOf(items: readonly Language[]): Language {
  if (items.length < 2) return items[0] ?? NONE;
  // Joining parts may have made a union inside: flatten it.
  if (items.some((item) => item.kind === 'union')) return union(items);
  const sorted = [...items].sort((a, b) => a.id - b.id);
  return intern(`|${sorted.map((item) => item.id)}`, () => ({
    kind: 'union',
    items: sorted,
    nullable: sorted.some((item) => item.nullable),
    min: Math.min(...sorted.map((item) => item.min)),
    max: Math.max(...sorted.map((item) => item.max)),
    plain: sorted.every((item) => item.plain),
    exact: sorted.every((item) => item.exact),
    surrogates: sorted.some((item) => item.surrogates),
  }));
}

function put(items: Map<number, Language>, item: Language): void {
  if (item !== NONE) items.set(item.id, item);
}

/** Adds the single characters and the words of a union, as few terms as possible. */
function addFinite(items: Map<number, Language>, set: CharSet, trie: Trie): void {
  let words = trie;
  const few = asTrie(chars(set));
  if (words.accepts && [...items.values()].some((item) => item.nullable && item.exact)) {
    words = trieNode(false, words.chars, words.next);
  }
  if (words === EMPTY_WORD && set !== NO_CHAR) put(items, repeat(chars(set), 0, 1));
  else if (few && words !== NO_WORD) put(items, wordSet(unionTries(words, few)));
  else {
    put(items, chars(set));
    put(items, wordSet(words));
  }
}

/** Drops the parts of a union that lie inside another part. */
function dropInside(items: Map<number, Language>): void {
  if (items.size < 2 || items.size > COMPARED) return;
  for (const item of [...items.values()]) {
    for (const other of items.values()) {
      if (other !== item && plainlyInside(item, other)) {
        items.delete(item.id);
        break;
      }
    }
  }
}

/** In all of them. Intersections hold at most one complement. */
export function intersection(parts: readonly Language[]): Language {
  const items = new Map<number, Language>();
  const outside: Language[] = [];
  let set: CharSet | undefined;
  let trie: Trie | undefined;
  let from = 0;
  let to = Number.POSITIVE_INFINITY;
  const todo = [...parts];
  for (let part = todo.pop(); part; part = todo.pop()) {
    const lengths = window(part);
    if (part === NONE) return NONE;
    if (part.kind === 'intersection') todo.push(...part.items);
    else if (part.kind === 'complement') outside.push(part.inner);
    else if (part.kind === 'chars') set = set ? intersectChars(set, part.set) : part.set;
    else if (part.kind === 'words') trie = trie ? intersectTries(trie, part.trie) : part.trie;
    else if (part === EPSILON) trie = trie?.accepts === false ? NO_WORD : EMPTY_WORD;
    else if (lengths) {
      from = Math.max(from, lengths.from);
      to = Math.min(to, lengths.to);
    } else items.set(part.id, part);
  }
  if (set && trie) {
    trie = wordsOver(trie, set);
    set = undefined;
  }
  if (to < from) return NONE;
  let excluded = union(outside);
  if (trie) {
    excluded = takeOut(excluded, (words) => {
      trie = subtractTries(trie!, words);
    });
    trie = withLengths(trie, from, to);
    if (trie === NO_WORD) return NONE;
    put(items, wordSet(trie));
  } else if (set) {
    if (from > 1 || to < 1) return NONE;
    excluded = takeOut(excluded, (words) => {
      set = subtractChars(set!, singles(words));
    });
    if (set === NO_CHAR) return NONE;
    put(items, chars(set));
  }
  return intersectionOf(items, excluded, from, to);
}

/** Hands the finite part of a union to `take`, and returns the union without it. */
function takeOut(excluded: Language, take: (words: Trie) => void): Language {
  const items = excluded.kind === 'union' ? excluded.items : [excluded];
  const infinite = items.filter((item) => asTrie(item) === undefined);
  if (infinite.length === items.length) return excluded;
  for (const item of items) {
    const words = asTrie(item);
    if (words) take(words);
  }
  return unionOf(infinite);
}

function singles(words: Trie): CharSet {
  return charSet(words.chars.flatMap((c, i) => (words.next[i]!.accepts ? [c, c] : [])));
}

function wordsOver(trie: Trie, set: CharSet): Trie {
  const kept = trie.chars.filter((c, i) => trie.next[i]!.accepts && hasChar(set, c));
  return trieNode(
    false,
    kept,
    kept.map(() => EMPTY_WORD),
  );
}

function withLengths(trie: Trie, from: number, to: number): Trie {
  if (trie === NO_WORD || (trie.min >= from && trie.max <= to)) return trie;
  if (trie.min > to || trie.max < from) return NO_WORD;
  if (trie.size > FILTERED) return trie;
  const kept: string[] = [];
  for (const word of trieWords(trie)) {
    const length = codePoints(word);
    if (length >= from && length <= to) kept.push(word);
  }
  return trieOf(kept);
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function intersectionOf(
  items: Map<number, Language>,
  excluded: Language,
  from: number,
  to: number,
): Language {
  let least = 0;
  let most = Number.POSITIVE_INFINITY;
  for (const item of items.values()) {
    least = Math.max(least, item.min);
    most = Math.min(most, item.max);
  }
  if (Math.max(least, from) > Math.min(most, to)) return NONE;
  if (from > least || to < most)
    put(items, lengthBetween(from > least ? from : 0, to < most ? to : Infinity));
  if (excluded === ALL) return NONE;
  const exact = excluded.exact && [...items.values()].every((item) => item.exact);
  if (items.has(EPSILON.id) && exact) {
    return !excluded.nullable && [...items.values()].every((item) => item.nullable) ? EPSILON : NONE;
  }
  dropOutside(items);
  if (excluded !== NONE) {
    for (const item of items.values()) if (plainlyInside(item, excluded)) return NONE;
    put(items, complement(excluded));
  }
  if (items.size < 2) return items.values().next().value ?? ALL;
  const sorted = [...items.values()].sort((a, b) => a.id - b.id);
  return intern(`&${sorted.map((item) => item.id)}`, () => ({
    kind: 'intersection',
    items: sorted,
    nullable: sorted.every((item) => item.nullable),
    min: Math.max(...sorted.map((item) => item.min)),
    max: Math.min(...sorted.map((item) => item.max)),
    plain: false,
    exact,
    surrogates: sorted.some((item) => item.surrogates),
  }));
}

/** Drops the parts of an intersection that another part lies inside. */
function dropOutside(items: Map<number, Language>): void {
  if (items.size < 2 || items.size > COMPARED) return;
  for (const item of [...items.values()]) {
    for (const other of items.values()) {
      if (other !== item && plainlyInside(other, item)) {
        items.delete(item.id);
        break;
      }
    }
  }
}

/** Every other string. */
export function complement(term: Language): Language {
  if (term === NONE) return ALL;
  if (term === ALL) return NONE;
  if (term.kind === 'complement') return term.inner;
  const lengths = term === EPSILON ? { from: 0, to: 0 } : window(term);
  if (lengths) return unionOf(gaps(lengths.from, lengths.to));
  return intern(`!${term.id}`, () => ({
    kind: 'complement',
    inner: term,
    // What is known of an approximate language holds for what lies around it: its complement may be anything.
    nullable: !term.exact || !term.nullable,
    min: term.exact && term.nullable ? 1 : 0,
    max: Number.POSITIVE_INFINITY,
    plain: false,
    exact: term.exact,
    surrogates: term.surrogates,
  }));
}

function gaps(from: number, to: number): Language[] {
  const out: Language[] = [];
  if (from > 0) out.push(lengthBetween(0, from - 1));
  if (to !== Number.POSITIVE_INFINITY) out.push(lengthBetween(to + 1, Number.POSITIVE_INFINITY));
  return out;
}
