import { hasHole } from '../json/holes.ts';
import type { Route } from '../model/route.ts';

/** `ENABLED…` or `RUNNING`, `DISABLED` or `STOPPED`; absent means enabled. */
export function stateOf(text: string | undefined): Route['state'] {
  if (text === undefined) return 'enabled';
  if (hasHole(text)) return 'unknown';
  return /^(?:DISABLED|STOPPED|false)$/i.test(text) ? 'disabled' : 'enabled';
}
