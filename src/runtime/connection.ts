import type { AnyContract } from './contract.ts';
import type { Hooks } from './hooks.ts';
import type { EventBridgeSender } from './put-events.ts';
import type { RetryPolicy } from './retry.ts';

/** How a function reaches EventBridge: said once, by `connect`. Options of a call win over it. */
export interface Connection {
  /** The function's own client. */
  readonly client?: EventBridgeSender;
  /**
   * The bus, by name or ARN. A text: the bus of all contracts that name none. A map: from the buses that contracts
   * name to those of this deployment; a bus that is not in it is taken by its own name.
   */
  readonly bus?: string | Readonly<Record<string, string>>;
  readonly retry?: Partial<RetryPolicy>;
  /** Requests under way at a time; 4 unless told. */
  readonly concurrency?: number;
  readonly hooks?: Hooks;
}

let shared: Connection = {};

/** Sets how the generated publishers and consumers of this process reach EventBridge. Later calls add to earlier ones. */
export function connect(connection: Connection): void {
  shared = { ...shared, ...connection };
}

/** Settings of a call over the shared ones. */
export function connectionOf(own: Connection): Connection {
  return { ...shared, ...defined(own) };
}

function defined(own: Connection): Connection {
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}

export function clientOf({ client }: Connection): EventBridgeSender {
  if (client) return client;
  throw new TypeError('no EventBridge client: call connect({ client }) once, or give one with the call');
}

/**
 * The bus of a contract. There must be one: an entry without a bus goes to the default bus, and one for a bus that
 * does not exist is answered with an id and dropped.
 */
export function busOf({ bus }: Connection, contract: AnyContract): string {
  const own = contract.bus;
  const physical = own !== undefined && typeof bus === 'object' && Object.hasOwn(bus, own) ? bus[own] : own;
  const found = physical ?? (typeof bus === 'string' ? bus : undefined);
  if (found) return found;
  const type = `${contract.source}@${contract.detailType}`;
  throw new TypeError(
    `no bus for ${type}: call connect({ bus }) once, give one with the call, or name it in the schema`,
  );
}
