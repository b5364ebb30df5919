import { includesChars } from './chars.ts';
import { counted, startsWithAll } from './concat.ts';
import { ALL, ANY, type Language, NONE } from './term.ts';
import { NO_WORD, subtractTries } from './trie.ts';

/** Lengths of a language that is nothing but a window of lengths. */
export function window(term: Language): { from: number; to: number } | undefined {
  return term.kind === 'repeat' && term.inner === ANY ? term : undefined;
}

/**
 * Whether the terms' shapes show that `a` is inside `b`; false means nothing.
 * Looks a few levels deep, so it is cheap enough for every union and intersection made.
 */
export function plainlyInside(a: Language, b: Language, depth = 3): boolean {
  if (a === b || a === NONE || b === ALL) return true;
  const lengths = window(b);
  if (lengths && a.min >= lengths.from && a.max <= lengths.to) return true;
  if (a.min > b.max || a.max < b.min) return false;
  if (a.kind === 'concat' && startsWithAll(b) && endsWith(a, b)) return true;
  if (depth === 0) return false;
  if (a.kind === 'union')
    return a.items.length <= 8 && a.items.every((item) => plainlyInside(item, b, depth - 1));
  if (b.kind === 'intersection') {
    return b.items.length <= 8 && b.items.every((item) => plainlyInside(a, item, depth - 1));
  }
  if (a.kind === 'intersection' && a.items.some((item) => plainlyInside(item, b, depth - 1))) return true;
  if (b.kind === 'union') return b.items.some((item) => plainlyInside(a, item, depth - 1));
  if (a.kind === 'complement') return b.kind === 'complement' && plainlyInside(b.inner, a.inner, depth - 1);
  if (a.kind === 'words' && b.kind === 'words') return subtractTries(a.trie, b.trie) === NO_WORD;
  if (a.kind === 'concat' && b.kind === 'concat') return sameHead(a, b, depth);
  const left = counted(a);
  const right = counted(b);
  return (
    left.inner.kind === 'chars' &&
    right.inner.kind === 'chars' &&
    left.from >= right.from &&
    left.to <= right.to &&
    includesChars(right.inner.set, left.inner.set)
  );
}

/** `x·[^]*·y` is inside `[^]*·y`. */
function endsWith(a: Language, end: Language): boolean {
  let tail = a;
  for (let i = 0; i < 200 && tail.kind === 'concat'; i++) {
    tail = tail.rest;
    if (tail === end) return true;
  }
  return false;
}

function sameHead(a: Language, b: Language, depth: number): boolean {
  let left = a;
  let right = b;
  for (let i = 0; i < 200 && left.kind === 'concat' && right.kind === 'concat'; i++) {
    if (left.first !== right.first && !plainlyInside(left.first, right.first, 0)) {
      if (!(left.first.kind === 'chars' && right.first.kind === 'chars')) return false;
      if (!includesChars(right.first.set, left.first.set)) return false;
    }
    left = left.rest;
    right = right.rest;
  }
  return plainlyInside(left, right, depth - 1);
}
