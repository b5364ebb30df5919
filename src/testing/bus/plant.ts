import type { JsonObject, JsonValue } from '../../json/value.ts';
import type { Component } from '../../model/component.ts';
import type { Topology } from '../../model/topology.ts';
import type { AwsAnswers } from '../aws/answers.ts';
import type { FieldNames } from '../handler/published.ts';
import type { BusEvent, Delivery, Message } from './records.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** Code that stands behind a component. */
export type BusHandler = (input: never, context: never) => unknown;

/** An event on its way to a bus. */
export interface Incoming {
  /** Name or ARN; the default bus if undefined. */
  readonly bus: string | undefined;
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources?: readonly string[];
  readonly time?: Date;
  readonly publisher?: string;
  readonly cause?: BusEvent;
}

/** What the parts of the local bus share. */
export interface Plant {
  readonly topology: Topology;
  readonly clock: VirtualClock;
  readonly fields: FieldNames;
  readonly aws: AwsAnswers;
  readonly verbose: boolean;
  readonly deliveries: Delivery[];
  /** Messages by the queue's component. */
  readonly queues: Map<string, Message[]>;
  /** Rules that the test, or a breaker, has turned off or on. */
  readonly states: Map<string, 'enabled' | 'disabled'>;
  /** How many more deliveries to a component fail, by its name. */
  readonly broken: Map<string, number>;
  handlerOf(component: Component): BusHandler | undefined;
  put(event: Incoming): BusEvent | undefined;
  /** Takes an event that came to a bus through its rules. */
  arrive(event: BusEvent, only?: readonly string[]): void;
  /** Hands something to a component; rejects if it cannot be reached. */
  receive(component: Component, input: JsonValue, event: BusEvent, rule: string): Promise<void>;
}
