/** error: proven wrong. warning: probably wrong, or cannot be proven right. info: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

export const severities: readonly Severity[] = ['info', 'warning', 'error'];

/** Whether `a` is at least as severe as `b`. */
export function atLeast(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) >= severities.indexOf(b);
}
