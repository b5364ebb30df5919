import { nearest } from '../../json/nearest.ts';

/**
 * The one of the names that a word most probably is a slip of: the same but for case, separators or an ending, or one
 * or two letters apart. Names that differ in digits alone are versions, not slips. Stricter than `nearest`, which
 * suggests; this accuses.
 */
export function misspelt(word: string, names: Iterable<string>): string | undefined {
  const candidates = [...names].filter((name) => name !== word);
  const bare = bareOf(word);
  const same = candidates.find((name) => bareOf(name) === bare);
  if (same !== undefined) return same;
  const near = nearest(word, candidates);
  if (near === undefined || Math.min(word.length, near.length) < 5) return undefined;
  if (near.replace(/[0-9]+/g, '#') === word.replace(/[0-9]+/g, '#')) return undefined;
  return fewEdits(word.toLowerCase(), near.toLowerCase(), word.length >= 10 ? 2 : 1) ? near : undefined;
}

function bareOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Whether at most so many insertions, deletions and replacements lead from one text to the other. */
function fewEdits(a: string, b: string, edits: number): boolean {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA === '' || restB === '') return Math.max(restA.length, restB.length) <= edits;
  if (edits === 0) return false;
  return (
    fewEdits(restA.slice(1), restB.slice(1), edits - 1) ||
    fewEdits(restA.slice(1), restB, edits - 1) ||
    fewEdits(restA, restB.slice(1), edits - 1)
  );
}
