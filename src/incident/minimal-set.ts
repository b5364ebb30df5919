/** A choice of options that has one of every set. */
export interface HittingSet {
  readonly chosen: readonly string[];
  /** Whether no smaller choice exists. False: the search ran out of its budget, and this is the best it had. */
  readonly exact: boolean;
}

/**
 * The smallest choice that has at least one option of every set; of those of one size the one that costs least. By
 * branch and bound, from what a greedy choice finds; sets that contain another are left out, since they are hit with
 * it. Exponential at worst: after `budget` steps the best so far is given, and said not to be exact. Sets are not empty.
 */
export function minimalHittingSet(
  sets: readonly (readonly string[])[],
  cost: (option: string) => number = () => 0,
  budget = 200_000,
): HittingSet {
  const distinct = withoutSupersets(sets);
  const sum = (options: readonly string[]): number =>
    options.reduce((total, option) => total + cost(option), 0);
  let best = greedy(distinct, cost);
  let bestCost = sum(best);
  let steps = 0;

  const search = (open: readonly (readonly string[])[], chosen: readonly string[], spent: number): void => {
    if (++steps > budget) return;
    if (open.length === 0) {
      if (chosen.length < best.length || (chosen.length === best.length && spent < bestCost)) {
        best = [...chosen];
        bestCost = spent;
      }
      return;
    }
    const least = chosen.length + disjointSets(open);
    if (least > best.length || (least === best.length && spent >= bestCost)) return;
    const narrow = open.reduce((a, b) => (b.length < a.length ? b : a));
    // What was tried at this place is not tried again further down: each choice is looked at once.
    let rest = open;
    for (const option of narrow) {
      search(
        rest.filter((set) => !set.includes(option)),
        [...chosen, option],
        spent + cost(option),
      );
      rest = rest.map((set) => set.filter((each) => each !== option));
      if (rest.some((set) => set.length === 0)) return;
    }
  };
  search(distinct, [], 0);
  return { chosen: [...best].sort(), exact: steps <= budget };
}

function withoutSupersets(sets: readonly (readonly string[])[]): (readonly string[])[] {
  const bySize = sets.map((set) => [...new Set(set)]).sort((a, b) => a.length - b.length);
  const kept: string[][] = [];
  for (const set of bySize) {
    const within = new Set(set);
    if (!kept.some((smaller) => smaller.every((option) => within.has(option)))) kept.push(set);
  }
  return kept;
}

/** The option that is in most sets that are still open, again and again; of several the cheapest. */
function greedy(sets: readonly (readonly string[])[], cost: (option: string) => number): string[] {
  const chosen: string[] = [];
  let open = sets;
  while (open.length > 0) {
    const counts = new Map<string, number>();
    for (const option of open.flat()) counts.set(option, (counts.get(option) ?? 0) + 1);
    const [first] = [...counts].sort(
      ([a, many], [b, more]) => more - many || cost(a) - cost(b) || (a < b ? -1 : 1),
    )[0]!;
    chosen.push(first);
    open = open.filter((set) => !set.includes(first));
  }
  return chosen;
}

/** How many sets that share nothing are easily found: each needs an option of its own. */
function disjointSets(sets: readonly (readonly string[])[]): number {
  const used = new Set<string>();
  let count = 0;
  for (const set of [...sets].sort((a, b) => a.length - b.length)) {
    if (set.some((option) => used.has(option))) continue;
    count++;
    for (const option of set) used.add(option);
  }
  return count;
}
