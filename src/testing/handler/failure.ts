import type { CheckResult } from './checks.ts';
import { replayCommand } from './replay.ts';

/** What is thrown when a handler or publisher fails its checks: the message tells all, `results` the same as values. */
export class HandlerCheckError extends Error {
  override readonly name = 'HandlerCheckError';
  readonly results: readonly CheckResult[];

  constructor(label: string, results: readonly CheckResult[], stack: string | undefined) {
    super(`${label}\n\n${printResults(results, stack)}`);
    this.results = results;
  }
}

/** A line for each check, and for each that failed what was seen, with which event, and how to see it again. */
export function printResults(results: readonly CheckResult[], stack?: string): string {
  return results.flatMap((result) => linesOf(result, stack)).join('\n');
}

function linesOf(result: CheckResult, stack: string | undefined): string[] {
  if (result.verdict === 'passed') return [`  ✓ ${result.title} (${result.runs} events)`];
  if (result.verdict === 'skipped') return [`  - ${result.title}: ${result.why}`];
  const { title, problem, event, shrinks, origin } = result;
  const shown = JSON.stringify(event, null, 2) ?? String(event);
  return [
    `  ✗ ${title}`,
    ...problem.split('\n').map((line) => `      ${line}`),
    `    with this event${shrinks > 0 ? ` (made simpler ${shrinks === 1 ? 'once' : `${shrinks} times`})` : ''}:`,
    ...shown.split('\n').map((line) => `      ${line}`),
    `    seed ${origin.seed}, path ${origin.path}; to see it again:`,
    `      ${replayCommand(origin, stack)}`,
    '',
  ];
}
