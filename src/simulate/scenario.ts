import type { JsonObject } from '../json/value.ts';
import type { BusId } from '../model/bus.ts';
import type { EventTypeId } from '../model/event-type.ts';

/** What comes from outside: events put on a bus, or requests to a component. Times in milliseconds of virtual time. */
export interface Entry {
  /** `source@DetailType`, for events. */
  readonly event?: EventTypeId;
  /** The bus it comes in on; otherwise that of its contract, or of whoever publishes it. */
  readonly bus?: BusId;
  /** Members of `detail` that are to be as given; the rest is an example of the contract. */
  readonly detail?: JsonObject;
  /** The component a webhook calls, by name. */
  readonly webhook?: string;
  /** All at once, at `from`. */
  readonly count?: number;
  /** Per second, at random times with this mean, from `from` until `until`. */
  readonly rate?: number;
  readonly from: number;
  readonly until: number;
  /** How long a webhook's request is worked on, where that is not as the component's invocations usually are. */
  readonly duration?: readonly [number, number];
  /** What such a request publishes: how many events of each type. */
  readonly publishes?: Readonly<Record<EventTypeId, number>>;
  /** Pauses before each further try of a webhook's sender, in milliseconds; then it gives up. */
  readonly retries: readonly number[];
  /** When a sender stops waiting for an answer, and counts the request as failed. */
  readonly timeout: number;
}

/** How a component behaves; what is not given is a default, or what its template says. */
export interface Behaviour {
  /** How long an invocation takes: from, to; evenly spread. */
  readonly duration?: readonly [number, number];
  /** Reserved concurrency of a function. */
  readonly concurrency?: number;
  /** US dollars per invocation. */
  readonly cost?: number;
  /** The share of invocations that fail, 0 to 1. */
  readonly errorRate?: number;
  /** Messages sent to each queue it writes to, per request from outside. */
  readonly sends?: number;
  /** How likely each publication is, by event type; otherwise as declared. */
  readonly publishes?: Readonly<Record<EventTypeId, number>>;
}

/** An alarm that disables rules: the runbook's cost circuit breaker. */
export interface Breaker {
  readonly name: string;
  /** Invocations that are counted: of components that call a model, or of one component by name. */
  readonly counts: 'model' | { readonly component: string };
  /** More than this many in one period trip it. */
  readonly threshold: number;
  readonly period: number;
  /** From the end of the period until the rules are disabled. */
  readonly delay: number;
  readonly disables: readonly string[];
}

export interface Scenario {
  /** How much virtual time is simulated. */
  readonly length: number;
  readonly seed: number;
  /** Milliseconds per row of the series. */
  readonly step: number;
  readonly entries: readonly Entry[];
  readonly components: Readonly<Record<string, Behaviour>>;
  readonly limits: Limits;
  readonly breakers: readonly Breaker[];
  readonly stopAt: StopAt;
}

export interface Limits {
  readonly accountConcurrency: number;
  /** PutEvents requests and target invocations per second: the quotas of the Region. */
  readonly putEvents: number;
  readonly invocations: number;
  /** From PutEvents to the rules, in milliseconds. */
  readonly busLatency: number;
}

/** The simulation ends when one of these is reached. */
export interface StopAt {
  readonly events?: number;
  readonly cost?: number;
  readonly throttles?: number;
}

const SECOND = 1000;

export const defaultLimits: Omit<Limits, 'putEvents' | 'invocations'> = {
  accountConcurrency: 1000,
  busLatency: 200,
};

/** What is taken for granted where nobody says: a call of a foundation model takes two seconds, anything else a tenth. */
export const defaultDurations = { model: 2 * SECOND, other: SECOND / 10, rejected: 5 } as const;

export const defaultEntry: Pick<Entry, 'from' | 'until' | 'retries' | 'timeout'> = {
  from: 0,
  until: Number.POSITIVE_INFINITY,
  retries: [],
  timeout: 30 * SECOND,
};
