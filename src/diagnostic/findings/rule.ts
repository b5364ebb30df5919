import { kind } from './kind.ts';

/** Rules held against the events that are known. */
export const ruleFindings = {
  'rule/never-matches': kind(
    'error',
    'No event of the schemas can ever match a rule',
    (p: { rule: string; eventTypes: string }) =>
      `${p.rule} can never match: no ${p.eventTypes} fits its pattern`,
  ),
  'rule/nobody-publishes': kind(
    'warning',
    'A rule waits for an event that nobody publishes',
    (p: { rule: string; events: string; bus: string; nearest: string | null }) =>
      `${p.rule} waits for ${p.events}, which nothing publishes on ${p.bus}${
        p.nearest === null ? '' : `; did you mean ${p.nearest}?`
      }`,
  ),
  'rule/unknown-field': kind(
    'warning',
    'A pattern asks for a field that no schema declares',
    (p: { rule: string; path: string; eventTypes: string; nearest: string | null }) =>
      `${p.rule} asks for "${p.path}", which ${p.eventTypes} does not declare${
        p.nearest === null ? '' : `; did you mean "${p.nearest}"?`
      }`,
  ),
  'rule/impossible-value': kind(
    'warning',
    'A pattern asks for a value that the field never has',
    (p: { rule: string; path: string; value: string; values: string; nearest: string | null }) =>
      `${p.rule} asks for ${p.value} in "${p.path}", which is only ever ${p.values}${
        p.nearest === null ? '' : `; did you mean ${p.nearest}?`
      }`,
  ),
  'rule/catch-all': kind(
    'warning',
    'A catch-all rule also takes what its own consumers publish',
    (p: { rule: string; consumer: string; events: string }) =>
      `${p.rule} takes every source it can, and so ${p.events}, which its own consumer ${p.consumer} publishes`,
  ),
  'rule/source-prefix': kind(
    'info',
    'A prefix on source takes more sources than there are',
    (p: { rule: string; prefix: string; sources: string }) =>
      `${p.rule} takes every source that begins with "${p.prefix}", one added tomorrow too; today they are ${p.sources}`,
  ),
  'rule/duplicate-delivery': kind(
    'warning',
    'Two rules deliver one event twice to one target',
    (p: { rules: string; target: string; event: string }) =>
      `${p.target} gets one ${p.event} twice, through ${p.rules}`,
  ),
  'rule/model-without-stage': kind(
    'warning',
    'A rule triggers a model without looking at the processing stage',
    (p: { rule: string; component: string; field: string; calls: 'calls' | 'may call' }) =>
      `${p.rule} triggers ${p.component}, which ${p.calls} a model, and takes processed events as well as raw ones: it has no condition on detail.${p.field}`,
  ),
} as const;
