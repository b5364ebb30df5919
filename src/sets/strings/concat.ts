import { Cache } from './cache.ts';
import { oneChar } from './chars.ts';
import { asTrie, chars, rawConcat, wordSet } from './primitive.ts';
import { ALL, ANY, EPSILON, intern, type Language, NONE } from './term.ts';
import { type Trie, trieNode, trieOf } from './trie.ts';

/** Words longer than this are chains of characters, not tries: walks over tries recurse. */
const LONGEST_TRIE_WORD = 1000;

/** Exactly this string. */
export function word(text: string): Language {
  if (text.length > LONGEST_TRIE_WORD) return before(text, EPSILON);
  const known = single.get(text);
  if (known) return known;
  const language = wordSet(trieOf([text]));
  single.set(text, language);
  return language;
}

const single = new Cache<string, Language>(5_000);

/** The text, then what is in `rest`. */
export function before(text: string, rest: Language): Language {
  return beforeAll(
    Array.from(text, (c) => c.codePointAt(0)!),
    rest,
  );
}

/** As numbers, because halves of characters must not join to one: they do in a string. */
function beforeAll(codePoints: readonly number[], rest: Language): Language {
  return codePoints.reduceRight((out, codePoint) => concat(chars(oneChar(codePoint)), out), rest);
}

/** `a` then `b`. Chains lean to the right; what can be merged is: `a{2}a*` → `a{2,}`, `a?[^]*` → `[^]*`. */
export function concat(a: Language, b: Language): Language {
  if (a === NONE || b === NONE) return NONE;
  if (a === EPSILON) return b;
  if (b === EPSILON) return a;
  if (!a.exact || !b.exact) throw new Error('an approximate language cannot be part of a concatenation');
  if (a.kind === 'concat') return append(a, b);
  if (b === ALL && a.nullable) return ALL;
  if (startsWithAll(b)) {
    if (a === ALL || a.nullable) return b;
    if (a.kind === 'repeat' && a.to > a.from) return concat(repeat(a.inner, a.from, a.from), b);
  }
  if (a === ALL && b.nullable) return ALL;
  if (a.kind === 'words' && (a.trie.size > 1 || asTrie(b)?.size !== 1)) {
    const { start, rest } = commonStart(a.trie);
    if (start.length > 0) return beforeAll(start, concat(wordSet(rest), b));
  }
  return joinWords(a, b) ?? joinRepeats(a, b) ?? rawConcat(a, b);
}

function append(chain: Language, end: Language): Language {
  const firsts: Language[] = [];
  let tail = chain;
  while (tail.kind === 'concat') {
    firsts.push(tail.first);
    tail = tail.rest;
  }
  let out = concat(tail, end);
  for (let i = firsts.length - 1; i >= 0; i--) out = concat(firsts[i]!, out);
  return out;
}

function joinWords(a: Language, b: Language): Language | undefined {
  const left = asTrie(a);
  const right = asTrie(b);
  if (left?.size !== 1 || right?.size !== 1 || left.max + right.max > LONGEST_TRIE_WORD) return undefined;
  const { start } = commonStart(left);
  return wordSet(start.reduceRight((out, codePoint) => trieNode(false, [codePoint], [out]), right));
}

/** The characters that all words of a trie begin with, and what follows them. */
function commonStart(trie: Trie): { start: number[]; rest: Trie } {
  const start: number[] = [];
  let rest = trie;
  for (; !rest.accepts && rest.chars.length === 1; rest = rest.next[0]!) start.push(rest.chars[0]!);
  return { start, rest };
}

function joinRepeats(a: Language, b: Language): Language | undefined {
  const head = b.kind === 'concat' ? b.first : b;
  const left = counted(a);
  const right = counted(head);
  if (left.inner !== right.inner) return undefined;
  const letters = a.kind === 'chars' && a.set.size === 1 && head.kind === 'chars';
  if (letters) return undefined;
  const sum = repeat(left.inner, left.from + right.from, left.to + right.to);
  return b.kind === 'concat' ? concat(sum, b.rest) : sum;
}

/** A term seen as a repetition of something. */
export function counted(term: Language): { inner: Language; from: number; to: number } {
  return term.kind === 'repeat' ? term : { inner: term, from: 1, to: 1 };
}

export function startsWithAll(term: Language): boolean {
  return term === ALL || (term.kind === 'concat' && term.first === ALL);
}

/** One after the other. */
export function sequence(parts: readonly Language[]): Language {
  return parts.reduceRight((rest, part) => concat(part, rest), EPSILON);
}

/** `inner` between `from` and `to` times; `to` may be Infinity. The counters are symbols: large ones are free. */
export function repeat(inner: Language, from: number, to: number): Language {
  if (to < from) return NONE;
  if (to === 0 || inner === EPSILON) return EPSILON;
  if (inner === NONE) return from === 0 ? EPSILON : NONE;
  if (!inner.exact) throw new Error('an approximate language cannot be repeated');
  const least = inner.nullable ? 0 : from;
  if (least === 1 && to === 1) return inner;
  if (inner === ANY && least === 0 && to === Number.POSITIVE_INFINITY) return ALL;
  if (inner.kind === 'repeat' && countsTouch(inner.from, inner.to, least, to)) {
    return repeat(inner.inner, times(least, inner.from), times(to, inner.to));
  }
  if (least === 0 && to === 1 && inner.nullable) return inner;
  return intern(`r${inner.id},${least},${to}`, () => ({
    kind: 'repeat',
    inner,
    from: least,
    to,
    nullable: least === 0,
    min: times(least, inner.min),
    max: times(to, inner.max),
    plain: inner.plain,
    exact: true,
    surrogates: inner.surrogates,
  }));
}

/** Whether k·a to k·b, for k from `least` to `most`, leave no gap: `(x{2}){0,3}` does. */
function countsTouch(a: number, b: number, least: number, most: number): boolean {
  return least === most || a <= 1 || (least > 0 && a - 1 <= least * (b - a));
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

/** Strings of `from` to `to` code points. */
export function lengthBetween(from: number, to: number): Language {
  return repeat(ANY, Math.max(0, Math.ceil(from)), to === Number.POSITIVE_INFINITY ? to : Math.floor(to));
}
