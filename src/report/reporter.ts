import type { CheckReport } from '../checks/report.ts';
import type { Code } from '../diagnostic/findings.ts';
import type { Severity } from '../diagnostic/severity.ts';
import type { TextOptions } from './text.ts';

/** What reporters know beside the report itself. */
export interface ReportOptions extends TextOptions {
  /** The version of the tool. */
  readonly version: string;
  /** The least severity that fails the check. */
  readonly minSeverity: Severity;
  /** The path of a document as it is counted from the top of the repository, with forward slashes. */
  readonly pathOf: (path: string) => string;
  /** The page that explains a finding, as Markdown. */
  readonly pageOf: (code: Code) => string | undefined;
}

/** One form of the report: a file of its own, a line in the table of reporters.ts. */
export type Reporter = (report: CheckReport, options: ReportOptions) => string;
