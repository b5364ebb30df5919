/** Codes of single entries that may succeed later (PutEventsResultEntry); whatever else is refused for good. */
const RETRYABLE_ENTRY: ReadonlySet<string> = new Set([
  'InternalFailure',
  'InternalException',
  'ThrottlingException',
]);

export function isRetryableEntry(code: string): boolean {
  return RETRYABLE_ENTRY.has(code);
}

/** How a request that threw is to be taken. */
export interface RequestFailure {
  readonly code: string;
  readonly reason: string;
  readonly retryable: boolean;
  /** Whether EventBridge may have taken the entries although no answer came. */
  readonly uncertain: boolean;
}

const THROTTLED =
  /^(Throttling|ThrottlingException|ThrottledException|TooManyRequestsException|RequestThrottled|RequestLimitExceeded|SlowDown|LimitExceededException|BandwidthLimitExceeded)/;
/** Errors of the connection itself, by Node's code or the SDK's name: nothing is known about the entries. */
const CONNECTION =
  /^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_.*|TimeoutError|RequestTimeout|RequestTimeoutException|NetworkingError|AbortError)$/;
/** The connection was not even made. */
const NOT_CONNECTED = /^(ECONNREFUSED|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOTFOUND)$/;

/** Reads what the SDK threw. An answer with a status below 500 is a refusal; without an answer nothing is sure. */
export function requestFailure(error: unknown): RequestFailure {
  const { name, message, code, $metadata, $retryable } = (error ?? {}) as {
    name?: string;
    message?: string;
    code?: unknown;
    $metadata?: { httpStatusCode?: number };
    $retryable?: unknown;
  };
  const status = $metadata?.httpStatusCode;
  const own = typeof code === 'string' && CONNECTION.test(code) ? code : (name ?? 'Error');
  const lost = CONNECTION.test(own);
  const retryable =
    $retryable !== undefined || lost || THROTTLED.test(own) || status === 429 || (status ?? 0) >= 500;
  const answered = status !== undefined && status < 500;
  // Without a status, an error that is not the connection's came before the request: credentials, configuration.
  const uncertain = !NOT_CONNECTED.test(own) && !answered && (lost || status !== undefined);
  return { code: own, reason: message ?? String(error), retryable, uncertain };
}

/** When to try again. */
export interface RetryPolicy {
  /** How often an event is sent at most. */
  readonly maxAttempts: number;
  /** The first pause is up to this long, each further one up to twice as long as the one before. */
  readonly baseMilliseconds: number;
  readonly maxMilliseconds: number;
}

export const defaultRetry: RetryPolicy = { maxAttempts: 5, baseMilliseconds: 50, maxMilliseconds: 5_000 };

/** The pause after so many attempts: anything up to the limit, so that publishers do not come back in step. */
export function backoff(attempts: number, policy: RetryPolicy, random: () => number = Math.random): number {
  return random() * Math.min(policy.maxMilliseconds, policy.baseMilliseconds * 2 ** (attempts - 1));
}

/** Waits, but not when the signal says stop: then it resolves at once. */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
  });
}
