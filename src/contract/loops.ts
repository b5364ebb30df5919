import type { LoopAnalysis } from '../graph/analyze.ts';
import type { Loop } from '../graph/loop.ts';

/** A loop that is endless, or may be, with the new contracts and was not with the old ones. */
export interface OpenedLoop {
  readonly loop: Loop;
  /** What it was; undefined if there was no such candidate. */
  readonly was: Loop['verdict']['kind'] | undefined;
}

/** The loops of a system that a change of its contracts opens. Linear in the number of loops. */
export function openedLoops(before: LoopAnalysis, after: LoopAnalysis): readonly OpenedLoop[] {
  const old = new Map(loopsOf(before).map((loop) => [loop.id, loop.verdict.kind]));
  return loopsOf(after).flatMap((loop) => {
    const was = old.get(loop.id);
    return rank(loop.verdict.kind) > rank(was) ? [{ loop, was }] : [];
  });
}

function loopsOf({ groups, near }: LoopAnalysis): readonly Loop[] {
  return [...groups.flatMap(({ loops }) => loops), ...near];
}

/** Of the verdicts only endless and possible are a danger. */
function rank(verdict: Loop['verdict']['kind'] | undefined): number {
  return verdict === 'endless' ? 2 : verdict === 'possible' ? 1 : 0;
}
