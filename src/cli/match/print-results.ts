import { printHoles } from '../../json/holes.ts';
import { printExplanation } from '../../pattern/index.ts';
import type { PairResult } from './pairs.ts';

/** For people: a table if there are several results, and below it why each came out so. */
export function printResults(results: readonly PairResult[]): string {
  const [only] = results;
  if (only && results.length === 1) return `${printResult(only)}\n`;
  const details = results.filter(({ verdict }) => verdict !== 'match').map((result) => `${titled(result)}\n`);
  return [`${table(results)}\n`, ...details].join('\n');
}

/** For programs: the results as a JSON list. Places in the patterns are left out. */
export function printJsonResults(results: readonly PairResult[]): string {
  const withoutPlaces = (key: string, value: unknown) => (key === 'span' ? undefined : value);
  return `${JSON.stringify(results, withoutPlaces, 2)}\n`;
}

function titled(result: PairResult): string {
  return `${result.filter} × ${result.event}: ${printResult(result)}`;
}

function printResult({ verdict, explanation }: PairResult): string {
  if (!explanation)
    return verdict === 'match'
      ? 'match (there is no pattern: every event is taken)'
      : 'no match (fires by schedule only)';
  const text = printHoles(printExplanation(explanation));
  if (verdict !== 'unknown') return text.replace(/^.*/, verdict);
  return text.replace(/^.*/, 'unknown: it depends on what is decided at deployment');
}

/** A line for each pair: the verdict, the filter, the event. */
function table(results: readonly PairResult[]): string {
  const rows = [
    ['result', 'pattern', 'event'],
    ...results.map(({ verdict, filter, event }) => [verdict, filter, event]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map(([a, b, c]) => `${a!.padEnd(widths[0]!)}  ${b!.padEnd(widths[1]!)}  ${c}`).join('\n');
}
