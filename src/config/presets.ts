import type { Code } from '../diagnostic/findings.ts';
import type { Severity } from '../diagnostic/severity.ts';

/** Severities for all findings at once. */
export const presetNames = ['strict', 'adopt'] as const;

export type Preset = (typeof presetNames)[number];

/** Advice that is a note by default, and that `strict` takes seriously. */
const seriously: ReadonlySet<Code> = new Set<Code>([
  'event/unbounded',
  'event/unconsumed',
  'publisher/unknown',
  'publisher/wide-role',
  'rule/nobody-publishes',
  'rule/source-prefix',
  'schema/without-guards',
  'target/no-dead-letter-queue',
]);

/**
 * What a preset makes of a finding. `adopt`: only what is proven, and what the config itself has wrong; for a first
 * day with an old system. `strict`: every warning is an error, and advice is a warning; for a system that is to stay
 * clean.
 */
export function presetSeverity(preset: Preset | undefined, code: Code, severity: Severity): Severity | 'off' {
  switch (preset) {
    case undefined:
      return severity;
    case 'adopt':
      return severity === 'error' || code.startsWith('config/') ? severity : 'off';
    case 'strict':
      if (severity === 'warning') return 'error';
      return severity === 'info' && seriously.has(code) ? 'warning' : severity;
  }
}
