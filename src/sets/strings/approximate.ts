import { complement, intersection, union } from './boolean.ts';
import { Cache } from './cache.ts';
import { ALL, intern, type Language, NONE } from './term.ts';

/** What is known of a language that cannot be written as a term. */
export interface Bounds {
  /** Decides the two bounds and the test: equal keys are one language. */
  readonly key: string;
  /** All its strings are in here; every string, if left out. */
  readonly over?: Language;
  /** All strings of this are in it; none, if left out. */
  readonly under?: Language;
  readonly member: (word: string) => boolean;
  /** The construct to blame, in words. */
  readonly reason: string;
}

/**
 * A language between two bounds. It may stand under union, intersection and complement; questions about it use
 * the bounds, test single words exactly, and say unknown where neither decides.
 */
export function approximate({ key, over = ALL, under = NONE, member, reason }: Bounds): Language {
  return intern(`~${key}`, () => ({
    kind: 'approximate',
    over,
    under,
    member,
    reason,
    nullable: over.nullable,
    min: over.min,
    max: over.max,
    plain: false,
    exact: false,
    surrogates: false,
  }));
}

const overs = new Cache<number, Language>(20_000);
const unders = new Cache<number, Language>(20_000);

/** An exact language around the given one. */
export function overOf(term: Language): Language {
  return bound(term, overs, (part) => part.over, overOf, underOf);
}

/** An exact language inside the given one. */
export function underOf(term: Language): Language {
  return bound(term, unders, (part) => part.under, underOf, overOf);
}

type Side = (term: Language) => Language;

function bound(
  term: Language,
  memo: Cache<number, Language>,
  pick: (part: Extract<Language, { kind: 'approximate' }>) => Language,
  same: Side,
  other: Side,
): Language {
  if (term.exact) return term;
  const known = memo.get(term.id);
  if (known) return known;
  const made =
    term.kind === 'approximate'
      ? pick(term)
      : term.kind === 'union'
        ? union(term.items.map(same))
        : term.kind === 'intersection'
          ? intersection(term.items.map(same))
          : term.kind === 'complement'
            ? complement(other(term.inner))
            : term;
  memo.set(term.id, made);
  return made;
}

/** The constructs that keep a language from being exact. */
export function inexactParts(term: Language): string[] {
  const reasons = new Set<string>();
  const todo = [term];
  for (let part = todo.pop(); part; part = todo.pop()) {
    if (part.exact) continue;
    if (part.kind === 'approximate') reasons.add(part.reason);
    else if (part.kind === 'complement') todo.push(part.inner);
    else if (part.kind === 'union' || part.kind === 'intersection') todo.push(...part.items);
  }
  return [...reasons];
}
