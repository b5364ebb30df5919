import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { amplificationBudgets } from './amplification-budgets.ts';
import { answerTooLate } from './apis/answer-too-late.ts';
import { boundedLoops } from './bounded-loops.ts';
import { callBudgets } from './call-budgets.ts';
import type { Check, CheckContext } from './check.ts';
import { endlessLoops } from './endless-loops.ts';
import { tooLarge } from './events/too-large.ts';
import { unconsumed } from './events/unconsumed.ts';
import { withoutSchema } from './events/without-schema.ts';
import { intendedLoops } from './intended-loops.ts';
import { interleavedLoops } from './interleaved-loops.ts';
import { loopsOneEditAway } from './loops-one-edit-away.ts';
import { possibleLoops } from './possible-loops.ts';
import { nameLengths } from './quotas/names.ts';
import { rulesAndTargets } from './quotas/rules-and-targets.ts';
import { targetProperties } from './quotas/target-properties.ts';
import { catchAll } from './rules/catch-all.ts';
import { duplicateDelivery } from './rules/duplicate-delivery.ts';
import { impossibleValue } from './rules/impossible-value.ts';
import { modelWithoutStage } from './rules/model-without-stage.ts';
import { neverMatches } from './rules/never-matches.ts';
import { nobodyPublishes } from './rules/nobody-publishes.ts';
import { sourcePrefix } from './rules/source-prefix.ts';
import { unknownField } from './rules/unknown-field.ts';
import { exampleInvalid } from './schemas/example-invalid.ts';
import { withoutGuards } from './schemas/without-guards.ts';
import { expectationRefused } from './targets/expectation-refused.ts';
import { invalidTransformer } from './targets/invalid-transformer.ts';
import { noDeadLetterQueue } from './targets/no-dead-letter-queue.ts';
import { notPermitted } from './targets/not-permitted.ts';
import { readsUnknownField } from './targets/reads-unknown-field.ts';
import { retryInFrontOfModel } from './targets/retry-in-front-of-model.ts';
import { deadSecondHop } from './topology/dead-second-hop.ts';
import { missingBus } from './topology/missing-bus.ts';
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
  callBudgets,
  neverMatches,
  nobodyPublishes,
  unknownField,
  impossibleValue,
  duplicateDelivery,
  catchAll,
  sourcePrefix,
  modelWithoutStage,
  deadSecondHop,
  missingBus,
  notPermitted,
  invalidTransformer,
  readsUnknownField,
  expectationRefused,
  retryInFrontOfModel,
  noDeadLetterQueue,
  tooLarge,
  withoutSchema,
  unconsumed,
  exampleInvalid,
  withoutGuards,
  rulesAndTargets,
  nameLengths,
  targetProperties,
  answerTooLate,
];

export function runChecks(context: CheckContext): Diagnostic[] {
  return checks.flatMap((check) => check(context));
}
