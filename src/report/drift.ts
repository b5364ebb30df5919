import type { DriftReport } from '../checks/drift.ts';
import type { Difference, RuleDrift } from '../contract/drift/compare-rules.ts';
import { busName, targetWords } from '../contract/drift/findings.ts';
import { ruleName } from '../contract/drift/pair-rules.ts';
import type { OpenedLoop } from '../contract/loops.ts';
import { loopWords } from '../graph/words.ts';
import { printHoles } from '../json/holes.ts';
import type { JsonObject } from '../json/value.ts';
import { findingJson } from './json.ts';
import { styleOf } from './style.ts';
import { printFinding, type TextOptions } from './text.ts';

/** Where something was deployed, for the last line and the head of the JSON. */
export interface Deployment {
  readonly account: string;
  readonly regions: readonly string[];
  /** RFC 3339: when it was looked at. */
  readonly takenAt: string;
}

const kinds: readonly RuleDrift['kind'][] = ['same', 'changed', 'missing', 'extra'];

/** What is not as it is declared, for people: the findings, then one line of totals. */
export function driftText(report: DriftReport, deployment: Deployment, options: TextOptions): string {
  const style = styleOf(options.color);
  const shown = report.findings.filter(({ severity }) => options.verbose || severity !== 'info');
  const notes = report.findings.length - shown.length;
  const count = (kind: RuleDrift['kind']): number => report.rules.filter((rule) => rule.kind === kind).length;
  const words = { same: 'as declared', changed: 'changed', missing: 'missing', extra: 'not declared' };
  const counts = kinds.map((kind) => `${count(kind)} ${words[kind]}`).join(', ');
  const loops = [
    ...(report.opened.length > 0 ? [`${report.opened.length} opened by it`] : []),
    ...(report.closed.length > 0 ? [`${report.closed.length} closed by it`] : []),
  ];
  const lines = [
    `Account ${deployment.account}, ${deployment.regions.join(', ')}. Rules: ${counts}.`,
    ...(loops.length > 0 ? [`Loops: ${loops.join(', ')}.`] : []),
    ...(notes > 0 ? [`${notes} ${notes === 1 ? 'note' : 'notes'} not shown: --verbose shows them.`] : []),
    `Result: ${shown.some(({ code }) => code.startsWith('drift/')) ? style.red('drift') : style.green('no drift')}.`,
  ];
  return `${[...shown.map((each) => printFinding(each, options, style)), lines.join('\n')].join('\n\n')}\n`;
}

/** The same as JSON text, of the form that schemas/busproof/drift.schema.json describes. */
export function driftJson(report: DriftReport, deployment: Deployment, version: string): string {
  const value: JsonObject = {
    formatVersion: 1,
    tool: { name: 'busproof', version },
    account: deployment.account,
    regions: [...deployment.regions],
    takenAt: deployment.takenAt,
    rules: report.rules.map(ruleJson),
    missingBuses: report.missingBuses.map(({ id }) => report.counterparts.fill(id)),
    loops: { opened: report.opened.map(loopJson), closed: report.closed.map(loopJson) },
    findings: report.findings.map(findingJson),
  };
  return `${printHoles(JSON.stringify(value, undefined, 2))}\n`;
}

function ruleJson(rule: RuleDrift): JsonObject {
  switch (rule.kind) {
    case 'missing':
      return { fate: 'missing', rule: rule.declared.name, bus: busName(rule.declared) };
    case 'extra':
      return {
        fate: 'extra',
        rule: rule.deployed.name,
        bus: busName(rule.deployed),
        arn: rule.deployed.id,
        onDeclaredBus: rule.own,
      };
    default:
      return {
        fate: rule.kind,
        rule: rule.declared.name,
        deployedName: ruleName(rule.deployed),
        bus: busName(rule.deployed),
        arn: rule.deployed.id,
        ...(rule.kind === 'changed' ? { differences: rule.differences.map(differenceJson) } : {}),
      };
  }
}

function differenceJson(difference: Difference): JsonObject {
  switch (difference.kind) {
    case 'pattern': {
      const { drift } = difference;
      if (drift.kind === 'undecided') return { what: 'pattern', undecided: drift.reason };
      return {
        what: 'pattern',
        ...(drift.gained === undefined ? {} : { onlyDeployedTakes: drift.gained }),
        ...(drift.lost === undefined ? {} : { onlyDeclaredTakes: drift.lost }),
      };
    }
    case 'target': {
      const { drift } = difference;
      return { what: drift.kind, target: drift.target.id, how: targetWords(drift) };
    }
    default:
      return { what: difference.kind, declared: difference.declared, deployed: difference.deployed };
  }
}

function loopJson({ loop, was }: OpenedLoop): JsonObject {
  return { id: loop.id, path: loopWords(loop.hops), verdict: loop.verdict.kind, elsewhere: was ?? null };
}
