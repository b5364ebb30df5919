import { MAX_BYTES, MAX_ENTRIES } from './size.ts';

/** What a request may hold. */
export interface Limits {
  readonly entries: number;
  readonly bytes: number;
}

export const requestLimits: Limits = { entries: MAX_ENTRIES, bytes: MAX_BYTES };

/**
 * Cuts a list into requests, in order: as many as fit into the next one go into it. None of the items may be larger
 * than a request on its own.
 */
export function batches<T extends { readonly size: number }>(
  items: readonly T[],
  limits: Limits = requestLimits,
): T[][] {
  const requests: T[][] = [];
  let room = -1;
  for (const item of items) {
    const open = requests.at(-1);
    if (open && open.length < limits.entries && item.size <= room) {
      open.push(item);
      room -= item.size;
    } else {
      requests.push([item]);
      room = limits.bytes - item.size;
    }
  }
  return requests;
}
