import { reportGithub } from './github.ts';
import { reportGitlab } from './gitlab.ts';
import { reportJson } from './json.ts';
import { reportJunit } from './junit.ts';
import { reportMarkdown } from './markdown.ts';
import type { Reporter } from './reporter.ts';
import { reportSarif } from './sarif.ts';
import { reportText } from './text.ts';

export interface ReporterEntry {
  readonly report: Reporter;
  /** What it is for, in a few words. */
  readonly about: string;
  /** Separate lines: several such reports may follow each other on one output. */
  readonly lines?: true;
}

/** Every form a report can take, by the name that --format knows it by. */
export const reporters = {
  text: { report: reportText, about: 'for people', lines: true },
  json: { report: (report, { version }) => reportJson(report, version), about: 'for other tools' },
  sarif: { report: reportSarif, about: 'for code scanning (SARIF 2.1.0)' },
  junit: { report: reportJunit, about: 'for lists of tests in CI (JUnit XML)' },
  github: { report: reportGithub, about: 'annotations in GitHub Actions', lines: true },
  gitlab: { report: reportGitlab, about: 'GitLab code quality' },
  markdown: { report: reportMarkdown, about: 'a comment on a pull request' },
} as const satisfies Readonly<Record<string, ReporterEntry>>;

export type ReporterName = keyof typeof reporters;

export const reporterNames = Object.keys(reporters) as readonly ReporterName[];

export function isReporterName(text: string): text is ReporterName {
  return Object.hasOwn(reporters, text);
}
