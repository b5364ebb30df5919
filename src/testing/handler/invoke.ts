import { type AwsAnswers, answersOf, type UnansweredCallError } from '../aws/answers.ts';
import { type AwsCall, withAnswers } from '../aws/interception.ts';
import { type Refuse, type SentEntry, takeRequest } from '../aws/put-events.ts';

/** What one run of the code under test did. */
export interface Invocation {
  readonly result: unknown;
  /** What it threw; undefined if it returned. */
  readonly error: unknown;
  /** Everything it sent to EventBridge, taken or refused, in the order of the requests. */
  readonly sent: readonly SentEntry[];
  /** Of these, what was sent after it had returned. */
  readonly late: readonly SentEntry[];
  /** Calls of other AWS services, in their order. */
  readonly calls: readonly AwsCall[];
}

export interface InvokeOptions {
  readonly aws?: AwsAnswers;
  readonly clients?: readonly object[];
  readonly refuse?: Refuse | undefined;
  /** Whether what it writes to the console is shown. */
  readonly verbose?: boolean;
}

/** Turns of the event loop in which work that was not waited for may still publish. */
const LATE_TURNS = 4;

/** Runs the code once, with EventBridge and the other services answered here. Throws only for a missing answer. */
export async function invoke(run: () => unknown, options: InvokeOptions = {}): Promise<Invocation> {
  const sent: SentEntry[] = [];
  const calls: AwsCall[] = [];
  let requests = 0;
  let returned: number | undefined;
  let missing: UnansweredCallError | undefined;
  const putEvents = (input: AwsCall['input']) => {
    const taken = takeRequest(input, requests++, options.refuse);
    sent.push(...taken.sent);
    return taken.output;
  };
  const answers = answersOf(putEvents, options.aws ?? {}, (error) => {
    missing ??= error;
  });
  const noting = (call: AwsCall) => {
    if (call.command !== 'PutEvents') calls.push(call);
    return answers(call);
  };
  const work = async () => {
    const [outcome] = await Promise.allSettled([(async () => run())()]);
    returned = sent.length;
    for (let turn = 0; turn < LATE_TURNS; turn++) await new Promise((next) => setImmediate(next));
    return outcome;
  };
  const outcome = await muted(options.verbose === true, () => withAnswers(noting, work, options.clients));
  if (missing) throw missing;
  const failed = outcome.status === 'rejected';
  return {
    result: failed ? undefined : outcome.value,
    error: failed ? (outcome.reason ?? new Error('rejected without a reason')) : undefined,
    sent,
    late: sent.slice(returned),
    calls,
  };
}

const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const;
let muting = 0;
let kept: Partial<Pick<Console, (typeof METHODS)[number]>> = {};

/** Keeps the console quiet meanwhile: a hundred rejected events are a hundred lines that nobody asked for. */
async function muted<T>(verbose: boolean, run: () => Promise<T>): Promise<T> {
  if (verbose) return run();
  if (muting++ === 0) {
    kept = Object.fromEntries(METHODS.map((method) => [method, console[method]]));
    for (const method of METHODS) console[method] = () => {};
  }
  try {
    return await run();
  } finally {
    if (--muting === 0) Object.assign(console, kept);
  }
}
