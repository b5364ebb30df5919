import * as fc from 'fast-check';
import { baseSeed, type RunOptions } from './checks.ts';
import type { Invocation } from './invoke.ts';

/** What handling the same event twice does: EventBridge delivers at least once, Lambda tries again. */
export interface RepeatReport {
  /** Whether the second time published nothing, in every case that was tried. */
  readonly safe: boolean;
  /** In words. */
  readonly text: string;
}

const TRIED = 10;

/** Handles some events twice each and says what came of it; undefined if nothing was ever published. */
export async function repeatReport(
  events: fc.Arbitrary<unknown>,
  run: (event: unknown) => Promise<Invocation>,
  options: RunOptions,
): Promise<RepeatReport | undefined> {
  let published = false;
  // Not the events of the checks: a handler may remember those it has handled.
  for (const event of fc.sample(events, { numRuns: TRIED, seed: baseSeed(options) - 1 })) {
    const first = await run(event);
    if (first.sent.length === 0) continue;
    published = true;
    const [again] = (await run(event)).sent;
    if (again) {
      return {
        safe: false,
        text: `not safe to run twice on the same event: ${again.type} is published again`,
      };
    }
  }
  return published
    ? { safe: true, text: 'safe to run twice on the same event: nothing is published again' }
    : undefined;
}
