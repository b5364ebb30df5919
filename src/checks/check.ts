import type { Config } from '../config/config.ts';
import type { Expectation } from '../contract/expectation.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Amplification } from '../graph/amplification.ts';
import type { LoopAnalysis } from '../graph/analyze.ts';
import type { Oracle } from '../graph/oracle.ts';
import type { GraphSettings } from '../graph/settings.ts';
import type { Emission } from '../model/emission.ts';
import type { Topology } from '../model/topology.ts';
import type { Inventory } from '../publish/inventory.ts';
import type { KnownTypes } from './common/known-types.ts';
import type { Reaches } from './common/reach.ts';
import type { PatternRule } from './common/rules.ts';

/** What a check may look at. */
export interface CheckContext {
  readonly topology: Topology;
  readonly analysis: LoopAnalysis;
  /** What one event of each type leads to, the most first. */
  readonly amplifications: readonly Amplification[];
  readonly config: Config;
  readonly settings: GraphSettings;
  readonly oracle: Oracle;
  /** Everything the templates declare, for what the topology does not hold: policies, permissions, properties. */
  readonly inventory: Inventory;
  /** The rules that are linted, and which known events each of them can take. */
  readonly rules: readonly PatternRule[];
  readonly known: KnownTypes;
  readonly reaches: Reaches;
  /** Publications in code that a role does not let through. */
  readonly withheld: readonly Emission[];
  /** What consumers say they read. */
  readonly expectations: readonly Expectation[];
}

/** One lint question over the whole system: one file, one line in the table, one page a code. */
export type Check = (context: CheckContext) => readonly Diagnostic[];
