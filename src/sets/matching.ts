/**
 * Gives every demand an option of its own (a maximum bipartite matching by augmenting paths): the index of the
 * option for each demand, or undefined if some demand must go without. O(demands · edges).
 *
 * `options[d]` lists the options that demand d would take, best first; equal options are equal texts.
 */
export function matchDistinct(options: readonly (readonly string[])[]): string[] | undefined {
  const takenBy = new Map<string, number>();
  for (let demand = 0; demand < options.length; demand++) {
    if (!augment(demand, options, takenBy, new Set())) return undefined;
  }
  const result: string[] = new Array(options.length).fill('');
  for (const [option, demand] of takenBy) result[demand] = option;
  return result;
}

function augment(
  demand: number,
  options: readonly (readonly string[])[],
  takenBy: Map<string, number>,
  seen: Set<string>,
): boolean {
  for (const option of options[demand]!) {
    if (!takenBy.has(option)) {
      takenBy.set(option, demand);
      return true;
    }
  }
  for (const option of options[demand]!) {
    if (seen.has(option)) continue;
    seen.add(option);
    if (augment(takenBy.get(option)!, options, takenBy, seen)) {
      takenBy.set(option, demand);
      return true;
    }
  }
  return false;
}
