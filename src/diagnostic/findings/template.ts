import { kind } from './kind.ts';

/** Infrastructure templates: what in them cannot be as it is written, and what only the deployment decides. */
export const templateFindings = {
  'template/undefined-reference': kind(
    'error',
    'A template refers to a name that it does not declare',
    (p: { name: string; how: string; nearest: string | null }) =>
      `${p.how} names "${p.name}", which this template does not declare${didYouMean(p.nearest)}`,
  ),
  'template/undefined-condition': kind(
    'error',
    'A template uses a condition that it does not declare',
    (p: { name: string; nearest: string | null }) =>
      `no condition of this template is called "${p.name}"${didYouMean(p.nearest)}`,
  ),
  'template/shape': kind(
    'error',
    'A property of a template has the wrong form',
    (p: { where: string; expected: string; found: string }) =>
      `${p.where}: expected ${p.expected}, found ${p.found}`,
  ),
  'template/target-without-arn': kind(
    'error',
    'A target of a rule has no ARN',
    (p: { where: string }) => `${p.where} has no Arn: events that match go nowhere`,
  ),
  'template/several-inputs': kind(
    'error',
    'A target has more than one of Input, InputPath and InputTransformer',
    (p: { where: string; keys: string }) => `${p.where} has ${p.keys}; a target takes one of them at most`,
  ),
  'template/rule-without-trigger': kind(
    'error',
    'A rule has neither an event pattern nor a schedule',
    (p: { rule: string }) => `the rule ${p.rule} has neither a pattern nor a schedule; AWS refuses it`,
  ),
  'template/unresolved-pattern': kind(
    'info',
    'An event pattern depends on what only the deployment decides',
    (p: { where: string }) => `${p.where} is decided at deployment; the rule may take any event`,
  ),
  'template/unknown-loop': kind(
    'info',
    'The values of a Fn::ForEach are not known',
    (p: { loop: string }) => `the values of ${p.loop} are not known; what it declares is not seen`,
  ),
  'template/unknown-event-type': kind(
    'warning',
    'A SAM event source has a type that the tool does not know',
    (p: { where: string; type: string; nearest: string | null }) =>
      `${p.where} has the type "${p.type}", which is none of SAM's${didYouMean(p.nearest)}`,
  ),
  'template/nested-not-loaded': kind(
    'info',
    'The template of a nested stack is not at hand',
    (p: { stack: string; location: string }) =>
      `the template of the nested stack ${p.stack} (${p.location}) is not loaded; what it declares is not seen`,
  ),
  'template/best-effort': kind(
    'info',
    'A serverless.yml is read without the Serverless Framework',
    (p: { variables: number }) =>
      `read without the Serverless Framework (${p.variables} variables stay unknown); check the packaged template in .serverless for certainty`,
  ),
} as const;

function didYouMean(nearest: string | null): string {
  return nearest === null ? '' : `; did you mean "${nearest}"?`;
}
