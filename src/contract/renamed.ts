import type { Contract } from '../model/contract.ts';
import { sameDetails, saysNothing } from './inclusion.ts';

/** Pairs of a removed and an added event type that are looked at; the rest counts as removed and added. */
const MAX_PAIRS = 400;

/**
 * Removed event types whose details an added one describes as well, by meaning: perhaps only the name has changed.
 * Names of the same source, then the same detail-type, are tried first. At most {@link MAX_PAIRS} comparisons.
 */
export function renamings(
  removed: readonly Contract[],
  added: readonly Contract[],
): ReadonlyMap<Contract, Contract> {
  const found = new Map<Contract, Contract>();
  const taken = new Set<Contract>();
  let left = MAX_PAIRS;
  for (const old of removed) {
    if (added.length === 0 || saysNothing(old)) continue;
    const candidates = added
      .filter((each) => !taken.has(each))
      .sort((a, b) => likeness(old, b) - likeness(old, a));
    const match = candidates.find((each) => left-- > 0 && sameDetails(old, each));
    if (!match) continue;
    found.set(old, match);
    taken.add(match);
  }
  return found;
}

function likeness({ type }: Contract, { type: other }: Contract): number {
  return (type.source === other.source ? 2 : 0) + (type.detailType === other.detailType ? 1 : 0);
}
