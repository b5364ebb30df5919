import type * as fc from 'fast-check';
import type { Contract } from '../../model/contract.ts';
import { RAW } from '../../runtime/chain.ts';
import { eventArbitrary } from '../arbitrary/event-arbitrary.ts';
import { type InvalidEvent, invalidEventArbitrary } from '../arbitrary/invalid-arbitrary.ts';
import type { AwsAnswers } from '../aws/answers.ts';
import type { Refuse } from '../aws/put-events.ts';
import { type ContractOptions, contractFor, contractsOf, type EventSource } from '../contracts.ts';
import {
  type Check,
  type CheckGroup,
  type CheckResult,
  type RunOptions,
  runChecks,
  skipped,
} from './checks.ts';
import { HandlerCheckError } from './failure.ts';
import { invoke } from './invoke.ts';
import {
  type Declared,
  type FieldNames,
  usualFields,
  withoutField,
  wrongDepth,
  wrongStage,
} from './published.ts';
import { numbered } from './replay.ts';
import { handlingChecks, publishedChecks, refusalChecks } from './sending-checks.ts';

export type PublisherCheckName =
  | 'handles'
  | 'declared'
  | 'valid'
  | 'awaited'
  | 'depth'
  | 'stage'
  | 'partialFailures'
  | 'retries'
  | 'invalidEvents';

export interface PublisherTestOptions<Input> extends ContractOptions, RunOptions {
  /**
   * What the publisher is given; the valid details of the first event type unless told. With inputs of one's own,
   * invalid ones are not made up.
   */
  readonly inputs?: fc.Arbitrary<Input>;
  /** The stage that its events start with; `raw` unless told. */
  readonly stage?: string;
  readonly fields?: Partial<FieldNames>;
  readonly aws?: AwsAnswers;
  readonly clients?: readonly object[];
  readonly before?: () => unknown;
  readonly skip?: Readonly<Partial<Record<PublisherCheckName, string>>>;
  readonly isFailure?: (result: unknown) => boolean;
  readonly verbose?: boolean;
}

/**
 * Runs code that starts chains of events (a webhook receiver, a schedule) on random inputs, with the AWS SDK answered
 * in the process, and checks what it publishes: declared and valid, at depth 0, of stage `raw`, nothing for invalid
 * details, nothing lost when EventBridge refuses an entry. Throws {@link HandlerCheckError} as `testConsumer` does.
 */
export async function testPublisher<Input = never>(
  publish: (input: Input) => unknown,
  publishes: EventSource | readonly EventSource[],
  options: PublisherTestOptions<Input> = {},
): Promise<{ readonly results: readonly CheckResult[] }> {
  const { stack } = new Error();
  const contracts = ([publishes].flat() as readonly EventSource[]).map((source) =>
    contractFor(source, options),
  );
  const [first] = contracts;
  if (!first) throw new TypeError('name the event types it publishes');
  const known = new Map([...contractsOf(options), ...contracts].map((contract) => [contract.id, contract]));
  const declared: Declared = { contracts: known, allowed: new Set(contracts.map(({ id }) => id)) };
  const run = async (input: unknown, refuse?: Refuse) => {
    await options.before?.();
    return invoke(() => publish(structuredClone(input) as Input), { ...options, refuse });
  };
  const inputs = (options.inputs ?? detailsOf(first, options)) as fc.Arbitrary<unknown>;
  const looks = [...handlingChecks, ...publishedChecks(declared), ...chainChecks(declared, options)];
  const others = [
    ...refusalChecks({ isFailure: options.isFailure, inputs, run }),
    ...(options.inputs ? [] : [invalidCheck(first, run, options)]),
  ];
  const { skip = {} } = options;
  const why = (name: string): string | undefined =>
    skip[name as PublisherCheckName] ?? looks.find((look) => look.name === name)?.without;
  const label = numbered(`testPublisher ${first.id}`);
  const results = await runChecks(
    label,
    [
      { arbitrary: inputs, run, checks: looks.filter(({ name }) => why(name) === undefined) },
      ...others.filter(({ name }) => why(name) === undefined),
      ...[...looks, ...others].flatMap(({ name, title }) =>
        why(name) === undefined ? [] : [skipped(name, title, why(name)!)],
      ),
    ],
    options,
  );
  if (results.some(({ verdict }) => verdict === 'failed')) {
    throw new HandlerCheckError(`The publisher of ${first.id} fails its checks`, results, stack);
  }
  return { results };
}

/** Details as they are at the start of a chain. */
function detailsOf(contract: Contract, { fields, stage = RAW }: ChainOptions): fc.Arbitrary<unknown> {
  const names = { ...usualFields, ...fields };
  const where = { properties: { [names.depth]: { const: 0 }, [names.stage]: { const: stage } } };
  return eventArbitrary(contract, { where }).map(({ detail }) => detail);
}

interface ChainOptions {
  readonly fields?: Partial<FieldNames>;
  readonly stage?: string;
}

function chainChecks(declared: Declared, { fields, stage = RAW }: ChainOptions): CheckGroup['checks'] {
  const names = { ...usualFields, ...fields };
  return [
    {
      name: 'depth',
      title: `a chain starts at depth 0 (${names.depth})`,
      without: withoutField(declared, names.depth),
      problem: (invocation) => wrongDepth(declared, invocation, 0, names),
    },
    {
      name: 'stage',
      title: `a chain starts at stage ${stage} (${names.stage})`,
      without: withoutField(declared, names.stage),
      problem: (invocation) => wrongStage(declared, invocation, () => stage, names),
    },
  ];
}

function invalidCheck(
  contract: Contract,
  run: (input: unknown) => ReturnType<typeof invoke>,
  options: ContractOptions,
): Check {
  return {
    name: 'invalidEvents',
    title: 'nothing is published for invalid details',
    arbitrary: invalidEventArbitrary(contract, options),
    shown: (sample) => (sample as InvalidEvent).event.detail,
    async problem(sample) {
      const { event, broken } = sample as InvalidEvent;
      const { sent } = await run(event.detail);
      if (sent.length === 0) return undefined;
      return `it published ${sent[0]!.type} with a detail that breaks "${broken.keyword}" at ${broken.path} (${broken.constraint})`;
    },
  };
}
