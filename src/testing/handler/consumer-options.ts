import type { JsonObject } from '../../json/value.ts';
import type { AwsAnswers } from '../aws/answers.ts';
import type { ContractOptions, EventSource } from '../contracts.ts';
import type { RunOptions } from './checks.ts';
import type { FieldNames } from './published.ts';

/** The code under test: a Lambda handler, given the event and a context. */
export type ConsumerHandler = (event: never, context: never) => unknown;

/** A generated consumer, as `consume.reviewSubmitted` has it: what it receives and what it may publish. */
export interface GeneratedConsumer {
  readonly consumer: {
    readonly contract:
      | { readonly source: string; readonly detailType: string }
      | readonly { readonly source: string; readonly detailType: string }[];
    readonly publications: Readonly<Record<string, { readonly source: string; readonly detailType: string }>>;
    readonly stages?: Readonly<Record<string, string | undefined>>;
    readonly defaults?: { readonly maxChainDepth?: number; readonly callsModel?: boolean };
  };
}

export interface ConsumerTestOptions extends ContractOptions, RunOptions {
  /** Event types it may publish; any that has a schema unless told (or what the generated consumer declares). */
  readonly publishes?: readonly EventSource[];
  /** Events at this depth or deeper are rejected; 3 unless told. */
  readonly maxChainDepth?: number;
  /** Whether it calls a foundation model: what it publishes is `processed`. */
  readonly callsModel?: boolean;
  /** Names of the members of `detail` that carry depth and stage. */
  readonly fields?: Partial<FieldNames>;
  /** Answers for the other AWS services it calls, by command: `{ InvokeModel: (input) => ({ … }) }`. */
  readonly aws?: AwsAnswers;
  /** Clients of bundled copies of the SDK, which cannot be found. */
  readonly clients?: readonly object[];
  /** What the handler gets beside the event. */
  readonly context?: unknown;
  /** Makes of the event what the handler is given: a queue's batch, say. */
  readonly input?: (event: JsonObject) => unknown;
  /** Runs before every invocation. */
  readonly before?: () => unknown;
  /** Checks that are left out, each with the reason. */
  readonly skip?: Readonly<Partial<Record<ConsumerCheckName, string>>>;
  /** `safe`: handling an event twice must publish nothing the second time. It is only reported unless told. */
  readonly repeat?: 'safe' | 'report';
  /** Whether a result says that the handler failed, beside errors, batch item failures and statuses from 400 on. */
  readonly isFailure?: (result: unknown) => boolean;
  /** Whether what the handler writes to the console is shown. */
  readonly verbose?: boolean;
}

export type ConsumerCheckName =
  | 'handles'
  | 'declared'
  | 'valid'
  | 'awaited'
  | 'partialFailures'
  | 'retries'
  | 'depth'
  | 'stage'
  | 'maxChainDepth'
  | 'invalidEvents'
  | 'repeat';
