import type { Acceptance, IntendedLoop } from '../config/config.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Severity } from '../diagnostic/severity.ts';
import type { Amplification } from '../graph/amplification.ts';
import type { LoopAnalysis } from '../graph/analyze.ts';
import type { Loop } from '../graph/loop.ts';
import type { Surge } from '../graph/quotas.ts';
import type { Topology } from '../model/topology.ts';

/** Everything a check of a system found, before it becomes text. */
export interface CheckReport {
  /** In the order to be shown: the most severe first, then by place. */
  readonly findings: readonly Diagnostic[];
  readonly accepted: readonly { readonly finding: Diagnostic; readonly acceptance: Acceptance }[];
  readonly topology: Topology;
  readonly analysis: LoopAnalysis;
  readonly amplifications: readonly Amplification[];
  /** Every candidate loop, those that are refuted included. */
  readonly loops: readonly {
    readonly loop: Loop;
    readonly intended?: IntendedLoop;
    /** When it fills a quota of the Region, if it grows. */
    readonly surge?: Surge;
  }[];
  readonly counts: Counts;
}

export interface Counts {
  readonly templates: number;
  /** Accounts that were looked at, now or in a snapshot. */
  readonly accounts: number;
  readonly schemas: number;
  readonly rules: number;
  readonly eventTypes: number;
  readonly components: number;
  readonly findings: Readonly<Record<Severity, number>>;
  readonly loops: Readonly<Record<Loop['verdict']['kind'], number>>;
}
