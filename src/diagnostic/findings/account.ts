import { kind } from './kind.ts';

type Unseen = { what: string; effect: string; regions: string; problem: string };

/** An account that is looked at by its APIs, and snapshots of one. */
export const accountFindings = {
  'account/not-permitted': kind(
    'warning',
    'A call is not permitted, so that a part of the account is not seen',
    (p: Unseen) => `${p.what} is not permitted${within(p.regions)}: ${p.effect} not seen`,
  ),
  'account/no-client': kind(
    'warning',
    'A client of the AWS SDK is not installed, so that a part of the account is not seen',
    (p: Unseen) => `${p.what} is not installed: ${p.effect} not seen (npm install ${p.what})`,
  ),
  'account/call-failed': kind(
    'warning',
    'A call failed, so that a part of the account is not seen',
    (p: Unseen) => `${p.what} failed${within(p.regions)}: ${p.effect} not seen (${p.problem})`,
  ),
  'account/left-out': kind(
    'info',
    'There is more of something in the account than is looked at one by one',
    (p: Unseen) => `${p.what}${within(p.regions)}: ${p.problem}; others are not seen`,
  ),
  'snapshot/version': kind(
    'error',
    'A snapshot is of a version that the tool does not know',
    (p: { found: string; known: string }) =>
      `the version of the snapshot is ${p.found}; this tool reads version ${p.known}`,
  ),
  'snapshot/shape': kind(
    'error',
    'A part of a snapshot has the wrong form',
    (p: { where: string; expected: string; found: string }) =>
      `${p.where}: expected ${p.expected}, found ${p.found}`,
  ),
  'snapshot/not-checked': kind(
    'info',
    'A snapshot stands beside templates and is not checked with them',
    (p: { path: string }) =>
      `${p.path} is a snapshot of an account; name it to check it (busproof check ${p.path})`,
  ),
} as const;

function within(regions: string): string {
  return regions === '' ? '' : ` in ${regions}`;
}
