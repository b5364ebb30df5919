import type { Config } from '../config/config.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Amplification } from '../graph/amplification.ts';
import type { LoopAnalysis } from '../graph/analyze.ts';
import type { Oracle } from '../graph/oracle.ts';
import type { Topology } from '../model/topology.ts';

/** What a check may look at. */
export interface CheckContext {
  readonly topology: Topology;
  readonly analysis: LoopAnalysis;
  /** What one event of each type leads to, the most first. */
  readonly amplifications: readonly Amplification[];
  readonly config: Config;
  readonly oracle: Oracle;
}

/** One lint question over the whole system: one file, one line in the table, one page a code. */
export type Check = (context: CheckContext) => readonly Diagnostic[];
