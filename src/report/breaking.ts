import type { BreakingReport, Comparison } from '../checks/breaking.ts';
import { type Answer, type Change, eventTypeOf, type Fate, fateOf, type Mode } from '../contract/change.ts';
import { differenceWords } from '../contract/difference-words.ts';
import { withFilePointers } from '../contract/places.ts';
import type { RuleEffect } from '../contract/rules.ts';
import { loopWords } from '../graph/words.ts';
import { printHoles } from '../json/holes.ts';
import { printPointer } from '../json/pointer.ts';
import type { JsonObject } from '../json/value.ts';
import { findingJson } from './json.ts';
import { type Style, styleOf } from './style.ts';
import { printFinding, type TextOptions } from './text.ts';

/** Worst first: the order in which changes are listed and counted. */
const fates: readonly Fate[] = [
  'broken',
  'removed',
  'renamed',
  'unknown',
  'added',
  'compatible',
  'unchanged',
];

const MOST_LISTED = 40;

/** What a comparison found, for people: the findings, what became of each event type, one line of totals. */
export function breakingText(report: BreakingReport, options: TextOptions): string {
  const style = styleOf(options.color);
  const blocks = report.findings.map((each) => printFinding(each, options, style));
  blocks.push(...report.comparisons.map((each) => printComparison(each, report.mode, style)));
  blocks.push(printResult(report, style));
  return `${blocks.join('\n\n')}\n`;
}

function printComparison({ against, changes }: Comparison, mode: Mode, style: Style): string {
  const lines = [`Compared with ${against} (${mode}: ${modeWords[mode]}):`];
  const told = fates.flatMap((fate) =>
    fate === 'unchanged' ? [] : changes.filter((change) => fateOf(change) === fate),
  );
  for (const change of told.slice(0, MOST_LISTED)) {
    const name = change.kind === 'renamed' ? `${change.before.id} → ${change.after.id}` : eventTypeOf(change);
    lines.push(`  ${paint(fateOf(change), style)}  ${name}${readersNote(change)}`);
  }
  if (told.length > MOST_LISTED) lines.push(`  … and ${told.length - MOST_LISTED} more`);
  const unchanged = changes.length - told.length;
  if (unchanged > 0) lines.push(`  ${told.length === 0 ? 'all' : 'the other'} ${unchanged} unchanged`);
  return lines.join('\n');
}

const modeWords: Readonly<Record<Mode, string>> = {
  backward: 'its consumers are given new events',
  forward: 'consumers of today are given its events',
  full: 'either is given the events of the other',
};

/** Where what consumers say they read decides, against what the schemas alone would say. */
function readersNote(change: Change): string {
  if (change.kind !== 'changed' || !change.readers) return '';
  const readers = [...new Set(change.readers.map(({ expectation }) => expectation.consumer))];
  const differs = change.answers.some(({ verdict }) => verdict !== 'compatible');
  return differs && fateOf(change) === 'compatible'
    ? ` (for what ${readers.join(', ')} ${readers.length === 1 ? 'reads' : 'read'})`
    : '';
}

function paint(fate: Fate, style: Style): string {
  const text = fate.padEnd('compatible'.length);
  if (fate === 'broken' || fate === 'removed' || fate === 'renamed') return style.red(text);
  return fate === 'unknown' ? style.yellow(text) : style.green(text);
}

function printResult({ findings, accepted, withSystem }: BreakingReport, style: Style): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const parts = [
    ...(errors > 0 ? [style.red(`${errors} breaking`)] : [style.green('compatible')]),
    ...(warnings > 0 ? [`${warnings} to look at`] : []),
    ...(accepted.length > 0 ? [`${accepted.length} accepted`] : []),
  ];
  const result = `Result: ${parts.join(', ')}.`;
  return withSystem ? result : `${result} No rule was found, so none was asked about.`;
}

/** The same as JSON text, of the form that schemas/busproof/breaking.schema.json describes. */
export function breakingJson(report: BreakingReport, version: string): string {
  const value: JsonObject = {
    formatVersion: 1,
    tool: { name: 'busproof', version },
    mode: report.mode,
    compatible: !report.findings.some(({ severity }) => severity === 'error'),
    comparisons: report.comparisons.map(comparisonJson),
    rules: report.withSystem ? report.rules.map(ruleJson) : null,
    loops: report.withSystem
      ? report.loops.map(({ loop, was }) => ({
          id: loop.id,
          path: loopWords(loop.hops),
          was: was ?? null,
          now: loop.verdict.kind,
        }))
      : null,
    findings: report.findings.map(findingJson),
    accepted: report.accepted.map(({ finding, acceptance: { reason, until } }) => ({
      ...findingJson(finding),
      reason,
      ...(until === undefined ? {} : { until }),
    })),
  };
  return `${printHoles(JSON.stringify(value, undefined, 2))}\n`;
}

function comparisonJson({ against, changes }: Comparison): JsonObject {
  const counts = Object.fromEntries(
    fates.map((fate) => [fate, changes.filter((change) => fateOf(change) === fate).length]),
  );
  return {
    against,
    counts,
    changes: changes.filter(({ kind }) => kind !== 'unchanged').map(changeJson),
  };
}

function changeJson(change: Change): JsonObject {
  return {
    eventType: eventTypeOf(change),
    fate: fateOf(change),
    ...(change.kind === 'renamed' ? { renamedTo: change.after.id } : {}),
    ...(change.kind === 'changed' ? { answers: change.answers.map(answerJson) } : {}),
    ...(change.kind === 'changed' && change.readers
      ? {
          readers: change.readers.map(({ expectation, answer, before }) => ({
            consumer: expectation.consumer,
            readBefore: before,
            ...answerJson(answer),
          })),
        }
      : {}),
  };
}

function answerJson(answer: Answer): JsonObject {
  const { direction, verdict } = answer;
  if (answer.verdict === 'compatible') return { direction, verdict };
  if (answer.verdict === 'unknown')
    return { direction, verdict, reason: withFilePointers(answer.reason.text) };
  const { event, at, keyword } = answer.break;
  return {
    direction,
    verdict,
    counterexample: event,
    difference: { pointer: printPointer(at), keyword },
    reason: differenceWords(answer.break),
  };
}

function ruleJson(effect: RuleEffect): JsonObject {
  const { route, event } = effect;
  const head = { rule: route.name, eventType: event };
  switch (effect.kind) {
    case 'gains':
      return { ...head, effect: 'newly-matches', event: effect.witness };
    case 'undecided':
      return { ...head, effect: 'undecided', reason: withFilePointers(effect.reason.text) };
    case 'loses': {
      const { others, reason, witness } = effect;
      const fate = others.length === 0 ? 'dies' : 'loses';
      return {
        ...head,
        effect: fate,
        reason: withFilePointers(reason.text),
        lostEvent: witness,
        stillTakes: [...others],
      };
    }
  }
}
