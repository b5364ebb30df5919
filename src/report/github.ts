import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Severity } from '../diagnostic/severity.ts';
import { details, headline } from './details.ts';
import { fileOf, placeOf } from './place.ts';
import type { Reporter, ReportOptions } from './reporter.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Workflow commands that GitHub shows as annotations beside the changed lines ("Workflow commands for GitHub Actions").
 * The most severe come first, since only the first ten of a kind are shown for a step; notes only on request.
 */
export const reportGithub: Reporter = ({ findings }, options) =>
  findings
    .filter(({ severity }) => options.verbose || severity !== 'info')
    .map((diagnostic) => `${annotation(diagnostic, options)}\n`)
    .join('');

function annotation(diagnostic: Diagnostic, options: ReportOptions): string {
  const properties = [...placeProperties(diagnostic, options), ['title', diagnostic.code] as const];
  const listed = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  const text = [headline(diagnostic), ...details(diagnostic)].join('\n');
  return `::${commands[diagnostic.severity]} ${listed}::${escapeData(text)}`;
}

type Property = readonly [name: string, value: string | number];

/** Columns are dropped by the runner when an annotation spans lines: then the lines are told, and no columns. */
function placeProperties(diagnostic: Diagnostic, { pathOf }: ReportOptions): Property[] {
  const file = fileOf(diagnostic);
  if (file === undefined) return [];
  if (!diagnostic.span) return [['file', pathOf(file)]];
  const { line, column, endLine, endColumn } = placeOf(diagnostic.span);
  const start: Property[] = [
    ['file', pathOf(file)],
    ['line', line],
  ];
  return line === endLine
    ? [...start, ['col', column], ['endColumn', endColumn]]
    : [...start, ['endLine', endLine]];
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
