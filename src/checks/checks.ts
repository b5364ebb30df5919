import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { amplificationBudgets } from './amplification-budgets.ts';
import { boundedLoops } from './bounded-loops.ts';
import type { Check, CheckContext } from './check.ts';
import { endlessLoops } from './endless-loops.ts';
import { intendedLoops } from './intended-loops.ts';
import { interleavedLoops } from './interleaved-loops.ts';
import { loopsOneEditAway } from './loops-one-edit-away.ts';
import { possibleLoops } from './possible-loops.ts';
import { unknownPublishers } from './unknown-publishers.ts';

/** Every check, in the order of its findings in a report without places. */
export const checks: readonly Check[] = [
  endlessLoops,
  possibleLoops,
  boundedLoops,
  loopsOneEditAway,
  interleavedLoops,
  intendedLoops,
  unknownPublishers,
  amplificationBudgets,
];

export function runChecks(context: CheckContext): Diagnostic[] {
  return checks.flatMap((check) => check(context));
}
