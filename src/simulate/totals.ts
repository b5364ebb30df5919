import type { Component } from '../model/component.ts';
import type { Slots } from './concurrency.ts';

/** What one component did in all. */
export interface ComponentTotals {
  readonly name: string;
  readonly kind: Component['kind'];
  invocations: number;
  /** Attempts that found no free concurrency. */
  throttles: number;
  /** Events a guard turned away: too deep. */
  rejected: number;
  failed: number;
  /** Events and messages given up. */
  deadLetters: number;
  peakConcurrency: number;
  /** The longest queue, for queues. */
  peakQueue: number;
  cost: number;
  /** Milliseconds that events and messages waited before they were worked on, in all and at most. */
  waited: number;
  longestWait: number;
}

export interface Totals {
  /** Events that a bus accepted, by event type. */
  readonly events: Map<string, number>;
  /** Events that a rule took, by rule. */
  readonly rules: Map<string, number>;
  readonly components: Map<string, ComponentTotals>;
  accepted: number;
  /** Events that a rule forwarded to another bus. */
  forwarded: number;
  /** Entries that PutEvents turned down for good. */
  lostEntries: number;
  /** Deliveries that waited for the invocations quota. */
  delayed: number;
  cost: number;
  throttles: number;
  deadLetters: number;
  /** Requests from outside: those answered in time, tries that were not, and those given up. */
  readonly requests: { sent: number; answered: number; unanswered: number; retries: number; lost: number };
}

export function emptyTotals(): Totals {
  return {
    events: new Map(),
    rules: new Map(),
    components: new Map(),
    accepted: 0,
    forwarded: 0,
    lostEntries: 0,
    delayed: 0,
    cost: 0,
    throttles: 0,
    deadLetters: 0,
    requests: { sent: 0, answered: 0, unanswered: 0, retries: 0, lost: 0 },
  };
}

export function totalsOf(component: Component, totals: Totals): ComponentTotals {
  const known = totals.components.get(component.id);
  if (known) return known;
  const { name, kind } = component;
  const made: ComponentTotals = {
    name,
    kind,
    invocations: 0,
    throttles: 0,
    rejected: 0,
    failed: 0,
    deadLetters: 0,
    peakConcurrency: 0,
    peakQueue: 0,
    cost: 0,
    waited: 0,
    longestWait: 0,
  };
  totals.components.set(component.id, made);
  return made;
}

export function increase(counts: Map<string, number>, key: string, amount = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}

export function notePeak(totals: ComponentTotals, slots: Slots): void {
  totals.peakConcurrency = Math.max(totals.peakConcurrency, slots.peak);
}
