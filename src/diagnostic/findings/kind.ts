import type { Severity } from '../severity.ts';

/** One row of the table of findings. `P`: the facts the sentence is made of. */
export interface FindingKind<P> {
  readonly severity: Severity;
  /** What this finding says, independent of a case: one line, for lists. */
  readonly title: string;
  readonly message: (params: P) => string;
}

export function kind<P>(severity: Severity, title: string, message: (params: P) => string): FindingKind<P> {
  return { severity, title, message };
}
