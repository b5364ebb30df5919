import { followingStage, type Link, PROCESSED } from './chain.ts';
import type { AnyContract, EventOfContract, Following } from './contract.ts';
import type { EventEnvelope } from './envelope.ts';
import type { Report } from './fate.ts';
import type { Log } from './hooks.ts';
import type { EventOptions, Outgoing } from './outgoing.ts';
import { type Publisher, publishAll, publisher, type SendingOptions } from './publish.ts';
import { type Guards, isRejection, type Received, receive } from './receive.ts';
import { EventRejectedError, isFault, type Rejection, sentence } from './rejection.ts';

/** The events a consumer may publish: the generated contracts, under the names its `publish` has. */
export type Publications = Readonly<Record<string, AnyContract>>;

/** Publishers for what follows from the event at hand; depth, stage and ids are filled in. */
export type FollowingPublishers<P extends Publications> = {
  readonly [Name in keyof P]: Publisher<Following<P[Name]>>;
};

/** What a handler gets beside the event. */
export interface ConsumerContext<P extends Publications> {
  readonly publish: FollowingPublishers<P>;
  readonly depth: number;
  readonly stage: string;
  readonly correlationId: string;
  /** The name of the replay that delivered the event, if one did. */
  readonly replay: string | undefined;
  /** What Lambda gave beside the event. */
  readonly invocation: unknown;
}

export type Handler<C extends AnyContract, P extends Publications, Result> = (
  event: EventOfContract<C>,
  context: ConsumerContext<P>,
) => Result | Promise<Result>;

export interface ConsumerOptions extends Guards, Omit<SendingOptions, 'onFailure'> {
  /** Whether the handler calls a foundation model: what it publishes is `processed`. */
  readonly callsModel?: boolean;
  /** Faults (not an event, another event, invalid detail): `throw` (unless told), or `return` as the guards do. */
  readonly faults?: 'throw' | 'return';
  readonly log?: Log;
}

/** What generated code knows of a consumer. */
export interface Consumer<C extends AnyContract, P extends Publications> {
  /** What it receives; a list for a function that receives several event types. */
  readonly contract: C | readonly C[];
  readonly publications: P;
  /** The stage that the contract declares for a publication. */
  readonly stages?: { readonly [Name in keyof P]?: string };
  readonly defaults?: Pick<ConsumerOptions, 'maxChainDepth' | 'callsModel'>;
}

/** A Lambda function of one event type. */
export type LambdaHandler<Result> = (event: unknown, invocation?: unknown) => Promise<Result | Rejection>;

/** Makes the Lambda handler of one event type from what is to be done with its events. */
export interface ConsumerFactory<C extends AnyContract, P extends Publications> {
  <Result>(handler: Handler<C, P, Result>, options?: ConsumerOptions): LambdaHandler<Result>;
  /** For `consumerMiddleware`. */
  readonly consumer: Consumer<C, P>;
}

/** Milliseconds of an invocation that are kept for what comes after publishing. */
const RESERVE = 500;

/**
 * Makes the Lambda handler of a consumer: takes in only the declared event, and only when its guards let it through,
 * and hands over a `publish` that has the declared publications, one deeper than the event. The handler's own result
 * is the function's; whatever it still publishes without waiting is waited for.
 */
export function consumerOf<C extends AnyContract, P extends Publications>(
  consumer: Consumer<C, P>,
): ConsumerFactory<C, P> {
  const factory = <Result>(
    handler: Handler<C, P, Result>,
    own: ConsumerOptions = {},
  ): LambdaHandler<Result> => {
    const options = { ...consumer.defaults, ...own };
    return async (event, invocation) => {
      const received = receive(consumer.contract, event, options);
      if (isRejection(received)) return reject(received, event, options);
      noteOddities(received, options.log ?? console);
      const { publish, settled } = openPublish(consumer, received, options, invocation);
      const work = async () => handler(received.event, contextOf(received, publish, invocation));
      const [outcome] = await Promise.allSettled([work()]);
      if (outcome.status === 'rejected') {
        // The handler's own failure is the one to tell; what it still published is only waited for.
        await settled().catch(() => {});
        throw outcome.reason;
      }
      await settled();
      return outcome.value;
    };
  };
  return Object.assign(factory, { consumer });
}

