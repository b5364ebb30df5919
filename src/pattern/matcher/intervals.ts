import type { Snapshot } from './snapshot.ts';

/** Something that is known by a range of numbers, bounds included. */
export interface Ranged<N extends number | bigint> {
  readonly low: N;
  readonly high: N;
}

/**
 * Which of many ranges a number lies in. The ranges stand in order of their lower bounds and are read as a balanced
 * tree (the root in the middle); every subtree knows its greatest upper bound, so that parts which end too early
 * are passed over. Search: logarithmic for each range found.
 */
export function sortRanges<N extends number | bigint, E extends Ranged<N>>(
  entries: readonly E[],
): Snapshot<E, N> {
  const sorted = [...entries].sort((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0));
  const greatest: N[] = [];
  if (sorted.length > 0) measure(sorted, greatest, 0, sorted.length);
  return {
    find(number, found) {
      const visit = (start: number, end: number): void => {
        if (start >= end) return;
        const middle = (start + end) >> 1;
        if (greatest[middle]! < number) return;
        visit(start, middle);
        const entry = sorted[middle]!;
        if (entry.low > number) return;
        if (entry.high >= number) found(entry);
        visit(middle + 1, end);
      };
      visit(0, sorted.length);
    },
  };
}

/** Notes the greatest upper bound between two indexes at the middle of them. */
function measure<N extends number | bigint>(
  sorted: readonly Ranged<N>[],
  greatest: N[],
  start: number,
  end: number,
): N {
  const middle = (start + end) >> 1;
  let most = sorted[middle]!.high;
  if (start < middle) most = later(most, measure(sorted, greatest, start, middle));
  if (middle + 1 < end) most = later(most, measure(sorted, greatest, middle + 1, end));
  greatest[middle] = most;
  return most;
}

function later<N extends number | bigint>(a: N, b: N): N {
  return a < b ? b : a;
}
