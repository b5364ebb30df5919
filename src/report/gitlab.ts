import { fingerprint } from '../diagnostic/fingerprint.ts';
import type { Severity } from '../diagnostic/severity.ts';
import { details, headline } from './details.ts';
import { fileOf, placeOf } from './place.ts';
import type { Reporter } from './reporter.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' };

/**
 * A GitLab code quality report: an array of issues (GitLab docs, "Code Quality report format"). GitLab keeps one issue a
 * fingerprint, so that a finding met in several places counts its places.
 */
export const reportGitlab: Reporter = ({ findings }, { pathOf }) => {
  const met = new Map<string, number>();
  const issues = findings.map((diagnostic) => {
    const key = fingerprint(diagnostic);
    const times = (met.get(key) ?? 0) + 1;
    met.set(key, times);
    return {
      description: headline(diagnostic),
      check_name: diagnostic.code,
      fingerprint: times === 1 ? key : `${key}-${times}`,
      severity: severities[diagnostic.severity],
      location: {
        path: pathOf(fileOf(diagnostic) ?? '.'),
        lines: { begin: diagnostic.span ? placeOf(diagnostic.span).line : 1 },
      },
      content: { body: details(diagnostic).join('\n') },
    };
  });
  return `${JSON.stringify(issues, undefined, 2)}\n`;
};
