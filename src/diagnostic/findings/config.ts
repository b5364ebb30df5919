import { kind } from './kind.ts';

/** What the user tells the tool: the config file and declarations in templates. */
export const configFindings = {
  'config/invalid': kind(
    'error',
    'A setting or declaration is not of the expected form',
    (p: { where: string; expected: string; found: string }) =>
      `${p.where}: expected ${p.expected}, found ${p.found}`,
  ),
  'config/unknown-key': kind(
    'error',
    'A setting or declaration has a key that means nothing',
    (p: { where: string; key: string; known: string }) =>
      `${p.where} has no setting "${p.key}"; it has ${p.known}`,
  ),
  'config/unknown-component': kind(
    'warning',
    'The config speaks of a component that no template has',
    (p: { name: string }) => `no component is called "${p.name}"`,
  ),
  'config/stale-acceptance': kind(
    'warning',
    'A finding is accepted in the config that no longer exists',
    (p: { fingerprint: string; reason: string }) =>
      `the accepted finding ${p.fingerprint} ("${p.reason}") was not found: remove its acceptance`,
  ),
  'config/expired-acceptance': kind(
    'warning',
    'The acceptance of a finding has expired',
    (p: { fingerprint: string; until: string }) => `the acceptance of ${p.fingerprint} ended on ${p.until}`,
  ),
  'config/stale-break': kind(
    'warning',
    'A breaking change is accepted in the config that is none',
    (p: { eventType: string; reason: string }) =>
      `the accepted break of ${p.eventType} ("${p.reason}") was not found: remove its acceptance`,
  ),
  'config/expired-break': kind(
    'warning',
    'The acceptance of a breaking change has expired',
    (p: { eventType: string; until: string }) =>
      `the acceptance of the break of ${p.eventType} ended on ${p.until}`,
  ),
  'config/stale-loop': kind(
    'warning',
    'A loop is declared as intended that no longer exists',
    (p: { rules: string }) => `no loop goes through ${p.rules}: remove its declaration`,
  ),
} as const;