/** Logs a rejection; a guard's is the result, a fault is thrown. */
export function reject(rejection: Rejection, event: unknown, options: ConsumerOptions): Rejection {
  const id = (event as Partial<EventEnvelope> | null)?.id;
  (options.log ?? console).error(`event rejected: ${sentence(rejection)}`, { eventId: id, rejection });
  if (isFault(rejection) && options.faults !== 'return') throw new EventRejectedError(rejection);
  return rejection;
}

/** Says in the log what is legal and yet seldom meant. */
export function noteOddities({ event, depthKnown, replay }: Received<AnyContract>, log: Log): void {
  const facts = { eventId: event.id, source: event.source, detailType: event['detail-type'] };
  if (!depthKnown) log.warn('the event does not say its chain depth: counted as 0', facts);
  if (replay !== undefined) log.info(`the event comes from the replay "${replay}"`, facts);
}

export function contextOf<P extends Publications>(
  { depth, stage, correlation, replay }: Received<AnyContract>,
  publish: FollowingPublishers<P>,
  invocation: unknown,
): ConsumerContext<P> {
  return { publish, depth, stage, correlationId: correlation, replay, invocation };
}

/**
 * The publishers for one received event. `settled` closes them, and waits for what is still under way; when some of
 * that fails, it throws.
 */
export function openPublish<C extends AnyContract, P extends Publications>(
  consumer: Consumer<C, P>,
  received: Received<C>,
  options: ConsumerOptions,
  invocation: unknown,
): { readonly publish: FollowingPublishers<P>; readonly settled: () => Promise<void> } {
  const pending = new Set<Promise<Report>>();
  let open = true;
  const send = (events: readonly Outgoing[], call: SendingOptions): Promise<Report> => {
    if (!open) return Promise.reject(new Error('the handler is over: publish before it returns'));
    const sending = publishAll(events, { ...sendingDefaults(options, invocation), ...call });
    pending.add(sending);
    const done = () => pending.delete(sending);
    sending.then(done, done);
    return sending;
  };
  const publishers = Object.entries(consumer.publications).map(([name, contract]) => {
    const declared = consumer.stages?.[name] ?? (options.callsModel ? PROCESSED : undefined);
    const make = (detail: unknown, own: EventOptions): Outgoing => ({
      contract,
      detail: detail as object,
      options: own,
      link: linkAfter(received, own.stage ?? declared, own.correlationId),
    });
    return [name, publisher(make, send)];
  });
  const settled = async () => {
    open = false;
    await Promise.all(pending);
  };
  return { publish: Object.fromEntries(publishers) as FollowingPublishers<P>, settled };
}

function linkAfter(
  { event, depth, stage, correlation }: Received<AnyContract>,
  declared: string | undefined,
  correlationId: string | undefined,
): Link {
  return {
    depth: depth + 1,
    stage: followingStage(stage, declared),
    correlation: correlationId ?? correlation,
    causation: event.id,
  };
}

/** What holds for all publishing of a consumer; the invocation's own end is the deadline where none is given. */
function sendingDefaults(options: ConsumerOptions, invocation: unknown): SendingOptions {
  const { client, bus, retry, concurrency, hooks, signal, deadline } = options;
  const end = deadline ?? endOf(invocation);
  const given = { client, bus, retry, concurrency, hooks, signal, deadline: end };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function endOf(invocation: unknown): number | undefined {
  const { getRemainingTimeInMillis } = (invocation ?? {}) as { getRemainingTimeInMillis?: () => number };
  if (typeof getRemainingTimeInMillis !== 'function') return undefined;
  return Date.now() + Math.max(getRemainingTimeInMillis.call(invocation) - RESERVE, 0);
}
