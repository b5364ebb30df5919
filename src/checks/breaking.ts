import type { Config } from '../config/config.ts';
import { type AcceptedFinding, siftBreaks } from '../contract/accepted.ts';
import { type Change, fateOf, type Mode } from '../contract/change.ts';
import { compareContracts, type Readers } from '../contract/compare.ts';
import { eventsTakenBy, unstatedReaders } from '../contract/consumers.ts';
import type { Expectation } from '../contract/expectation.ts';
import { findingsOf, loopFinding, ruleFinding } from '../contract/findings.ts';
import { type OpenedLoop, openedLoops } from '../contract/loops.ts';
import { SchemaFiles } from '../contract/places.ts';
import { type RuleEffect, ruleEffects } from '../contract/rules.ts';
import { Collector, type Diagnostic } from '../diagnostic/diagnostic.ts';
import { analyzeLoops } from '../graph/analyze.ts';
import { schemaOracle } from '../graph/oracle.ts';
import { loadContracts, type SchemaDocument } from '../load/contracts/contracts.ts';
import type { Contract } from '../model/contract.ts';
import { topologyOf } from '../model/topology.ts';
import { withSeverity } from './accept.ts';
import { inOrder, type SystemParts, settingsOf, systemOf } from './run.ts';

/** A version of the schemas, read. */
export interface SchemaVersion {
  /** What people call it: a git ref, a path. */
  readonly name: string;
  readonly documents: readonly SchemaDocument[];
  /** Only these event types are compared; all if not given. */
  readonly only?: ReadonlySet<string>;
}

export interface BreakingOptions {
  readonly mode: Mode;
  /** Whether what was not decided is let pass, with a warning. */
  readonly allowUnknown: boolean;
  /** YYYY-MM-DD: decides which acceptances still hold. */
  readonly today: string;
  /** What consumers say they read. */
  readonly expectations?: readonly Expectation[];
}

export interface Comparison {
  readonly against: string;
  readonly changes: readonly Change[];
}

/** What the change of the contracts breaks, before it becomes text. */
export interface BreakingReport {
  readonly mode: Mode;
  /** One for each old version, the newest first. */
  readonly comparisons: readonly Comparison[];
  /** Whether there were rules to ask about. */
  readonly withSystem: boolean;
  readonly rules: readonly RuleEffect[];
  readonly loops: readonly OpenedLoop[];
  readonly findings: readonly Diagnostic[];
  readonly accepted: readonly AcceptedFinding[];
}

/**
 * Compares the contracts with older versions of themselves, the newest of these first. What a change does to rules and
 * loops is asked for the first one only: the templates are those of today.
 */
export function checkBreaking(
  system: SystemParts,
  now: SchemaVersion,
  versions: readonly SchemaVersion[],
  config: Config,
  { mode, allowUnknown, today, expectations = [] }: BreakingOptions,
): BreakingReport {
  const after = loadContracts(now.documents, { examine: false }).value;
  const newFiles = new SchemaFiles(now.documents);
  const topology = () => systemOf({ ...system, contracts: after }, config, new Collector()).topology;
  const readers: Readers = {
    expectations: byEventType(expectations),
    takenBy: expectations.length > 0 ? eventsTakenBy(topology(), config.dottedKeys) : () => undefined,
  };
  const findings: Diagnostic[] = [];
  const comparisons = versions.map(({ name: against, documents, only }) => {
    const selected = (contracts: readonly Contract[]) =>
      only ? contracts.filter(({ id }) => only.has(id)) : contracts;
    const before = selected(loadContracts(documents, { examine: false }).value);
    const changes = compareContracts(before, selected(after), mode, readers);
    const oldFiles = new SchemaFiles(documents);
    findings.push(
      ...changes.flatMap((change) => findingsOf(change, { against, oldFiles, newFiles, ...readers })),
    );
    return { against, changes };
  });
  const effects = effectsOn(system, comparisons[0]?.changes ?? [], after, config);
  findings.push(
    ...effects.rules.map((effect) => ruleFinding(effect, newFiles)),
    ...effects.loops.map(loopFinding),
    ...effects.unstated,
  );
  const { unstated: _, ...told } = effects;
  const sifted = siftBreaks(distinct(findings), config.breaking, today);
  const severe = sifted.findings
    .map((each) => (allowUnknown ? asWarning(each) : each))
    .flatMap((each) => withSeverity(each, config));
  return { mode, comparisons, ...told, findings: inOrder(severe), accepted: sifted.accepted };
}

function byEventType(expectations: readonly Expectation[]): ReadonlyMap<string, readonly Expectation[]> {
  const found = new Map<string, Expectation[]>();
  for (const each of expectations)
    found.set(each.contract.id, [...(found.get(each.contract.id) ?? []), each]);
  return found;
}

function effectsOn(
  system: SystemParts,
  changes: readonly Change[],
  after: readonly Contract[],
  config: Config,
): Pick<BreakingReport, 'withSystem' | 'rules' | 'loops'> & { readonly unstated: readonly Diagnostic[] } {
  const withSystem = system.parts.routes.length > 0;
  if (!withSystem || changes.every((change) => fateOf(change) === 'unchanged'))
    return { withSystem, rules: [], loops: [], unstated: [] };
  const settings = settingsOf(config);
  const { topology } = systemOf({ ...system, contracts: after }, config, new Collector());
  const oracle = schemaOracle(settings);
  const rules = ruleEffects(changes, after, topology, oracle);
  // Who publishes what is taken from today's code on both sides: only the contracts differ.
  const unchanged = after.filter(
    ({ id }) => !changes.some((change) => 'after' in change && change.after.id === id),
  );
  const before = [...changes.flatMap((change) => ('before' in change ? [change.before] : [])), ...unchanged];
  const earlier = topologyOf({ ...topology, contracts: before });
  const loops = openedLoops(
    analyzeLoops(earlier, settings, oracle),
    analyzeLoops(topology, settings, oracle),
  );
  return { withSystem, rules, loops, unstated: unstatedReaders(changes, topology, oracle) };
}

/** Of the same finding about several versions the first. */
function distinct(findings: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const each of findings) {
    const key = `${each.code} ${each.identity}`;
    if (!seen.has(key)) seen.set(key, each);
  }
  return [...seen.values()];
}

function asWarning(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.code === 'contract/undecided' ? { ...diagnostic, severity: 'warning' } : diagnostic;
}
