import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type Code, findings as kinds } from '../diagnostic/findings.ts';
import { fingerprint } from '../diagnostic/fingerprint.ts';
import type { Severity } from '../diagnostic/severity.ts';
import type { Loop } from '../graph/loop.ts';
import { loopWords } from '../graph/words.ts';
import type { Span } from '../json/document.ts';
import { printHoles } from '../json/holes.ts';
import type { JsonObject } from '../json/value.ts';
import { details, headline } from './details.ts';
import { loopsByFinding } from './loop-of.ts';
import { loopSteps } from './loop-steps.ts';
import { fileOf, placeOf } from './place.ts';
import type { Reporter, ReportOptions } from './reporter.ts';
import { uriOf } from './uri.ts';

/** What GitHub takes in one run (docs, "SARIF results exceed one or more limits"). */
const MAX_RESULTS = 25_000;
const MAX_LOCATIONS = 1_000;
const MAX_STEPS = 10_000;

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * The findings as SARIF 2.1.0 (OASIS), in the subset that GitHub code scanning reads. A loop is a code flow, rule by
 * rule; accepted findings are left out, since code scanning would show them as open alerts.
 */
export const reportSarif: Reporter = (report, options) => {
  const shown = report.findings.slice(0, MAX_RESULTS);
  const left = report.findings.length - shown.length;
  const codes = [...new Set(shown.map(({ code }) => code))].sort();
  const loopOf = loopsByFinding(report);
  const run: JsonObject = {
    tool: {
      driver: {
        name: 'Busproof',
        semanticVersion: options.version,
        rules: codes.map((code) => ruleOf(code, options)),
      },
    },
    invocations: [
      {
        executionSuccessful: true,
        ...(left > 0
          ? { toolExecutionNotifications: [{ message: { text: `${left} more findings are left out` } }] }
          : {}),
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: shown.map((diagnostic) =>
      resultOf(diagnostic, codes.indexOf(diagnostic.code), loopOf(diagnostic), options),
    ),
  };
  const log: JsonObject = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function ruleOf(code: Code, { pageOf }: ReportOptions): JsonObject {
  const { title, severity } = kinds[code];
  const page = pageOf(code);
  const text = `${title}. Run "busproof explain ${code}" for what it means and how to mend it.`;
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: `${title}.` },
    help: { text, ...(page === undefined ? {} : { markdown: page }) },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['eventbridge', code.slice(0, code.indexOf('/'))] },
  };
}

function resultOf(
  diagnostic: Diagnostic,
  ruleIndex: number,
  loop: Loop | undefined,
  options: ReportOptions,
): JsonObject {
  const { code, severity, span, related = [] } = diagnostic;
  const file = fileOf(diagnostic) ?? '.';
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: [headline(diagnostic), ...details(diagnostic)].join('\n') },
    locations: [
      span ? locationOf(span, options) : { physicalLocation: { artifactLocation: artifact(file, options) } },
    ],
    ...(related.length > 0
      ? {
          relatedLocations: related.slice(0, MAX_LOCATIONS - 1).map((place, id) => ({
            id: id + 1,
            ...locationOf(place.span, options),
            message: { text: printHoles(place.message) },
          })),
        }
      : {}),
    ...(loop ? { codeFlows: [codeFlow(loop, options)] } : {}),
    partialFingerprints: { 'busproofFinding/v1': fingerprint(diagnostic) },
  };
}

function codeFlow(loop: Loop, options: ReportOptions): JsonObject {
  const locations = loopSteps(loop)
    .slice(0, MAX_STEPS)
    .map(({ span, text }) => ({ location: { ...locationOf(span, options), message: { text } } }));
  return { message: { text: loopWords(loop.hops) }, threadFlows: [{ locations }] };
}

function locationOf(span: Span, options: ReportOptions): JsonObject {
  const { file, line, column, endLine, endColumn } = placeOf(span);
  return {
    physicalLocation: {
      artifactLocation: artifact(file, options),
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}

function artifact(path: string, { pathOf }: ReportOptions): JsonObject {
  return { uri: uriOf(pathOf(path || '.')) };
}
