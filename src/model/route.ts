import type { Span } from '../json/document.ts';
import type { Node } from '../json/node.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { pathsOf } from '../pattern/restrict.ts';
import type { BusId } from './bus.ts';
import type { ComponentId, Condition } from './component.ts';

export type RouteId = string;

export const routeKinds = [
  'rule',
  'subscriber',
  'pipe',
  'schedule',
  'subscription',
  'event-source-mapping',
  'destination',
  'redrive',
  'notification',
  /** A component hands something of its own making to another: it invokes it, or writes to it. */
  'call',
] as const;

export type RouteKind = (typeof routeKinds)[number];

/** Where a route begins or ends. */
export type Endpoint =
  | { readonly kind: 'bus'; readonly bus: BusId }
  | { readonly kind: 'component'; readonly component: ComponentId }
  /** Time, or something outside what was loaded. */
  | { readonly kind: 'outside' };

/** Whatever moves events on: a rule with its targets, a V2 subscriber, a pipe, a schedule, a subscription, … */
export interface Route {
  readonly id: RouteId;
  readonly kind: RouteKind;
  /** The rule's name; the logical id where the name is left to AWS. */
  readonly name: string;
  readonly from: Endpoint;
  readonly filter: Filter;
  /** The schedule expression, if the route (also) fires by time. */
  readonly schedule?: string;
  readonly state: 'enabled' | 'disabled' | 'unknown';
  /** How an event source mapping reads: messages per invocation, and invocations at a time. */
  readonly polling?: Polling;
  /** Made by an AWS service: shown, never linted. */
  readonly managedBy?: string;
  readonly targets: readonly Target[];
  readonly condition?: Condition;
  /** The whole template resource. */
  readonly span: Span;
}

export interface Polling {
  readonly batchSize?: number;
  readonly maxConcurrency?: number;
}

/**
 * Which events a route takes. `pattern` may hold strings with holes; `unknown`: there is a filter that could not be
 * read, so the route may take anything; `nothing`: a rule that fires by schedule only.
 */
export type Filter =
  | { readonly kind: 'everything' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'pattern'; readonly pattern: Pattern; readonly node: Node; readonly span: Span }
  | { readonly kind: 'unknown'; readonly why: string; readonly span?: Span };

export interface Target {
  /** The target id of the rule, or the logical id. */
  readonly id: string;
  readonly to: Endpoint;
  /** The ARN as far as it is known (text with holes). */
  readonly arn: string;
  readonly shaping: InputShaping;
  readonly retry?: { readonly maxAttempts?: number; readonly maxAgeSeconds?: number };
  readonly deadLetterArn?: string;
  /** The further parameters of the target, resolved (`SqsParameters`, `EcsParameters`, …). */
  readonly parameters?: Node;
  readonly span: Span;
}

/** What the target is given in place of the event. */
export type InputShaping =
  | { readonly kind: 'event' }
  | { readonly kind: 'constant'; readonly text: string; readonly span: Span }
  | { readonly kind: 'path'; readonly path: string; readonly span: Span }
  | {
      readonly kind: 'transformer';
      readonly paths: Readonly<Record<string, string>>;
      readonly template: string;
      readonly span: Span;
    };

/** Every path that the pattern of some route asks for. */
export function pathsAsked(routes: readonly Route[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { filter } of routes)
    if (filter.kind === 'pattern') for (const path of pathsOf(filter.pattern)) paths.add(path);
  return paths;
}
