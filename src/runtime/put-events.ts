import { PutEventsCommand, type PutEventsCommandOutput } from '@aws-sdk/client-eventbridge';
import { batches, type Limits, requestLimits } from './batch.ts';
import type { Entry } from './entry.ts';
import type { Fate } from './fate.ts';
import { call, type Hooks } from './hooks.ts';
import { backoff, defaultRetry, isRetryableEntry, pause, type RetryPolicy, requestFailure } from './retry.ts';
import { entrySize, largestFields } from './size.ts';

/** The caller's own client; only `send` is used. */
export interface EventBridgeSender {
  send(command: PutEventsCommand, options?: { abortSignal?: AbortSignal }): Promise<PutEventsCommandOutput>;
}

export interface SendOptions {
  readonly client: EventBridgeSender;
  readonly retry?: Partial<RetryPolicy> | undefined;
  /** Requests under way at a time; 4 unless told. */
  readonly concurrency?: number | undefined;
  /** Ends the work: nothing is sent any more, and what is under way is dropped. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds since 1970 after which nothing is sent or waited for. */
  readonly deadline?: number | undefined;
  readonly hooks?: Hooks | undefined;
  readonly limits?: Limits | undefined;
}

/** An entry on its way. */
interface Item {
  readonly entry: Entry;
  readonly size: number;
  readonly settle: (fate: Fate) => void;
  attempts: number;
  uncertain: boolean;
}

interface Trouble {
  readonly code: string;
  readonly reason: string;
}

/**
 * Sends entries, in requests that obey both limits of EventBridge, and says what became of each, in the order given.
 * Never throws: an error of a request is the fate of its entries. PutEvents answers 200 even where it took nothing,
 * so every entry's own result counts. Only entries that failed, and that may succeed later, are sent again.
 */
export async function putEvents(entries: readonly Entry[], options: SendOptions): Promise<Fate[]> {
  const limits = options.limits ?? requestLimits;
  const fates: Fate[] = new Array(entries.length);
  const items: Item[] = [];
  for (const [index, entry] of entries.entries()) {
    const size = entrySize(entry);
    const settle = (fate: Fate) => {
      fates[index] = fate;
      call(options.hooks, 'settled', { source: entry.Source, detailType: entry.DetailType, fate });
    };
    if (size > limits.bytes) settle(tooLarge(entry, size, limits.bytes));
    else items.push({ entry, size, settle, attempts: 0, uncertain: false });
  }
  const requests = batches(items, limits);
  const watch = watchTime(options);
  const work = async () => {
    for (let next = requests.shift(); next; next = requests.shift()) await deliver(next, options, watch);
  };
  const workers = Math.max(1, Math.min(options.concurrency ?? 4, requests.length));
  await Promise.all(Array.from({ length: workers }, work));
  watch.end();
  return fates;
}

function tooLarge(entry: Entry, size: number, limit: number): Fate {
  const largest = largestFields(JSON.parse(entry.Detail));
  const fields = largest.map(({ path, bytes }) => `${path} (${bytes} bytes)`).join(', ');
  const reason = `${size} bytes, and a request holds ${limit}; the largest members: ${fields}`;
  return { status: 'refused', code: 'TooLarge', reason, size, limit, largest };
}

/** Sends the entries of one request, again as long as some of them may succeed. */
async function deliver(items: readonly Item[], options: SendOptions, watch: Watch): Promise<void> {
  const policy = { ...defaultRetry, ...options.retry };
  let pending = items;
  let last: Trouble | undefined;
  while (pending.length > 0) {
    const stop = watch.stopped();
    if (stop) return fail(pending, stop, last);
    const result = await attempt(pending, options, watch);
    if (result.separate) {
      // The request as a whole was turned down, perhaps for one entry: the others must not suffer for it.
      for (const item of pending) await deliver([item], options, watch);
      return;
    }
    last = result.trouble;
    const spent = result.again.filter(({ attempts }) => attempts >= policy.maxAttempts);
    if (last) fail(spent, last);
    pending = result.again.filter((item) => !spent.includes(item));
    if (pending.length === 0 || watch.stopped()) continue;
    const attempts = pending[0]!.attempts;
    const milliseconds = Math.round(backoff(attempts, policy));
    if (watch.endsWithin(milliseconds)) return fail(pending, DEADLINE, last);
    call(options.hooks, 'retry', {
      entries: pending.length,
      attempt: attempts,
      code: last?.code ?? '',
      milliseconds,
    });
    await pause(milliseconds, watch.signal);
  }
}

