import { kind } from './kind.ts';

/** Limits of the service that a template exceeds: deploying it fails. */
export const quotaFindings = {
  'quota/targets-per-rule': kind(
    'error',
    'A rule has more targets than the service takes',
    (p: { rule: string; count: number }) => `${p.rule} has ${p.count} targets; a rule takes 5`,
  ),
  'quota/rules-per-bus': kind(
    'warning',
    'A bus has more rules than its quota',
    (p: { bus: string; count: number }) =>
      `${p.bus} has ${p.count} rules; the quota, which can be raised, is 300 (100 in some Regions)`,
  ),
  'quota/wildcard-rules': kind(
    'error',
    'A bus has more rules with wildcards than the service takes',
    (p: { bus: string; count: number }) => `${p.bus} has ${p.count} rules with wildcards; a bus takes 30`,
  ),
  'quota/name': kind(
    'error',
    'A name is too long, or has characters that the service does not take',
    (p: { what: string; name: string; allowed: string }) => `the ${p.what} "${p.name}" must be ${p.allowed}`,
  ),
  'quota/length': kind(
    'error',
    'A property of a target is longer than the service takes',
    (p: { what: string; length: number; limit: number; unit: string }) =>
      `${p.what} has ${p.length} ${p.unit}; the service takes ${p.limit}`,
  ),
  'quota/retry': kind(
    'error',
    'A retry policy is outside of what the service takes',
    (p: { target: string; what: string; value: number; least: number; most: number }) =>
      `${p.what} of ${p.target} is ${p.value}; it can be ${p.least} to ${p.most}`,
  ),
} as const;
