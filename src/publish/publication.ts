import type { JsonValue } from '../json/value.ts';
import type { FieldEffect } from '../model/emission.ts';
import type { Evidence } from '../model/evidence.ts';

/** One event that something publishes, as far as its definition or code says. All texts may have holes. */
export interface Publication {
  readonly source: string;
  readonly detailType: string;
  /** A name or an ARN; undefined: which one is not known. */
  readonly bus: string | undefined;
  /** Fields of `detail` by name: those that are known. */
  readonly detail: Readonly<Record<string, FieldEffect<JsonValue>>>;
  /** What becomes of all other fields of `detail`. */
  readonly others: 'absent' | 'copy' | 'any';
  /** Published only under a condition that is not decided. */
  readonly conditional?: boolean;
  readonly evidence: Evidence;
}

/** What is known of one component. */
export interface Findings {
  readonly publications: readonly Publication[];
  /** Why there may be others that are not listed; empty: all are. */
  readonly open: readonly Evidence[];
}
