import type { Component } from '../model/component.ts';
import type { Topology } from '../model/topology.ts';
import type { Agenda } from './agenda.ts';
import type { Concurrency } from './concurrency.ts';
import type { EventClass, EventClasses } from './event-classes.ts';
import type { Random } from './random.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Routing } from './routing.ts';
import type { Scenario } from './scenario.ts';
import type { Series } from './series.ts';
import type { Totals } from './totals.ts';

/** What all parts of a running simulation share. */
export interface Plant {
  readonly topology: Topology;
  readonly scenario: Scenario;
  readonly agenda: Agenda;
  readonly random: Random;
  readonly classes: EventClasses;
  readonly routing: Routing;
  readonly concurrency: Concurrency;
  readonly putEvents: RateLimit;
  readonly invocations: RateLimit;
  readonly series: Series;
  readonly totals: Totals;
  /** Rules that a breaker disabled, by name. */
  readonly disabled: Set<string>;
  /** What had to be taken for granted, in words. */
  readonly assumptions: Set<string>;
  /** Told of every invocation that begins, for alarms. */
  readonly watchers: ((component: Component) => void)[];
}

/** Hands an event, or a message of no event, to whatever a component is. */
export type Receive = (component: Component, event: EventClass | undefined) => void;

/** Puts events on their buses; `done` tells whether all of them were accepted in the end. */
export type Publish = (events: readonly EventClass[], done: (accepted: boolean) => void) => void;

/** Something was given up: it goes to a dead-letter queue, if there is one. */
export function deadLetter(plant: Plant, amount: number): void {
  plant.totals.deadLetters += amount;
  plant.series.add('deadLetters', amount, plant.agenda.now);
}
