import { kind } from './kind.ts';

/** What a change of the contracts breaks. */
export const breakingFindings = {
  'contract/broken': kind(
    'error',
    'A change of a schema breaks a consumer or a replay',
    (p: { eventType: string; against: string; direction: 'backward' | 'forward'; where: string }) =>
      p.direction === 'backward'
        ? `${p.eventType}: a new event is not valid for consumers of ${p.against}: ${p.where}`
        : `${p.eventType}: an event of ${p.against} is not valid any more: ${p.where}`,
  ),
  'contract/removed': kind(
    'error',
    'An event type is gone',
    (p: { eventType: string; against: string; how: 'gone' | 'empty' }) =>
      p.how === 'gone'
        ? `${p.eventType} was in ${p.against} and no schema describes it any more`
        : `${p.eventType}: no event is valid under its schema any more`,
  ),
  'contract/renamed': kind(
    'error',
    'An event type is gone, and another one has the same details',
    (p: { eventType: string; against: string; name: string }) =>
      `${p.eventType} was in ${p.against}; ${p.name} is new and has the same details: renamed?`,
  ),
  'contract/undecided': kind(
    'error',
    'Whether a change of a schema breaks anybody was not decided',
    (p: { eventType: string; against: string; direction: 'backward' | 'forward'; reason: string }) =>
      `${p.eventType}: whether every event of ${p.direction === 'backward' ? `the new version is valid in ${p.against}` : `${p.against} is still valid`} was not decided: ${p.reason}`,
  ),
  'contract/expectation-broken': kind(
    'error',
    'A consumer cannot read what a change lets come',
    (p: { eventType: string; consumer: string; direction: 'backward' | 'forward'; where: string }) =>
      `${p.eventType}: ${p.consumer} cannot read ${p.direction === 'backward' ? 'a new event' : 'an old event'}: ${p.where}`,
  ),
  'contract/expectation-unmet': kind(
    'warning',
    'A consumer asks for more than the schema ever promised',
    (p: { eventType: string; consumer: string; direction: 'backward' | 'forward'; where: string }) =>
      `${p.eventType}: ${p.consumer} asks for more than the schema promises, and did so before the change: ${p.where}`,
  ),
  'contract/expectation-unstated': kind(
    'warning',
    'A consumer does not say what it reads',
    (p: { eventType: string; consumer: string; readers: string }) =>
      `${p.eventType} changed in what is not read by ${p.readers}; ${p.consumer} is given it, too, and does not say what it reads`,
  ),
  'contract/expectation-invalid': kind(
    'error',
    'What a consumer reads cannot be told',
    (p: { consumer: string; problem: string }) => `what ${p.consumer} reads cannot be told: ${p.problem}`,
  ),
  'contract/pact': kind(
    'warning',
    'A part of a Pact file that is not read',
    (p: { path: string; problem: string }) => `${p.path}: ${p.problem}`,
  ),
  'contract/rule-dies': kind(
    'error',
    'A rule can never match again',
    (p: { rule: string; eventType: string; reason: string }) =>
      `${p.rule} took ${p.eventType} and matches no event of any type now: ${p.reason}`,
  ),
  'contract/rule-loses': kind(
    'error',
    'A rule takes no event of an event type any more',
    (p: { rule: string; eventType: string; reason: string }) =>
      `${p.rule} takes no ${p.eventType} any more: ${p.reason}`,
  ),
  'contract/rule-newly-matches': kind(
    'warning',
    'A rule takes events of an event type that it did not take',
    (p: { rule: string; eventType: string }) => `${p.rule} takes ${p.eventType} now, and took none before`,
  ),
  'contract/rule-undecided': kind(
    'warning',
    'Whether a rule takes a changed event type was not decided',
    (p: { rule: string; eventType: string; reason: string }) =>
      `whether ${p.rule} takes ${p.eventType} now was not decided: ${p.reason}`,
  ),
  'contract/loop-opens': kind(
    'error',
    'A change of a schema opens a loop',
    (p: { path: string; was: string; now: string }) => `${p.path}: ${p.was} before, ${p.now} now`,
  ),
} as const;
