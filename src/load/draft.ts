import type { Span } from '../json/document.ts';
import type { Bus } from '../model/bus.ts';
import type { Component, ComponentId } from '../model/component.ts';
import type { Route, Target } from '../model/route.ts';

/** Where a draft's route begins or ends: still as it is written, to be looked up once everything is loaded. */
export type Place =
  | { readonly kind: 'outside' }
  | { readonly kind: 'component'; readonly component: ComponentId }
  /** The name or ARN of a bus. */
  | { readonly kind: 'bus'; readonly reference: string; readonly span: Span }
  /** An ARN, URL or name; a bare name is one of the given ARN service. */
  | { readonly kind: 'address'; readonly text: string; readonly span: Span; readonly service?: string };

export const outside: Place = { kind: 'outside' };

export interface DraftRoute extends Omit<Route, 'from' | 'targets'> {
  readonly from: Place;
  readonly targets: readonly DraftTarget[];
}

export interface DraftTarget extends Omit<Target, 'to'> {
  readonly to: Place;
}

/** What one file adds to the topology, before its addresses are looked up. */
export class Draft {
  readonly buses: Bus[] = [];
  readonly components: Component[] = [];
  readonly routes: DraftRoute[] = [];
  /** How often what is at a place is given one event at most, where the file says so. */
  readonly attempts: { readonly of: Place; readonly count: number }[] = [];
  /** Rules the file writes down, whether or not they could be read. */
  rulesFound = 0;
}
