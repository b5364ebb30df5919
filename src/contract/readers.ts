import type { Contract } from '../model/contract.ts';
import { compiledOnce } from '../schema/decide.ts';
import { includes } from '../schema/includes.ts';
import { and } from '../sets/junction.ts';
import { directionsOf, type Mode, type ReaderAnswer } from './change.ts';
import type { Expectation } from './expectation.ts';
import { answerFor, type Taken } from './inclusion.ts';

/** The events that the rules of a consumer let through to it; undefined: all, or not known. */
export type TakenBy = (consumer: string) => Taken | undefined;

/** What a change does to the consumers that say what they read. One or two questions for each of them and direction. */
export function readerAnswers(
  before: Contract,
  after: Contract,
  mode: Mode,
  expectations: readonly Expectation[],
  takenBy: TakenBy,
): readonly ReaderAnswer[] {
  return expectations.flatMap((expectation) => {
    const only = takenBy(expectation.consumer);
    const old = readable(before, expectation, only);
    return directionsOf(mode).map((direction): ReaderAnswer => {
      const given = direction === 'backward' ? after : before;
      const answer = { ...answerFor('backward', expectation.contract, given, only), direction };
      return { expectation, answer, before: direction === 'backward' ? old : 'yes' };
    });
  });
}

function readable(
  version: Contract,
  { contract }: Expectation,
  only: Taken | undefined,
): ReaderAnswer['before'] {
  const [given, read] = [compiledOnce(version.schema), compiledOnce(contract.schema)];
  if (!given || !read) return 'unknown';
  const sub = only ? { ...given, formula: and(given.formula, only(given)) } : given;
  return includes(sub, read, { recheck: false, readable: false }).answer;
}
