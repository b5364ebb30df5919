import type { Span } from '../json/document.ts';
import type { Node } from '../json/node.ts';
import type { Evidence } from './evidence.ts';

/** What identifies a component: `template path#LogicalId` for template resources, otherwise the ARN or name. */
export type ComponentId = string;

export const componentKinds = [
  'function',
  'state-machine',
  'queue',
  'topic',
  'task',
  'stream',
  'table',
  'bucket',
  'firehose',
  'log-group',
  'api-destination',
  'api',
  'build',
  'pipeline',
  'other',
] as const;

export type ComponentKind = (typeof componentKinds)[number];

/** What stands behind a target: it receives events and may publish others. */
export interface Component {
  readonly id: ComponentId;
  readonly kind: ComponentKind;
  /** What people call it: the logical id in a template, else the name. */
  readonly name: string;
  /** The template resource's type (`AWS::Lambda::Function`), where it comes from a template. */
  readonly type?: string;
  /** Every text (with holes) by which a target, a policy or another template may name it: ARNs, names, Ref values. */
  readonly addresses: readonly string[];
  /** Declared in what was loaded, or only mentioned by an ARN. */
  readonly declared: boolean;
  /** Properties with intrinsic functions resolved, for whoever needs to look deeper. */
  readonly properties?: Node;
  /** The template resource's `Metadata`, resolved. */
  readonly metadata?: Node;
  /** An event at this chain depth or deeper is rejected and nothing is published for it. */
  readonly rejectsAtDepth?: { readonly depth: number; readonly span?: Span };
  /** It calls a foundation model: what it publishes is `processed`, and every delivery costs tokens. */
  readonly callsModel?: boolean;
  /** Its role lets it call one, and nothing else is known of that: enough for advice, not for a finding that something is wrong. */
  readonly mayCallModel?: boolean;
  /** What one delivery to it costs, in US dollars, as far as the user said. */
  readonly callCost?: number;
  /**
   * How often it is given one event at most, when it fails each time: runs of a function that is invoked
   * asynchronously, receipts of a message of a queue. Absent: what the service does by default.
   */
  readonly attempts?: number;
  /** On what evidence it is known to publish nothing. Without this and without emissions, nobody knows. */
  readonly silence?: Evidence;
  /** Names of rules that this component disables when an alarm trips: the runbook's cost circuit breaker. */
  readonly disables?: readonly string[];
  /** The source file its code begins in, where the template does not tell: beside the template, `path` or `path#export`. */
  readonly code?: string;
  readonly condition?: Condition;
  readonly span?: Span;
}

/** A condition of the template under which a template resource exists. */
export interface Condition {
  readonly name: string;
  /** What it is under the parameter values in force; `unknown` when they do not decide it. */
  readonly holds: boolean | 'unknown';
}
