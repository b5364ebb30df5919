import { type Connection, clientOf, connectionOf } from './connection.ts';
import type { AnyContract, Starting } from './contract.ts';
import type { Entry } from './entry.ts';
import { type Fate, PublishError, type Published, type Refused, type Report, reportOf } from './fate.ts';
import { call } from './hooks.ts';
import { type EventOptions, entryOf, type Outgoing } from './outgoing.ts';
import { putEvents } from './put-events.ts';

/** How events are published, beside what holds for each of them. */
export interface SendingOptions extends Connection {
  /** Calls the work off; what is not published by then has failed. */
  readonly signal?: AbortSignal;
  /** When to give up, as milliseconds since 1970 or a date. */
  readonly deadline?: number | Date;
  /**
   * `throw` (unless told): a PublishError when not every event was published, so that nothing is lost by not looking.
   * `report`: the report in any case.
   */
  readonly onFailure?: 'throw' | 'report';
}

export type PublishOptions = SendingOptions & EventOptions;

/** Publishes events of one type. */
export interface Publisher<Input> {
  /** Publishes one event; throws a PublishError when EventBridge does not take it. */
  (detail: Input, options?: Omit<PublishOptions, 'onFailure'>): Promise<Published>;
  /** Publishes several, in as few requests as they fit into. */
  batch(details: readonly Input[], options?: PublishOptions): Promise<Report>;
  /** An event for `publishAll`, which publishes events of several types together. */
  event(detail: Input, options?: EventOptions): Outgoing;
}

/** The publisher of a contract, for the start of a chain: webhooks, schedules, users. */
export function publisherOf<C extends AnyContract>(contract: C): Publisher<Starting<C>> {
  return publisher((detail, options) => ({ contract, detail: detail as object, options }), publishAll);
}

/** Puts a publisher together from how events are made and how they are sent. */
export function publisher<Input>(
  make: (detail: Input, options: EventOptions) => Outgoing,
  send: (events: readonly Outgoing[], options: SendingOptions) => Promise<Report>,
): Publisher<Input> {
  const one = async (detail: Input, options: PublishOptions = {}): Promise<Published> => {
    const { fates } = await send([make(detail, options)], { ...options, onFailure: 'throw' });
    return fates[0] as Published;
  };
  const batch = async (details: readonly Input[], options: PublishOptions = {}) =>
    send(
      details.map((detail) => make(detail, options)),
      options,
    );
  return Object.assign(one, { batch, event: (detail: Input, options = {}) => make(detail, options) });
}

/**
 * Publishes events of any types together: each is validated, the valid ones are sent, and every one's fate is
 * reported, in the order given. Within a request the order is kept.
 */
export async function publishAll(events: readonly Outgoing[], options: SendingOptions = {}): Promise<Report> {
  const connection = connectionOf(options);
  const client = clientOf(connection);
  const made = events.map((event) => entryOf(event, connection));
  const sent = await putEvents(made.filter(isEntry), {
    client,
    retry: connection.retry,
    concurrency: connection.concurrency,
    hooks: connection.hooks,
    signal: options.signal,
    deadline: options.deadline === undefined ? undefined : Number(options.deadline),
  });
  let next = 0;
  const fates = made.map((entry, i): Fate => {
    if (isEntry(entry)) return sent[next++]!;
    const { source, detailType } = events[i]!.contract;
    call(connection.hooks, 'settled', { source, detailType, fate: entry });
    return entry;
  });
  const report = reportOf(fates);
  if (report.unpublished > 0 && options.onFailure !== 'report') {
    throw new PublishError(
      report,
      events.map(({ contract }) => contract.detailType),
    );
  }
  return report;
}

function isEntry(made: Entry | Refused): made is Entry {
  return !('status' in made);
}
