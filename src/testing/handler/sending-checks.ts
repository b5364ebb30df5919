import type * as fc from 'fast-check';
import type { Refuse } from '../aws/put-events.ts';
import type { Check, CheckGroup } from './checks.ts';
import type { Invocation } from './invoke.ts';
import { type Declared, invalid, takenCounts, undeclared } from './published.ts';
import { errorText, type IsFailure, saidFailed } from './signals.ts';

/** Something that publishes, and that EventBridge may refuse entries of. */
export interface Subject {
  readonly isFailure: IsFailure | undefined;
  /** Inputs that it has to handle. */
  readonly inputs: fc.Arbitrary<unknown>;
  run(input: unknown, refuse?: Refuse): Promise<Invocation>;
}

/** Codes that it makes no sense, and that it does, to send an entry again for. */
const DENIED = 'AccessDeniedException';
const BUSY = 'ThrottlingException';
/** Runs in which a bus is busy: the code under test waits for real before it sends again. */
const BUSY_RUNS = 6;

/** What holds for one run of anything that publishes. */
export const handlingChecks: CheckGroup['checks'] = [
  {
    name: 'handles',
    title: 'what is valid is handled',
    problem: ({ error }) => (error === undefined ? undefined : `it threw ${errorText(error)}`),
  },
  {
    name: 'awaited',
    title: 'nothing is published after it has returned',
    problem: ({ late: [first] }) =>
      first && `it published ${first.type} after it had returned: Lambda may freeze before that is sent`,
  },
];

/** What holds for what it publishes. */
export function publishedChecks(declared: Declared): CheckGroup['checks'] {
  return [
    {
      name: 'declared',
      title: 'only declared events are published',
      problem: (invocation) => undeclared(declared, invocation),
    },
    {
      name: 'valid',
      title: 'every published event is valid',
      problem: (invocation) => invalid(declared, invocation),
    },
  ];
}

/** What holds when EventBridge does not take everything. */
export function refusalChecks({ isFailure, inputs, run: runOnce }: Subject): Check[] {
  const shown = (input: unknown) => input;
  let published = 0;
  const run: Subject['run'] = async (input, refuse) => {
    const invocation = await runOnce(input, refuse);
    published += invocation.sent.length;
    return invocation;
  };
  const idle = () => (published === 0 ? 'it published nothing' : undefined);
  return [
    {
      name: 'partialFailures',
      title: 'an entry that EventBridge refuses is not lost in silence',
      arbitrary: inputs,
      shown,
      idle,
      async problem(input) {
        const refused = await run(input, ({ index, count }) => (index === count - 1 ? DENIED : undefined));
        const entry = refused.sent.find(({ errorCode }) => errorCode === DENIED);
        if (!entry || saidFailed(refused, isFailure)) return undefined;
        const answer = JSON.stringify(refused.result) ?? 'undefined';
        return `PutEvents refused ${entry.type} (FailedEntryCount 1, ${DENIED}), and it returned ${answer} as if all was well`;
      },
    },
    {
      name: 'retries',
      title: 'events that were taken are not sent again for those that were not',
      arbitrary: inputs,
      shown,
      idle,
      mostRuns: BUSY_RUNS,
      async problem(input) {
        const usual = takenCounts(await run(input));
        const busy = await run(input, ({ request, index, count }) =>
          request === 0 && index === count - 1 ? BUSY : undefined,
        );
        for (const [type, count] of takenCounts(busy)) {
          const expected = usual.get(type) ?? 0;
          if (count <= expected || expected === 0) continue;
          return `after one entry was refused (${BUSY}), ${type} was taken ${times(count)} where ${times(expected)} is usual`;
        }
        return undefined;
      },
    },
  ];
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}
