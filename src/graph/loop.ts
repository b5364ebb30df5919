import type { JsonValue } from '../json/value.ts';
import type { BusId } from '../model/bus.ts';
import type { Component } from '../model/component.ts';
import type { Emission } from '../model/emission.ts';
import type { EventType } from '../model/event-type.ts';
import type { EvidenceKind } from '../model/evidence.ts';
import type { Route } from '../model/route.ts';
import type { Delivery } from './deliveries.ts';

/** A place in the event-flow graph: an event type on a bus. No type: some event, nobody says which. */
export interface FlowNode {
  readonly bus: BusId;
  readonly type: EventType | undefined;
}

/**
 * One hop: an event of `from` is taken by a rule, delivered to a component, and leads to an event of `to`. Without
 * an emission the rule forwards the event itself to another bus.
 */
export interface Hop {
  readonly from: FlowNode;
  readonly to: FlowNode;
  readonly route: Route;
  readonly delivery: Delivery;
  readonly emission?: Emission;
}

/**
 * endless: an event exists for every hop, and nothing bounds the depth. bounded: the depth guard stops it. refuted:
 * some hop has no event. possible: some hop is not decided.
 */
export type LoopVerdict =
  | { readonly kind: 'endless'; readonly events: Events }
  | { readonly kind: 'bounded'; readonly bound: Bound }
  | { readonly kind: 'refuted'; readonly stop: Stop }
  | {
      readonly kind: 'possible';
      readonly doubts: readonly Stop[];
      readonly events: Events;
    };

/** For each hop an event that passes it, where one was found; looked for when asked. */
export type Events = () => readonly (JsonValue | undefined)[];

/** A hop that stops a loop, or leaves it open, with the reason in words. */
export interface Stop {
  readonly hop: number;
  readonly layer: Layer;
  readonly reason: string;
}

export interface Bound extends Stop {
  /** The depth at which the guard stops the chain. */
  readonly depth: number;
  /** Events published inside the loop before it stops, from the one event that costs the most. */
  readonly events: number;
  readonly retried: Retried;
}

/** Events in the worst case, retries counted: where every run fails only after it has published. */
export interface Retried {
  /** The service repeats a run that failed. */
  readonly runs: number;
  /** EventBridge repeats the delivery as well. */
  readonly all: number;
}

/** The independent guards of the runbook, and what else stops an event. */
export const layers = [
  'source differentiation',
  'processing stage',
  'chain depth',
  'content filter',
  'hop limit',
  'disabled rule',
  'condition',
  'evidence',
] as const;

export type Layer = (typeof layers)[number];

/** What one layer alone does to a candidate. */
export interface LayerEffect {
  readonly layer: Layer;
  readonly stops: boolean;
  readonly verdict: LoopVerdict['kind'];
  /** Where and why it stops, in words. */
  readonly reason?: string;
  readonly hop?: number;
}

/** A cycle of event type → rule → component → event type, with its verdict. */
export interface Loop {
  /** The same in every run, whatever the files are called: made of rules, components and event types. */
  readonly id: string;
  readonly hops: readonly Hop[];
  readonly verdict: LoopVerdict;
  readonly layers: readonly LayerEffect[];
  /** The weakest evidence on the way: a loop is as certain as that. */
  readonly evidence: EvidenceKind;
  /** Growth of the whole it is part of: events per round, 1 → growth → growth² … */
  readonly growth?: number;
  /** Rules disabled by an alarm that pass through this loop: they limit what it costs, they do not prevent it. */
  readonly breakers: readonly Component[];
}
