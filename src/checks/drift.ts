import type { Config } from '../config/config.ts';
import { asDeployed } from '../contract/drift/as-deployed.ts';
import { compareRules, type Drift } from '../contract/drift/compare-rules.ts';
import { driftFindingsOf, driftLoop } from '../contract/drift/findings.ts';
import { type OpenedLoop, openedLoops } from '../contract/loops.ts';
import { Collector, type Diagnostic } from '../diagnostic/diagnostic.ts';
import { analyzeLoops } from '../graph/analyze.ts';
import { schemaOracle } from '../graph/oracle.ts';
import { withSeverity } from './accept.ts';
import { inOrder, type SystemParts, settingsOf, systemOf } from './run.ts';

/** What is declared held against what is deployed, before it becomes text. */
export interface DriftReport extends Drift {
  /** Loops that only what is deployed has, and those that only what is declared has. */
  readonly opened: readonly OpenedLoop[];
  readonly closed: readonly OpenedLoop[];
  readonly findings: readonly Diagnostic[];
}

/** Findings about the account that say how much a comparison is worth. */
const aboutAccount = /^(?:account|snapshot|input|config)\//;

/**
 * Compares the rules of two systems, and follows the events of the declared one through the rules of both: a loop that
 * only the deployed rules close is opened by the drift.
 */
export function checkDrift(declared: SystemParts, deployed: SystemParts, config: Config): DriftReport {
  const drift = compareRules(
    { parts: declared.parts, resources: declared.resources ?? [] },
    { parts: deployed.parts, resources: deployed.resources ?? [] },
  );
  const settings = settingsOf(config);
  const before = systemOf(declared, config, new Collector()).topology;
  const account = systemOf({ ...deployed, contracts: declared.contracts }, config, new Collector()).topology;
  const after = asDeployed(before, account, drift);
  const oracle = schemaOracle(settings);
  const [one, other] = [analyzeLoops(before, settings, oracle), analyzeLoops(after, settings, oracle)];
  const [opened, closed] = [openedLoops(one, other), openedLoops(other, one)];
  const findings = [
    ...[...declared.diagnostics, ...deployed.diagnostics].filter(({ code }) => aboutAccount.test(code)),
    ...driftFindingsOf(drift),
    ...opened.map((loop) => driftLoop(loop, 'opened')),
    ...closed.map((loop) => driftLoop(loop, 'closed')),
  ].flatMap((each) => withSeverity(each, config));
  return { ...drift, opened, closed, findings: inOrder(findings) };
}
