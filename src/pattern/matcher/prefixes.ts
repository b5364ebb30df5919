import type { Snapshot } from './snapshot.ts';

/** Something that is known by a prefix of texts. */
export interface Prefixed {
  readonly prefix: string;
}

/**
 * Which of many prefixes a text has. The prefixes stand in order of UTF-16 units, each with a link to the longest
 * other one that is a prefix of it. All prefixes of a text are then on one chain of links, which begins at the last
 * entry not after the text. Search: a binary search, then one step for each prefix of that entry.
 */
export function sortPrefixes<E extends Prefixed>(entries: readonly E[]): Snapshot<E, string> {
  const sorted = [...entries].sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0));
  const shorter = linksOf(sorted);
  return {
    find(text, found) {
      let at = lastNotAfter(sorted, text);
      if (at < 0) return;
      const common = commonLength(sorted[at]!.prefix, text);
      for (; at >= 0; at = shorter[at]!) {
        const entry = sorted[at]!;
        if (entry.prefix.length <= common) found(entry);
      }
    },
  };
}

/** For each entry the index of the entry before it whose prefix is the longest prefix of its own, or -1. */
function linksOf(sorted: readonly Prefixed[]): Int32Array {
  const links = new Int32Array(sorted.length).fill(-1);
  for (let i = 1; i < sorted.length; i++) {
    let link = i - 1;
    while (link >= 0 && !sorted[i]!.prefix.startsWith(sorted[link]!.prefix)) link = links[link]!;
    links[i] = link;
  }
  return links;
}

function lastNotAfter(sorted: readonly Prefixed[], text: string): number {
  let low = -1;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle]!.prefix <= text) low = middle;
    else high = middle - 1;
  }
  return low;
}

function commonLength(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** The text back to front, by UTF-16 units: suffixes are prefixes of it. */
export function reversed(text: string): string {
  let result = '';
  for (let i = text.length - 1; i >= 0; i--) result += text[i];
  return result;
}
