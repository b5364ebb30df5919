import { kind } from './kind.ts';

/** Event patterns that the service refuses, and patterns that it accepts though nobody means them. */
export const patternFindings = {
  'pattern/invalid': kind(
    'error',
    'The service refuses the event pattern',
    (p: { problem: string }) => `not a valid event pattern: ${p.problem}`,
  ),
  'pattern/too-long': kind(
    'error',
    'The event pattern has more characters than the service takes',
    (p: { length: number; limit: number; quota: string }) =>
      `the pattern has ${p.length} characters; ${p.quota} ${p.limit}`,
  ),
  'pattern/too-many-combinations': kind(
    'error',
    'The alternatives of $or multiply to more combinations than the service takes',
    (p: { count: number | string }) =>
      `"$or" multiplies to ${p.count} combinations; the service refuses more than 1000`,
  ),
  'pattern/wildcard-complexity': kind(
    'error',
    'The wildcards of one field are too complex for the service',
    (p: { path: string; complexity: number | string }) =>
      `the wildcards of "${p.path}" have a complexity of ${p.complexity}; the service refuses more than 10`,
  ),
  'pattern/unsupported-operator': kind(
    'error',
    'The operator is not available where the pattern is used',
    (p: { operator: string; place: string }) => `${p.operator} is not available in ${p.place}`,
  ),
  'pattern/or-as-field': kind(
    'warning',
    '"$or" is read as the name of an ordinary field',
    (p: { problem: string }) =>
      `"$or" is taken for the name of a field, because as an operator it is invalid: ${p.problem}`,
  ),
  'pattern/repeated-path': kind(
    'warning',
    'A path is written twice; the later one replaces the earlier',
    (p: { path: string }) =>
      `"${p.path}" is written twice; this one replaces the earlier one, they are not combined`,
  ),
  'pattern/operator-in-string': kind(
    'warning',
    'A plain string looks like an operator; it is compared character by character',
    (p: { text: string; meant: string }) =>
      `"${p.text}" is compared character by character; did you mean ${p.meant}?`,
  ),
  'pattern/affixes-as-alternatives': kind(
    'warning',
    'A prefix and a suffix stand as alternatives; either one is enough',
    (p: { path: string; prefix: string; suffix: string }) =>
      `"${p.path}" matches what starts with "${p.prefix}" or ends with "${p.suffix}": either is enough`,
  ),
  'pattern/always-true': kind(
    'warning',
    'A condition accepts everything it could be asked about',
    (p: { path: string; reason: string }) => `the condition on "${p.path}" excludes nothing: ${p.reason}`,
  ),
  'pattern/never-true': kind(
    'warning',
    'A condition that no event meets',
    (p: { path: string; reason: string }) => `no event meets the condition on "${p.path}": ${p.reason}`,
  ),
  'pattern/number-range': kind(
    'warning',
    'A number outside the documented range, or with more digits than are compared',
    (p: { number: string; problem: string }) => `${p.number} ${p.problem}`,
  ),
  'pattern/unknown-envelope-field': kind(
    'error',
    'A pattern asks for a field beside "detail" that no event has',
    (p: { field: string; nearest: string | null }) =>
      `no event has a field "${p.field}" beside "detail"${p.nearest === null ? '' : `; did you mean "${p.nearest}"?`}`,
  ),
  'pattern/iam-action-as-event-name': kind(
    'error',
    'The name of an API call is written as IAM writes an action',
    (p: { action: string; name: string }) =>
      `"${p.action}" is how IAM writes an action; the event of the call has "${p.name}"`,
  ),
  'pattern/services-apart': kind(
    'warning',
    'Source and eventSource of a pattern are of different services',
    (p: { source: string; endpoint: string }) =>
      `the source is ${p.source} and the eventSource ${p.endpoint}: an API call has one service in both`,
  ),
  'pattern/flattened-key': kind(
    'info',
    'A key with a dot is read as nested fields',
    (p: { key: string; path: string }) =>
      `"${p.key}" is read as the nested fields ${p.path}, not as a field with a dot in its name`,
  ),
  'pattern/event-not-an-object': kind(
    'error',
    'An event is a JSON object; this is not one',
    (p: { found: string }) => `an event is a JSON object, not ${p.found}`,
  ),
  'pattern/too-costly': kind(
    'error',
    'The match would cost more work than is allowed',
    (p: { what: string }) => `the match was not decided: ${p.what}`,
  ),
} as const;
