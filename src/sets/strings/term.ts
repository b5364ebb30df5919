import { Cache } from './cache.ts';
import { ANY_CHAR, type CharSet } from './chars.ts';
import type { Partition } from './partition.ts';
import type { Trie } from './trie.ts';

/**
 * A set of strings, as a term over code points. Terms are interned: the same construction is usually the same
 * object, so the same `id` means the same language (another id means nothing). Build them with `build.ts` only.
 */
export type Language =
  | None
  | Epsilon
  | Chars
  | Words
  | Concat
  | Repeat
  | Union
  | Intersection
  | Complement
  | Lazy
  | Units
  | Approximate;

interface Term {
  readonly id: number;
  /** Whether the empty string is a member. For inexact languages: of the over-approximation. */
  readonly nullable: boolean;
  /** No member is shorter (in code points); a lower bound. Infinity for the empty language. */
  readonly min: number;
  /** No member is longer; an upper bound. -1 for the empty language. */
  readonly max: number;
  /** Built without intersection, complement and the like: not empty, and `min` and `max` are attained. */
  readonly plain: boolean;
  /** Whether the term is its language exactly, with no {@link Approximate} part. */
  readonly exact: boolean;
  /** Whether some class of characters in it contains surrogates, `any string` not counted. */
  readonly surrogates: boolean;
  /** What the first character leads to; filled in by `step.ts`. */
  edges: Edges | undefined;
  /** Whether there is a member at all, once somebody found out. */
  inhabited: boolean | undefined;
}

/** Where each class of first characters leads. */
export interface Edges {
  readonly partition: Partition;
  readonly to: readonly Language[];
}

export interface None extends Term {
  readonly kind: 'none';
}
export interface Epsilon extends Term {
  readonly kind: 'epsilon';
}
/** One character out of a set. */
export interface Chars extends Term {
  readonly kind: 'chars';
  readonly set: CharSet;
}
/** A finite set of words, at least one of two characters or more, or the empty word beside others. */
export interface Words extends Term {
  readonly kind: 'words';
  readonly trie: Trie;
}
/** `first` then `rest`; `first` is never itself a concatenation. */
export interface Concat extends Term {
  readonly kind: 'concat';
  readonly first: Language;
  readonly rest: Language;
}
/** `inner` between `from` and `to` times (`to` may be Infinity), kept as counters and never written out. */
export interface Repeat extends Term {
  readonly kind: 'repeat';
  readonly inner: Language;
  readonly from: number;
  readonly to: number;
}
/** Promises: two items or more, ascending by id, no unions among them, at most one complement. */
export interface Union extends Term {
  readonly kind: 'union';
  readonly items: readonly Language[];
}
/** Promises: as for {@link Union}, with intersections. */
export interface Intersection extends Term {
  readonly kind: 'intersection';
  readonly items: readonly Language[];
}
export interface Complement extends Term {
  readonly kind: 'complement';
  readonly inner: Language;
}
/** A term that is worked out when a search gets to it, or that contains itself: see {@link lazy}. */
export interface Lazy extends Term {
  readonly kind: 'lazy';
  readonly unfold: () => Language;
}
/** The strings whose UTF-16 code units, read as characters, are in `inner`. */
export interface Units extends Term {
  readonly kind: 'units';
  readonly inner: Language;
}
/** A language known only between two bounds, with an exact test for single words. */
export interface Approximate extends Term {
  readonly kind: 'approximate';
  readonly under: Language;
  readonly over: Language;
  readonly member: (word: string) => boolean;
  /** The construct that could not be written as a term. */
  readonly reason: string;
}

type Body<T> = T extends Language ? Omit<T, 'id' | 'edges' | 'inhabited'> : never;

const terms = new Cache<string, Language>(100_000);
let nextId = 0;

/** The term known under the key, or a new one. The key must determine the body. */
export function intern(key: string, body: () => Body<Language>): Language {
  const known = terms.get(key);
  if (known) return known;
  const made = unshared(body());
  terms.set(key, made);
  return made;
}

/** A new term that equals no other. */
function unshared(body: Body<Language>): Language {
  const inhabited =
    body.kind === 'none' ? false : body.plain || (body.nullable && body.exact) ? true : undefined;
  return { ...body, id: nextId++, edges: undefined, inhabited } as Language;
}

/**
 * A term that `unfold` gives when it is needed; it may contain itself, if a character stands before (as in a
 * repetition whose body looks around itself: `(?:a\b|,)*`). `min` and `nullable` must be right beforehand.
 */
export function lazy(unfold: () => Language, known: { min: number; nullable: boolean }): Language {
  let unfolded: Language | undefined;
  return unshared({
    kind: 'lazy',
    unfold: () => (unfolded ??= unfold()),
    ...known,
    max: Number.POSITIVE_INFINITY,
    plain: false,
    exact: true,
    surrogates: true,
  });
}

const never = Number.POSITIVE_INFINITY;

/** No string at all. */
export const NONE: Language = unshared({
  kind: 'none',
  nullable: false,
  min: never,
  max: -1,
  plain: false,
  exact: true,
  surrogates: false,
});

/** The empty string only. */
export const EPSILON: Language = unshared({
  kind: 'epsilon',
  nullable: true,
  min: 0,
  max: 0,
  plain: true,
  exact: true,
  surrogates: false,
});

/** Any one character. */
export const ANY: Language = unshared({
  kind: 'chars',
  set: ANY_CHAR,
  nullable: false,
  min: 1,
  max: 1,
  plain: true,
  exact: true,
  surrogates: true,
});

/** Every string. */
export const ALL: Language = unshared({
  kind: 'repeat',
  inner: ANY,
  from: 0,
  to: never,
  nullable: true,
  min: 0,
  max: never,
  plain: true,
  exact: true,
  surrogates: false,
});
