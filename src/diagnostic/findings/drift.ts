import { kind } from './kind.ts';

/** What is declared, held against what is deployed. */
export const driftFindings = {
  'drift/missing-bus': kind(
    'warning',
    'A bus is declared and not deployed',
    (p: { bus: string }) => `the bus ${p.bus} is declared and not deployed`,
  ),
  'drift/missing-rule': kind(
    'warning',
    'A rule is declared and not deployed',
    (p: { rule: string; bus: string }) => `${p.rule} is declared and not deployed (bus ${p.bus})`,
  ),
  'drift/extra-rule': kind(
    'warning',
    'A rule is deployed and not declared',
    (p: { rule: string; bus: string }) => `${p.rule} is deployed and not declared (bus ${p.bus})`,
  ),
  'drift/state': kind(
    'warning',
    'A rule is disabled that is declared enabled, or the other way round',
    (p: { rule: string; declared: string; deployed: string }) =>
      `${p.rule} is ${p.deployed}, and declared ${p.declared}`,
  ),
  'drift/pattern': kind(
    'warning',
    'A deployed rule takes other events than the declared one',
    (p: { rule: string; how: string }) => `the deployed ${p.rule} ${p.how}`,
  ),
  'drift/undecided': kind(
    'info',
    'Whether a deployed rule takes the events of the declared one was not decided',
    (p: { rule: string; reason: string }) =>
      `whether the deployed ${p.rule} takes the declared events was not decided: ${p.reason}`,
  ),
  'drift/schedule': kind(
    'warning',
    'A deployed rule fires at other times than the declared one',
    (p: { rule: string; declared: string; deployed: string }) =>
      `the schedule of ${p.rule} is ${p.deployed}, and declared ${p.declared}`,
  ),
  'drift/target': kind(
    'warning',
    'A deployed rule has other targets than the declared one, or treats them otherwise',
    (p: { rule: string; target: string; how: string }) => `${p.rule}, target ${p.target}: ${p.how}`,
  ),
  'drift/loop-opened': kind(
    'error',
    'What is deployed has a loop that what is declared has not',
    (p: { path: string; was: string; now: string }) =>
      `${p.path}: ${p.was} as declared, ${p.now} as deployed`,
  ),
  'drift/loop-closed': kind(
    'info',
    'What is declared has a loop that what is deployed has not',
    (p: { path: string; was: string; now: string }) =>
      `${p.path}: ${p.was} as declared, ${p.now} as deployed`,
  ),
} as const;
