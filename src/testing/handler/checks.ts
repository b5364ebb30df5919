import * as fc from 'fast-check';
import type { Invocation } from './invoke.ts';
import { type Origin, replayAsked } from './replay.ts';

/** One property of the code under test. */
export interface Check {
  /** One word, for settings and replays. */
  readonly name: string;
  /** What holds, in words. */
  readonly title: string;
  readonly arbitrary: fc.Arbitrary<unknown>;
  /** What is wrong with a case, in words; undefined if nothing is. */
  problem(sample: unknown): Promise<string | undefined>;
  /** The event that is shown for a case. */
  shown(sample: unknown): unknown;
  /** Fewer runs than the others, where one costs time. */
  readonly mostRuns?: number;
  /** Why it shows nothing that no case failed, if so: then it counts as left out. */
  idle?(): string | undefined;
}

/** What came of a check. */
export type CheckResult =
  | { readonly check: string; readonly title: string; readonly verdict: 'passed'; readonly runs: number }
  | { readonly check: string; readonly title: string; readonly verdict: 'skipped'; readonly why: string }
  | {
      readonly check: string;
      readonly title: string;
      readonly verdict: 'failed';
      readonly runs: number;
      readonly problem: string;
      /** The shrunk event. */
      readonly event: unknown;
      readonly shrinks: number;
      readonly origin: Origin;
    };

export interface RunOptions {
  /** Events for each check; 100 unless told. */
  readonly numRuns?: number;
  /** Makes the events the same in every run; fast-check's own (see `fc.configureGlobal`) unless told. */
  readonly seed?: number;
  /** Milliseconds after which a check ends with the runs it has; 20,000 unless told. */
  readonly timeLimit?: number;
}

/** Checks that look at one and the same run of the code under test. */
export interface CheckGroup {
  readonly arbitrary: fc.Arbitrary<unknown>;
  run(sample: unknown): Promise<Invocation>;
  readonly checks: readonly {
    readonly name: string;
    readonly title: string;
    problem(invocation: Invocation, sample: unknown): string | undefined;
    /** Why it does not apply, if so. */
    readonly without?: string | undefined;
  }[];
}

export type Skipped = CheckResult & { readonly verdict: 'skipped' };

export function skipped(check: string, title: string, why: string): Skipped {
  return { check, title, verdict: 'skipped', why };
}

/** Runs checks one after the other; where a replay is asked for, only that one. */
export async function runChecks(
  label: string,
  checks: readonly (Check | CheckGroup | Skipped)[],
  options: RunOptions,
): Promise<CheckResult[]> {
  const replay = replayAsked();
  const results: CheckResult[] = [];
  for (const [i, check] of checks.entries()) {
    if ('verdict' in check) {
      if (!replay) results.push(check);
    } else if ('checks' in check) results.push(...(await runGroup(label, check, options, replay)));
    else if (!replay || isAsked(replay, check.name, label)) {
      // Other events for each check: a handler may remember those it has handled.
      const seed = baseSeed(options) + i;
      results.push(await runCheck(label, check, { ...options, seed }, replay));
    }
  }
  return results;
}

/** The seed that was asked for, here or of fast-check, or a random one. */
export function baseSeed({ seed }: RunOptions): number {
  return seed ?? fc.readConfigureGlobal()?.seed ?? Math.floor(Math.random() * 0x3fffffff);
}

function isAsked(replay: Origin, name: string, label: string): boolean {
  return replay.check === name && replay.label === label;
}

/** Each event is run once and looked at by every check; only what fails is run again, to be made simpler. */
async function runGroup(
  label: string,
  { arbitrary, run, checks }: CheckGroup,
  options: RunOptions,
  replay: Origin | undefined,
): Promise<CheckResult[]> {
  const seed = baseSeed(options);
  const { numRuns = 100, timeLimit = TIME_LIMIT } = options;
  const failed = new Set(checks.filter(({ name }) => replay && isAsked(replay, name, label)));
  let runs = 0;
  const end = Date.now() + timeLimit;
  for (const sample of replay ? [] : fc.sample(arbitrary, { numRuns, seed })) {
    if (Date.now() > end) break;
    const invocation = await run(sample);
    for (const check of checks) if (check.problem(invocation, sample) !== undefined) failed.add(check);
    runs++;
  }
  const results: CheckResult[] = [];
  for (const check of checks) {
    const { name, title } = check;
    const again: Check = {
      name,
      title,
      arbitrary,
      shown: (sample) => sample,
      problem: async (sample) => check.problem(await run(sample), sample),
    };
    if (failed.has(check)) results.push(await runCheck(label, again, { ...options, seed }, replay));
    else if (!replay) results.push({ check: name, title, verdict: 'passed', runs });
  }
  return results;
}

const TIME_LIMIT = 20_000;

/** Thrown inside fast-check for what is wrong with a case; anything else thrown there is wrong with the test. */
class Problem extends Error {}

async function runCheck(
  label: string,
  check: Check,
  { numRuns = 100, seed, timeLimit = TIME_LIMIT }: RunOptions,
  replay: Origin | undefined,
): Promise<CheckResult> {
  const { name, title } = check;
  const property = fc.asyncProperty(check.arbitrary, async (sample) => {
    const problem = await check.problem(sample);
    if (problem !== undefined) throw new Problem(problem);
  });
  const details = await fc.check(property, {
    numRuns: Math.min(numRuns, check.mostRuns ?? numRuns),
    interruptAfterTimeLimit: timeLimit,
    markInterruptAsFailure: false,
    ...(seed === undefined ? {} : { seed }),
    ...(replay ? { seed: replay.seed, path: replay.path, endOnFailure: true } : {}),
  });
  const { errorInstance: error, counterexample, numRuns: runs } = details;
  if (error !== null && error !== undefined && !(error instanceof Problem)) throw error;
  const idle = error instanceof Problem ? undefined : check.idle?.();
  if (idle !== undefined) return skipped(name, title, idle);
  if (!(error instanceof Problem) || !counterexample) return { check: name, title, verdict: 'passed', runs };
  const origin = { check: name, label, seed: details.seed, path: details.counterexamplePath ?? '' };
  const event = check.shown(counterexample[0]);
  return {
    check: name,
    title,
    verdict: 'failed',
    runs,
    problem: error.message,
    event,
    shrinks: details.numShrinks,
    origin,
  };
}
