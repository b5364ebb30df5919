import { kind } from './kind.ts';

/** The repository, the EventBridge schema registry, and what discovery has seen. */
export const registryFindings = {
  'registry/lossy': kind(
    'error',
    'A schema cannot go up without losing a part of its meaning',
    (p: { eventType: string; type: string }) => `${p.eventType} cannot be said as ${p.type} without loss`,
  ),
  'registry/wider': kind(
    'warning',
    'A schema goes up in a form that admits more',
    (p: { eventType: string; type: string; lossy: boolean }) =>
      p.lossy
        ? `${p.eventType} goes up as ${p.type} with a loss, as --allow-lossy permits`
        : `${p.eventType} as ${p.type} admits everything that is valid, and more`,
  ),
  'registry/not-convertible': kind(
    'error',
    'A schema cannot go up',
    (p: { eventType: string; type: string; reason: string }) =>
      `${p.eventType} cannot go up as ${p.type}: ${p.reason}`,
  ),
  'registry/name': kind(
    'error',
    'A name that the registry or its tools refuse',
    (p: { name: string; eventType: string }) =>
      `${JSON.stringify(p.name)} is no name for the schema of ${p.eventType}: letters, digits, ".", "_", "-" and "@", at most 385, no digit first`,
  ),
  'registry/name-clash': kind(
    'error',
    'Two event types would have one schema in the registry',
    (p: { name: string; eventType: string; other: string }) =>
      `${p.eventType} and ${p.other} would both be ${p.name}`,
  ),
  'registry/too-large': kind(
    'error',
    'A schema is larger than the registry takes',
    (p: { eventType: string; size: number; limit: number }) =>
      `${p.eventType} has ${p.size} characters; the registry takes ${p.limit}`,
  ),
  'registry/too-many-schemas': kind(
    'error',
    'More schemas than the registry takes',
    (p: { count: number; limit: number }) =>
      `the registry would have ${p.count} schemas; its quota is ${p.limit}`,
  ),
  'registry/version-budget': kind(
    'error',
    'A schema has no room for another version',
    (p: { name: string; eventType: string; count: number; limit: number }) =>
      `${p.name} has ${p.count} versions of at most ${p.limit}: there is no room for the change of ${p.eventType}`,
  ),
  'registry/inactive': kind(
    'warning',
    'The registry may delete a schema that nobody changes',
    (p: { name: string; days: number }) =>
      `${p.name} was not changed for ${p.days} days; the registry deletes schemas that are inactive for two years`,
  ),
  'registry/breaking-update': kind(
    'warning',
    'An update breaks consumers of what the registry has',
    (p: { eventType: string; registry: string; where: string }) =>
      `${p.eventType}: a new event is not valid under the schema in ${p.registry}: ${p.where}`,
  ),
  'registry/moved-on': kind(
    'error',
    'The registry is not as it was when the plan was made',
    (p: { name: string; reason: string }) => `${p.name}: ${p.reason}`,
  ),
  'registry/failed': kind(
    'error',
    'The registry refused a change',
    (p: { name: string; reason: string }) => `${p.name}: ${p.reason}`,
  ),
  'registry/not-an-event': kind(
    'warning',
    'A schema of the registry describes no event type',
    (p: { registry: string; name: string }) =>
      `${p.name} in ${p.registry} says of no event type that it describes it`,
  ),
  'registry/local-changes': kind(
    'error',
    'A file of the repository is not what the registry has',
    (p: { path: string; name: string; registry: string }) =>
      `${p.path} differs from ${p.name} in ${p.registry}; it was left as it is`,
  ),
  'registry/out-of-step': kind(
    'error',
    'The registry and the repository differ',
    (p: { name: string; registry: string; how: 'missing' | 'different' | 'orphan' | 'tags' }) =>
      `${p.name}: ${outOfStep[p.how]} (${p.registry})`,
  ),
  'registry/undescribed': kind(
    'warning',
    'Traffic has an event type without a contract',
    (p: { eventType: string; registry: string }) =>
      `${p.eventType} was seen by ${p.registry}, and no schema of the repository describes it`,
  ),
  'registry/undeclared-member': kind(
    'warning',
    'Traffic has a member that the contract lacks',
    (p: { eventType: string; path: string; type: string }) =>
      `${p.eventType} was seen with ${p.path}${p.type === '' ? '' : ` (${p.type})`}, which its schema does not declare`,
  ),
  'registry/traffic-differs': kind(
    'warning',
    'Traffic is not as the contract says',
    (p: { eventType: string; path: string; reason: string }) => `${p.eventType}: ${p.path}: ${p.reason}`,
  ),
} as const;

const outOfStep = {
  missing: 'the registry does not have it',
  different: 'the registry has another schema',
  orphan: 'the registry has it, and no schema of the repository describes it',
  tags: 'its tags in the registry are not those of the config',
} as const;
