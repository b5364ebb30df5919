import type { CheckReport } from '../checks/report.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type Code, findings as kinds } from '../diagnostic/findings.ts';
import { fingerprint } from '../diagnostic/fingerprint.ts';
import { atLeast } from '../diagnostic/severity.ts';
import { headline } from './details.ts';
import type { Reporter, ReportOptions } from './reporter.ts';
import { printFinding } from './text.ts';
import { xml } from './xml.ts';

/**
 * JUnit XML as CI systems read it. A suite is an area of findings, a test is a finding that was made, or one that was
 * looked for and not made: so a clean system shows what was asked. Findings below the chosen severity pass, with
 * their text as output; accepted ones are skipped tests. Only what the schema of Jenkins allows is written: the place is in
 * the text.
 */
export const reportJunit: Reporter = (report, options) => {
  const areas = casesByArea(report, options);
  const all = [...areas.values()].flat();
  const suites = [...areas].map(([area, cases]) => [
    `  <testsuite name="busproof ${area}" ${countsOf(cases)} skipped="${count(cases, 'skipped')}">`,
    ...cases.map(({ lines }) => lines),
    '  </testsuite>',
  ]);
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="busproof" ${countsOf(all)}>`,
    ...suites.flat(),
    '</testsuites>',
  ].join('\n')}\n`;
};

interface Case {
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly lines: string;
}

function casesByArea({ findings, accepted }: CheckReport, options: ReportOptions): Map<string, Case[]> {
  const areas = new Map<string, Case[]>();
  for (const code of Object.keys(kinds) as Code[]) {
    const area = code.slice(0, code.indexOf('/'));
    const cases = areas.get(area) ?? [];
    areas.set(area, cases);
    const made = findings.filter((each) => each.code === code);
    const set = accepted.filter(({ finding }) => finding.code === code);
    cases.push(...made.map((each) => madeCase(each, options)));
    cases.push(...set.map(({ finding, acceptance }) => skippedCase(finding, acceptance.reason)));
    if (made.length + set.length === 0) {
      cases.push({
        result: 'passed',
        lines: `    <testcase${attributes({ name: `no ${code}`, classname: code })}/>`,
      });
    }
  }
  return areas;
}

function madeCase(diagnostic: Diagnostic, options: ReportOptions): Case {
  const failed = atLeast(diagnostic.severity, options.minSeverity);
  const text = printFinding(diagnostic, { color: false, columns: 100, verbose: true });
  const body = failed
    ? `      <failure${attributes({ message: headline(diagnostic), type: diagnostic.severity })}>${xml(text)}</failure>`
    : `      <system-out>${xml(text)}</system-out>`;
  return { result: failed ? 'failed' : 'passed', lines: inCase(diagnostic, body) };
}

function skippedCase(diagnostic: Diagnostic, reason: string): Case {
  const body = `      <skipped${attributes({ message: `accepted: ${reason}` })}/>`;
  return { result: 'skipped', lines: inCase(diagnostic, body) };
}

/** The name holds the fingerprint: the same finding is the same test in the next run. */
function inCase(diagnostic: Diagnostic, body: string): string {
  const shown = attributes({
    name: `${headline(diagnostic)} (${fingerprint(diagnostic)})`,
    classname: diagnostic.code,
  });
  return [`    <testcase${shown}>`, body, '    </testcase>'].join('\n');
}

function countsOf(cases: readonly Case[]): string {
  return `tests="${cases.length}" failures="${count(cases, 'failed')}" errors="0"`;
}

function count(cases: readonly Case[], wanted: Case['result']): number {
  return cases.filter(({ result }) => result === wanted).length;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(value).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`)
    .join('');
}