interface Attempt {
  /** Entries that may succeed later; the others are settled. */
  readonly again: readonly Item[];
  readonly trouble: Trouble | undefined;
  readonly separate: boolean;
}

async function attempt(items: readonly Item[], options: SendOptions, watch: Watch): Promise<Attempt> {
  const entries = items.map(({ entry }) => entry);
  call(options.hooks, 'request', { entries, bytes: items.reduce((sum, { size }) => sum + size, 0) });
  for (const item of items) item.attempts++;
  let output: PutEventsCommandOutput;
  try {
    const command = new PutEventsCommand({ Entries: entries });
    output = await options.client.send(command, watch.signal ? { abortSignal: watch.signal } : {});
  } catch (error) {
    return failedRequest(items, error, watch);
  }
  return readResults(items, output);
}

function failedRequest(items: readonly Item[], error: unknown, watch: Watch): Attempt {
  const failure = requestFailure(error);
  const stop = watch.stopped();
  if (failure.uncertain || stop) for (const item of items) item.uncertain = true;
  if (stop) {
    fail(items, stop, failure);
    return { again: [], trouble: stop, separate: false };
  }
  if (failure.retryable) return { again: items, trouble: failure, separate: false };
  if (items.length > 1 && failure.code === 'ValidationException') {
    return { again: [], trouble: failure, separate: true };
  }
  fail(items, failure);
  return { again: [], trouble: failure, separate: false };
}

/** The results of a request that was answered: the one at index i belongs to the entry at index i. */
function readResults(items: readonly Item[], { Entries: results = [] }: PutEventsCommandOutput): Attempt {
  const again: Item[] = [];
  let trouble: Trouble | undefined;
  for (const [index, item] of items.entries()) {
    const { EventId, ErrorCode, ErrorMessage } = results[index] ?? {};
    if (EventId !== undefined && ErrorCode === undefined) {
      item.settle({ status: 'published', eventId: EventId, attempts: item.attempts });
      continue;
    }
    const code = ErrorCode ?? 'NoResult';
    const own: Trouble = { code, reason: ErrorMessage ?? 'the answer says nothing about this entry' };
    if (ErrorCode === undefined) item.uncertain = true;
    if (ErrorCode === undefined || isRetryableEntry(code)) {
      again.push(item);
      trouble = own;
    } else fail([item], own);
  }
  return { again, trouble, separate: false };
}

function fail(items: readonly Item[], { code, reason }: Trouble, last?: Trouble): void {
  const before = last ? `; before that: ${last.code}: ${last.reason}` : '';
  for (const { settle, attempts, uncertain } of items) {
    settle({ status: 'failed', code, reason: `${reason}${before}`, attempts, uncertain });
  }
}

const DEADLINE: Trouble = { code: 'Deadline', reason: 'the time for publishing is over' };
const ABORTED: Trouble = { code: 'Aborted', reason: 'publishing was called off' };

interface Watch {
  readonly signal: AbortSignal | undefined;
  stopped(): Trouble | undefined;
  endsWithin(milliseconds: number): boolean;
  end(): void;
}

/** One signal for the caller's own and for the deadline. */
function watchTime({ signal, deadline }: SendOptions): Watch {
  const isLate = (milliseconds = 0) => deadline !== undefined && Date.now() + milliseconds >= deadline;
  const stopped = () => (signal?.aborted ? ABORTED : isLate() ? DEADLINE : undefined);
  const watch = { stopped, endsWithin: isLate };
  if (deadline === undefined) return { ...watch, signal, end: () => {} };
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, Math.min(Math.max(deadline - Date.now(), 0), 2 ** 31 - 1));
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  };
  return { ...watch, signal: controller.signal, end };
}
