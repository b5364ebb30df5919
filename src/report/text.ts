import type { CheckReport } from '../checks/report.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { fingerprint } from '../diagnostic/fingerprint.ts';
import type { Severity } from '../diagnostic/severity.ts';
import type { Amplification } from '../graph/amplification.ts';
import type { Loop } from '../graph/loop.ts';
import { countWords, loopWords, stoppingLayers, withThousands } from '../graph/words.ts';
import { printPlace } from '../json/document.ts';
import { printHoles } from '../json/holes.ts';
import { printEventType } from '../model/event-type.ts';
import { codeFrame } from './code-frame.ts';
import { showJson } from './show-json.ts';
import { type Style, styleOf } from './style.ts';

export interface TextOptions {
  readonly color: boolean;
  readonly columns: number;
  /** Show findings of severity info in full, not only their number. */
  readonly verbose: boolean;
}

const MAX_LISTED_LOOPS = 12;

/** The report for people: findings with their places, the candidates that are stopped, one line of totals. */
export function reportText(report: CheckReport, options: TextOptions): string {
  const style = styleOf(options.color);
  const shown = report.findings.filter(({ severity }) => options.verbose || severity !== 'info');
  const blocks = shown.map((diagnostic) => printFinding(diagnostic, options, style));
  blocks.push(printStopped(report, style), printAmplification(report), printTotals(report, options, style));
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

/** One finding as a block of lines. */
export function printFinding(
  diagnostic: Diagnostic,
  options: TextOptions,
  style = styleOf(options.color),
): string {
  const {
    code,
    severity,
    message,
    span,
    label,
    related = [],
    notes = [],
    witness,
    fix,
    otherFixes = [],
  } = diagnostic;
  const lines = [`${paint(severity, style)} ${style.bold(code)}  ${printHoles(message)}`];
  if (span) {
    lines.push('', `  ${printPlace(span)}`);
    lines.push(...codeFrame(span, label && printHoles(label), style).map((line) => `  ${line}`));
  }
  for (const place of related) {
    lines.push(`  ${printPlace(place.span)} ${style.dim(printHoles(place.message))}`);
  }
  if (witness !== undefined) {
    const shown = showJson(witness, Math.max(60, options.columns - 4), '    ');
    lines.push(
      '',
      `  ${code.startsWith('loop/') ? 'this event goes round' : 'for example'}:`,
      `    ${shown}`,
    );
  }
  for (const note of notes) lines.push(`  ${printHoles(note)}`);
  if (fix) {
    lines.push(`  ${style.green('fix:')} ${printHoles(fix.text)}`);
    if (fix.tried) lines.push(`       (tried: ${printHoles(fix.tried)})`);
    for (const other of otherFixes) lines.push(`  ${style.green('or:')}  ${printHoles(other.text)}`);
  }
  lines.push(`  ${style.dim(`busproof explain ${code} · fingerprint ${fingerprint(diagnostic)}`)}`);
  return lines.join('\n');
}

function paint(severity: Severity, style: Style): string {
  if (severity === 'error') return style.red('error');
  return severity === 'warning' ? style.yellow('warning') : style.blue('info');
}

/** Candidate loops that something stops, with every layer that does. */
function printStopped({ loops }: CheckReport, style: Style): string {
  const stopped = loops.filter(
    ({ loop }) => loop.verdict.kind === 'refuted' || loop.verdict.kind === 'bounded',
  );
  if (stopped.length === 0) return '';
  const lines = [`Loops that would close if nothing stopped them:`];
  for (const { loop, intended } of stopped.slice(0, MAX_LISTED_LOOPS)) {
    lines.push('', `  ${style.green(loop.verdict.kind)}  ${loopWords(loop.hops)}`);
    if (intended) lines.push(`    intended, at most ${intended.bound} events: ${intended.reason}`);
    lines.push(...layerLines(loop).map((line) => `    ${line}`));
  }
  if (stopped.length > MAX_LISTED_LOOPS) lines.push('', `  … and ${stopped.length - MAX_LISTED_LOOPS} more`);
  return lines.join('\n');
}

function layerLines(loop: Loop): string[] {
  const lines = stoppingLayers(loop).map(
    ({ layer, verdict, reason }) =>
      `${layer}${verdict === 'bounded' ? ' (bounds it)' : ''}: ${printHoles(reason ?? '')}`,
  );
  if (lines.length === 0 && loop.verdict.kind === 'refuted') lines.push(printHoles(loop.verdict.stop.reason));
  if (loop.verdict.kind === 'bounded') {
    const { depth, events } = loop.verdict.bound;
    lines.push(`costs ${events} ${events === 1 ? 'event' : 'events'} and stops at depth ${depth}`);
  }
  for (const { name } of loop.breakers)
    lines.push(`circuit breaker: ${name} disables a rule of it when its alarm trips`);
  return lines;
}

/** The event types that lead to the most, where one leads to others at all. */
function printAmplification({ amplifications }: CheckReport): string {
  const telling = amplifications.filter(({ events }) => events > 1).slice(0, 5);
  if (telling.length === 0) return '';
  const lines = telling.map((amplification) => {
    const { node, events, fanOut, cost, certain } = amplification;
    const name = printHoles(node.type ? printEventType(node.type) : '');
    const price = cost > 0 && Number.isFinite(cost) ? `, $${cost.toPrecision(3)}` : '';
    const count = Number.isFinite(events)
      ? `${certain ? '' : 'at most '}${plural(events, 'event')}`
      : `${certain ? '' : 'perhaps '}events without end`;
    const expected =
      amplification.expectedEvents < events ? `, ${amount(amplification.expectedEvents)} expected` : '';
    return `  ${name} → ${plural(fanOut, 'target')} at once, ${count} in all${expected}${price}${retries(amplification)}`;
  });
  return ['What one event leads to, itself included:', ...lines].join('\n');
}

/** What it comes to when what fails is repeated; nothing where it is without end anyway. */
function retries({ events, retried: { runs, all } }: Amplification): string {
  if (!Number.isFinite(events) || all <= events) return '';
  return `\n    with retries: ${amount(runs)} if every run fails after publishing, ${amount(all)} if EventBridge repeats every delivery too`;
}

/** At most two digits after the point; without end where it is. */
function amount(count: number): string {
  if (!Number.isFinite(count)) return 'without limit';
  return Number.isInteger(count) ? countWords(count) : String(Number(count.toFixed(2)));
}

function printTotals({ counts, accepted }: CheckReport, { verbose }: TextOptions, style: Style): string {
  const { findings, loops } = counts;
  const checked = [
    ...(counts.accounts > 0 ? [plural(counts.accounts, 'account')] : []),
    ...(counts.templates > 0 || counts.accounts === 0 ? [plural(counts.templates, 'template')] : []),
    plural(counts.rules, 'rule'),
    plural(counts.components, 'component'),
    plural(counts.eventTypes, 'event type'),
  ].join(', ');
  const found = [plural(findings.error, 'error'), plural(findings.warning, 'warning')];
  if (findings.info > 0)
    found.push(`${plural(findings.info, 'note')}${verbose ? '' : ' (--verbose shows them)'}`);
  if (accepted.length > 0) found.push(`${accepted.length} accepted`);
  const verdicts = (['endless', 'possible', 'bounded', 'refuted'] as const).map(
    (kind) => `${loops[kind]} ${kind}`,
  );
  const clean = findings.error === 0 && findings.warning === 0;
  const mark = clean ? style.green('clean') : found.join(', ');
  return [
    `Checked ${checked}.`,
    `Loops: ${verdicts.join(', ')}.`,
    `Result: ${clean && found.length > 2 ? `${mark} (${found.slice(2).join(', ')})` : mark}.`,
  ].join('\n');
}

function plural(count: number, noun: string): string {
  return `${withThousands(count)} ${noun}${count === 1 ? '' : 's'}`;
}
