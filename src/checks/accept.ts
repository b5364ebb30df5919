import type { Acceptance, Config } from '../config/config.ts';
import { presetSeverity } from '../config/presets.ts';
import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import { fingerprint } from '../diagnostic/fingerprint.ts';

export interface Sifted {
  readonly findings: readonly Diagnostic[];
  readonly accepted: readonly { readonly finding: Diagnostic; readonly acceptance: Acceptance }[];
}

/**
 * Sets aside the findings that the config accepts and gives the others the severities it asks for. An acceptance
 * that matches nothing, or has expired on `today` (YYYY-MM-DD), is a finding itself.
 */
export function siftFindings(diagnostics: readonly Diagnostic[], config: Config, today: string): Sifted {
  const byFingerprint = new Map(config.accept.map((acceptance) => [acceptance.fingerprint, acceptance]));
  const used = new Set<Acceptance>();
  const findings: Diagnostic[] = [];
  const accepted: { finding: Diagnostic; acceptance: Acceptance }[] = [];
  for (const diagnostic of diagnostics) {
    const acceptance = byFingerprint.get(fingerprint(diagnostic));
    if (acceptance) used.add(acceptance);
    if (acceptance && !expired(acceptance, today)) accepted.push({ finding: diagnostic, acceptance });
    else findings.push(diagnostic);
  }
  for (const acceptance of config.accept) {
    const { reason, span, until = '' } = acceptance;
    if (!used.has(acceptance)) {
      findings.push(
        finding('config/stale-acceptance', { fingerprint: acceptance.fingerprint, reason }, { span }),
      );
    } else if (expired(acceptance, today)) {
      findings.push(
        finding('config/expired-acceptance', { fingerprint: acceptance.fingerprint, until }, { span }),
      );
    }
  }
  return { findings: findings.flatMap((each) => withSeverity(each, config)), accepted };
}

function expired({ until }: Acceptance, today: string): boolean {
  return until !== undefined && until < today;
}

/** The finding with the severity the config asks for, by its code or by a preset; nothing if it is turned off. */
export function withSeverity(diagnostic: Diagnostic, { severity, preset }: Config): Diagnostic[] {
  const wanted = severity[diagnostic.code] ?? presetSeverity(preset, diagnostic.code, diagnostic.severity);
  if (wanted === 'off') return [];
  return [wanted === diagnostic.severity ? diagnostic : { ...diagnostic, severity: wanted }];
}
