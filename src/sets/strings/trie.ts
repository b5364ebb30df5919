import { Cache } from './cache.ts';

/**
 * A finite set of words, interned by content from the leaves up: equal sets are usually one object.
 * Promises: `chars` ascends, `next` runs beside it, no child is empty.
 */
export interface Trie {
  readonly id: number;
  readonly accepts: boolean;
  readonly chars: readonly number[];
  readonly next: readonly Trie[];
  /** How many words. */
  readonly size: number;
  /** Lengths in code points of the shortest and the longest word; Infinity and -1 if there is none. */
  readonly min: number;
  readonly max: number;
  /** Whether some word contains a surrogate: such words never stand in an event. */
  readonly surrogates: boolean;
}

const tries = new Cache<string, Trie>(100_000);
let nextId = 0;

export function trieNode(accepts: boolean, chars: readonly number[], next: readonly Trie[]): Trie {
  let key = accepts ? '+' : '-';
  for (let i = 0; i < chars.length; i++) key += `${chars[i]}:${next[i]!.id},`;
  const known = tries.get(key);
  if (known) return known;
  let size = accepts ? 1 : 0;
  let min = accepts ? 0 : Number.POSITIVE_INFINITY;
  let max = accepts ? 0 : -1;
  let surrogates = chars.some((c) => c >= 0xd800 && c <= 0xdfff);
  for (const child of next) {
    surrogates ||= child.surrogates;
    size += child.size;
    min = Math.min(min, child.min + 1);
    max = Math.max(max, child.max + 1);
  }
  const trie: Trie = { id: nextId++, accepts, chars, next, size, min, max, surrogates };
  tries.set(key, trie);
  return trie;
}

export const NO_WORD = trieNode(false, [], []);
export const EMPTY_WORD = trieNode(true, [], []);

/** The trie of some words. O(total length · log), without recursion over the words' lengths. */
export function trieOf(words: Iterable<string>): Trie {
  const sorted = [...new Set(words)]
    .map((word) => Array.from(word, (c) => c.codePointAt(0)!))
    .sort(compareWords);
  interface Open {
    accepts: boolean;
    chars: number[];
    next: Trie[];
  }
  const path: Open[] = [{ accepts: false, chars: [], next: [] }];
  const close = (depth: number) => {
    while (path.length - 1 > depth) {
      const done = path.pop()!;
      path[path.length - 1]!.next.push(trieNode(done.accepts, done.chars, done.next));
    }
  };
  let previous: number[] = [];
  for (const word of sorted) {
    let shared = 0;
    while (shared < word.length && word[shared] === previous[shared]) shared++;
    close(shared);
    for (let i = shared; i < word.length; i++) {
      path[path.length - 1]!.chars.push(word[i]!);
      path.push({ accepts: false, chars: [], next: [] });
    }
    path[path.length - 1]!.accepts = true;
    previous = word;
  }
  close(0);
  const root = path[0]!;
  return trieNode(root.accepts, root.chars, root.next);
}

function compareWords(a: readonly number[], b: readonly number[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

export function trieChild(trie: Trie, codePoint: number): Trie {
  let low = 0;
  let high = trie.chars.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (trie.chars[mid]! < codePoint) low = mid + 1;
    else high = mid;
  }
  return trie.chars[low] === codePoint ? trie.next[low]! : NO_WORD;
}

/** The words, shortest last letters first: in code point order. */
export function* trieWords(trie: Trie): Generator<string> {
  const stack: { node: Trie; index: number }[] = [{ node: trie, index: -1 }];
  const word: string[] = [];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    if (top.index === -1 && top.node.accepts) yield word.join('');
    top.index++;
    if (top.index >= top.node.next.length) {
      stack.pop();
      word.pop();
    } else {
      word.push(String.fromCodePoint(top.node.chars[top.index]!));
      stack.push({ node: top.node.next[top.index]!, index: -1 });
    }
  }
}

export const unionTries = combiner((a, b) => a || b, 'both');
export const intersectTries = combiner((a, b) => a && b, 'shared');
export const subtractTries = combiner((a, b) => a && !b, 'left');

/** A set operation as a walk over both tries. Deep words make deep recursion, so words are cut off by callers. */
function combiner(accept: (a: boolean, b: boolean) => boolean, keep: 'both' | 'shared' | 'left') {
  const memo = new Cache<string, Trie>(50_000);
  const combine = (a: Trie, b: Trie): Trie => {
    if (a === b) return keep === 'left' ? NO_WORD : a;
    if (a === NO_WORD) return keep === 'both' ? b : NO_WORD;
    if (b === NO_WORD) return keep === 'shared' ? NO_WORD : a;
    const key = `${a.id},${b.id}`;
    const known = memo.get(key);
    if (known) return known;
    const chars: number[] = [];
    const next: Trie[] = [];
    const add = (c: number, child: Trie) => {
      if (child === NO_WORD) return;
      chars.push(c);
      next.push(child);
    };
    for (let i = 0, j = 0; i < a.chars.length || j < b.chars.length; ) {
      const left = a.chars[i] ?? Number.POSITIVE_INFINITY;
      const right = b.chars[j] ?? Number.POSITIVE_INFINITY;
      if (left === right) add(left, combine(a.next[i++]!, b.next[j++]!));
      else if (left < right) add(left, combine(a.next[i++]!, NO_WORD));
      else add(right, combine(NO_WORD, b.next[j++]!));
    }
    const made = trieNode(accept(a.accepts, b.accepts), chars, next);
    memo.set(key, made);
    return made;
  };
  return combine;
}
