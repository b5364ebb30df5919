import { equalJson } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import { type Change, directionsOf, eventTypeOf, type Mode } from './change.ts';
import { answerFor, hasNoEvents } from './inclusion.ts';
import { renamings } from './renamed.ts';

/**
 * What became of every event type from one version of the contracts to another, by event type. Schemas with the same
 * text cost nothing; the others one question of the set algebra for each direction of the mode.
 */
export function compareContracts(
  before: readonly Contract[],
  after: readonly Contract[],
  mode: Mode,
): readonly Change[] {
  const old = new Map(before.map((contract) => [contract.id, contract]));
  const now = new Map(after.map((contract) => [contract.id, contract]));
  const removed = before.filter(({ id }) => !now.has(id));
  const added = after.filter(({ id }) => !old.has(id));
  const renamed = renamings(removed, added);
  const newNames = new Set(renamed.values());
  const changes: Change[] = [
    ...removed.map((contract): Change => {
      const name = renamed.get(contract);
      return name
        ? { kind: 'renamed', before: contract, after: name }
        : { kind: 'removed', before: contract };
    }),
    ...added
      .filter((contract) => !newNames.has(contract))
      .map((contract): Change => ({ kind: 'added', after: contract })),
    ...after.flatMap((contract) => {
      const known = old.get(contract.id);
      return known ? [changeOf(known, contract, mode)] : [];
    }),
  ];
  return changes.sort((a, b) => (eventTypeOf(a) < eventTypeOf(b) ? -1 : 1));
}

function changeOf(before: Contract, after: Contract, mode: Mode): Change {
  if (equalJson(before.schema, after.schema)) return { kind: 'unchanged', before, after };
  // No event at all is included in everything: nobody would break, and nobody would be served.
  if (hasNoEvents(after) && !hasNoEvents(before)) return { kind: 'emptied', before, after };
  const answers = directionsOf(mode).map((direction) => answerFor(direction, before, after));
  return { kind: 'changed', before, after, answers };
}
