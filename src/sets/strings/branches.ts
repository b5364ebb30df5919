import { complement, intersection } from './boolean.ts';
import { Cache } from './cache.ts';
import { window } from './subset.ts';
import { ALL, type Language, NONE } from './term.ts';

/** A state of a search: strings of `term` whose length is in the window. */
export interface Branch {
  readonly term: Language;
  readonly from: number;
  readonly to: number;
}

/** No state is cut into more branches than this. */
const MOST = 32;

const known = new Cache<number, readonly Branch[]>(20_000);

/**
 * Cuts a language into parts whose union it is, each with its window of lengths taken out: a search over parts
 * needs no subset construction, and counts lengths instead of walking through them.
 */
export function branches(term: Language): readonly Branch[] {
  if (term.kind !== 'union' && term.kind !== 'intersection' && term.kind !== 'complement' && !window(term)) {
    return [{ term, from: 0, to: Number.POSITIVE_INFINITY }];
  }
  const found = known.get(term.id);
  if (found) return found;
  const out = parts(term, MOST).map(withWindow);
  known.set(term.id, out);
  return out;
}

function parts(term: Language, most: number): Language[] {
  if (term === NONE) return [];
  const choices = alternatives(term);
  if (choices && choices.length <= most) {
    return choices.flatMap((choice) => parts(choice, Math.floor(most / choices.length)));
  }
  if (term.kind !== 'intersection') return [term];
  for (const item of term.items) {
    const arms = alternatives(item);
    if (!arms || arms.length > most) continue;
    const others = term.items.filter((other) => other !== item);
    return arms.flatMap((arm) => parts(intersection([...others, arm]), Math.floor(most / arms.length)));
  }
  return [term];
}

function alternatives(term: Language): readonly Language[] | undefined {
  if (term.kind === 'union') return term.items;
  if (term.kind === 'complement' && term.inner.kind === 'intersection')
    return term.inner.items.map(complement);
  return undefined;
}

function withWindow(term: Language): Branch {
  const own = window(term);
  if (own) return { term: ALL, from: own.from, to: own.to };
  if (term.kind !== 'intersection') return { term, from: 0, to: Number.POSITIVE_INFINITY };
  for (const item of term.items) {
    const lengths = window(item);
    if (!lengths) continue;
    const rest = intersection(term.items.filter((other) => other !== item));
    return { term: rest, from: lengths.from, to: lengths.to };
  }
  return { term, from: 0, to: Number.POSITIVE_INFINITY };
}
