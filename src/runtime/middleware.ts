import {
  type Consumer,
  type ConsumerContext,
  type ConsumerOptions,
  contextOf,
  noteOddities,
  openPublish,
  type Publications,
  reject,
} from './consume.ts';
import type { AnyContract } from './contract.ts';
import { isRejection, receive } from './receive.ts';

/** What Middy hands to a middleware, as far as it is used here. */
interface Request {
  event: unknown;
  context: unknown;
  internal: Record<string, unknown>;
}

/** A middleware of https://middy.js.org. */
export interface ConsumerMiddleware {
  before(request: Request): unknown;
  after(request: Request): Promise<void>;
  onError(request: Request): Promise<void>;
}

/** Where the middleware keeps what `consumerContext` gives back. */
const KEY = 'busproof';

/**
 * The consumer as a Middy middleware, for functions that already have a chain of them: rejects what the consumer
 * would reject (a guard's rejection ends the chain with itself as the response), and keeps the consumer's context,
 * with `publish`, in `context.busproof`.
 */
export function consumerMiddleware<C extends AnyContract, P extends Publications>(
  consumer: Consumer<C, P>,
  own: ConsumerOptions = {},
): ConsumerMiddleware {
  const options = { ...consumer.defaults, ...own };
  const close = async ({ internal }: Request) => {
    const settled = internal[KEY] as (() => Promise<void>) | undefined;
    delete internal[KEY];
    await settled?.();
  };
  return {
    before(request) {
      const received = receive(consumer.contract, request.event, options);
      if (isRejection(received)) return reject(received, request.event, options);
      noteOddities(received, options.log ?? console);
      const { publish, settled } = openPublish(consumer, received, options, request.context);
      request.internal[KEY] = settled;
      const context = contextOf(received, publish, request.context);
      (request.context as Record<string, unknown>)[KEY] = context;
      return undefined;
    },
    after: close,
    onError: close,
  };
}

/** The consumer's context inside a handler that runs behind the middleware. */
export type WithConsumer<P extends Publications> = { readonly [KEY]: ConsumerContext<P> };
