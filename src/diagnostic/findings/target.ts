import { kind } from './kind.ts';

/** Targets of rules: what reaches them, in what form, and what becomes of what does not. */
export const targetFindings = {
  'target/no-dead-letter-queue': kind(
    'info',
    'Targets without a dead-letter queue lose what cannot be delivered',
    (p: { targets: number; rules: string }) =>
      p.targets === 1
        ? `the target of ${p.rules} has no dead-letter queue: what cannot be delivered is lost`
        : `${p.targets} targets have no dead-letter queue (${p.rules}): what cannot be delivered is lost`,
  ),
  'target/not-permitted': kind(
    'error',
    'The policy of a target does not let the rule deliver',
    (p: { rules: string; target: string; action: string; how: 'refused' | 'missing' }) =>
      p.how === 'refused'
        ? `the policy of ${p.target} does not allow ${p.action} for ${p.rules}`
        : `nothing here allows EventBridge ${p.action} on ${p.target}, for ${p.rules}`,
  ),
  'target/retry-in-front-of-model': kind(
    'warning',
    'A model is retried for 24 hours and up to 185 times',
    (p: { rule: string; component: string; calls: 'calls' | 'may call' }) =>
      `${p.rule} retries ${p.component}, which ${p.calls} a model, for 24 hours and up to 185 times`,
  ),
  'target/invalid-transformer': kind(
    'error',
    'The service refuses an input transformer',
    (p: { target: string; problem: string }) =>
      `the input transformer of ${p.target} is not valid: ${p.problem}`,
  ),
  'target/undefined-placeholder': kind(
    'warning',
    'An input template uses a placeholder that no path defines',
    (p: { target: string; name: string; nearest: string | null }) =>
      `the input template of ${p.target} uses <${p.name}>, which its paths do not define${
        p.nearest === null ? '' : `; did you mean <${p.nearest}>?`
      }`,
  ),
  'target/reads-unknown-field': kind(
    'warning',
    'An input path reads what no event has',
    (p: { target: string; path: string; eventTypes: string; nearest: string | null }) =>
      `${p.target} reads ${p.path}, which ${p.eventTypes} does not have${
        p.nearest === null ? '' : `; did you mean ${p.nearest}?`
      }`,
  ),
  'target/expectation-refused': kind(
    'error',
    'A rule gives a consumer what it cannot read',
    (p: { rule: string; consumer: string; eventType: string; where: string }) =>
      `${p.consumer} cannot read every ${p.eventType} as ${p.rule} gives it: ${p.where}`,
  ),
} as const;
