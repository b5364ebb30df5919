import type { Contract } from '../model/contract.ts';
import { assignNames, camelCase, capitalized, isReserved, isReservedType } from './names.ts';

/** The names of an event type in generated code. */
export interface EventNames {
  /** `reviewSubmitted`: publishers, consumers, patterns and files. */
  readonly value: string;
  /** `ReviewSubmitted`: the type of `detail`. */
  readonly type: string;
}

/**
 * Names of all contracts: the detail-type's; where two sources have the same detail-type, source and detail-type for
 * both. `pinned` names are taken as they are.
 */
export function eventNames(
  contracts: readonly Contract[],
  pinned: Readonly<Record<string, string>> = {},
): Map<string, EventNames> {
  const wishes = contracts.map(({ id, type: { source, detailType } }) => ({
    id,
    candidates: Object.hasOwn(pinned, id)
      ? [pinned[id]!]
      : [free(camelCase(detailType)), free(camelCase(`${source} ${detailType}`))],
  }));
  const names = new Map<string, EventNames>();
  for (const [id, value] of assignNames(wishes)) names.set(id, { value, type: capitalized(value) });
  return names;
}

function free(name: string): string {
  return isReserved(name) || isReservedType(capitalized(name)) ? `${name}Event` : name;
}
