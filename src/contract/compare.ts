import { equalJson } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import { type Change, directionsOf, eventTypeOf, type Mode } from './change.ts';
import type { Expectation } from './expectation.ts';
import { answerFor, hasNoEvents } from './inclusion.ts';
import { readerAnswers, type TakenBy } from './readers.ts';
import { renamings } from './renamed.ts';

/** The consumers that say what they read, by event type. */
export interface Readers {
  readonly expectations: ReadonlyMap<string, readonly Expectation[]>;
  readonly takenBy: TakenBy;
}

const nobody: Readers = { expectations: new Map(), takenBy: () => undefined };

/**
 * What became of every event type from one version of the contracts to another, by event type. Schemas with the same
 * text cost nothing; the others one question of the set algebra for each direction of the mode.
 */
export function compareContracts(
  before: readonly Contract[],
  after: readonly Contract[],
  mode: Mode,
  readers: Readers = nobody,
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
      return known ? [changeOf(known, contract, mode, readers)] : [];
    }),
  ];
  return changes.sort((a, b) => (eventTypeOf(a) < eventTypeOf(b) ? -1 : 1));
}

function changeOf(before: Contract, after: Contract, mode: Mode, readers: Readers): Change {
  if (equalJson(before.schema, after.schema)) return { kind: 'unchanged', before, after };
  // No event at all is included in everything: nobody would break, and nobody would be served.
  if (hasNoEvents(after) && !hasNoEvents(before)) return { kind: 'emptied', before, after };
  const answers = directionsOf(mode).map((direction) => answerFor(direction, before, after));
  const read = readers.expectations.get(after.id);
  if (!read) return { kind: 'changed', before, after, answers };
  const readerVerdicts = readerAnswers(before, after, mode, read, readers.takenBy);
  return { kind: 'changed', before, after, answers, readers: readerVerdicts };
}
