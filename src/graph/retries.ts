import type { Component } from '../model/component.ts';
import type { Route, Target } from '../model/route.ts';
import type { Hop } from './loop.ts';
import { isV2, type WalkContext } from './passage.ts';

/**
 * How often one event may come to the same handler at most. Each time may publish again: nothing is known of what a
 * run did before it failed.
 */
export interface Attempts {
  /** Runs for one delivery, when every run fails after it has published. */
  readonly runs: number;
  /** The same when the delivery is repeated as well, as though no answer ever came back. */
  readonly all: number;
}

/** Retries of a rule's target without a policy: 24 hours, 185 times (UG eb-rule-retry-policy). */
const CLASSIC_RETRIES = 185;
/** Of a V2 subscriber: 300 seconds, 5 times (UG eb-custom-bus-retry). */
const V2_RETRIES = 5;
/** Of an asynchronous invocation of a function: twice (DG Lambda, invocation-async-error-handling). */
const ASYNC_RETRIES = 2;

/** How often the event of one hop may lead to what it leads to. */
export function attemptsAt({ from, route, delivery }: Hop, context: WalkContext): Attempts {
  const runs = delivery.component ? runsOf(delivery.component, delivery.via, context) : 1;
  const sent =
    1 + (delivery.target.retry?.maxAttempts ?? (isV2(from.bus, context) ? V2_RETRIES : CLASSIC_RETRIES));
  return { runs, all: runs * (route.kind === 'rule' || route.kind === 'subscriber' ? sent : 1) };
}

/** Runs of a component for one event handed to it. */
function runsOf(component: Component, via: readonly Route[], { topology }: WalkContext): number {
  const last = via.at(-1);
  if (last?.kind === 'event-source-mapping') {
    const source =
      last.from.kind === 'component' ? topology.componentById.get(last.from.component) : undefined;
    // A queue hands on what it holds until it is deleted; a stream as often as the mapping says, or while it is kept.
    if (source?.kind === 'queue') return source.attempts ?? 1;
    return component.attempts ?? repeats(last.targets[0]) ?? Number.POSITIVE_INFINITY;
  }
  if (component.attempts !== undefined) return component.attempts;
  return component.kind === 'function' ? 1 + ASYNC_RETRIES : 1;
}

function repeats(target: Target | undefined): number | undefined {
  const most = target?.retry?.maxAttempts;
  return most === undefined || most < 0 ? undefined : 1 + most;
}
