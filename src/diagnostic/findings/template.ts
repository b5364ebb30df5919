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
  'template/without-plan': kind(
    'info',
    'Terraform files are read without a plan',
    (p: { folder: string }) =>
      `the Terraform files in ${p.folder} are read without a plan: what Terraform, its providers and its modules make of them is not seen; for certainty run \`terraform plan -out p && terraform show -json p > plan.json\` there`,
  ),
  'template/module-not-loaded': kind(
    'info',
    'A Terraform module is not at hand',
    (p: { module: string; source: string }) =>
      `the files of ${p.module} (${p.source}) are not at hand; what it declares is not seen`,
  ),
  'template/target-of-unknown-rule': kind(
    'info',
    'A Terraform target names a rule that is not loaded',
    (p: { target: string; rule: string }) =>
      `${p.target} is a target of the rule ${p.rule}, which is not loaded; what it sends there is not seen`,
  ),
  'template/partial-plan': kind(
    'warning',
    'A Terraform plan is not whole',
    () => 'Terraform says that this plan failed, or puts parts of it off; what they declare is not seen',
  ),
  'template/unknown-format': kind(
    'warning',
    'A Terraform plan has a format that the tool does not know',
    (p: { version: string }) =>
      `the format of this plan has the version ${p.version}; versions 0 and 1 are known, so parts of it may not be seen`,
  ),
} as const;

function didYouMean(nearest: string | null): string {
  return nearest === null ? '' : `; did you mean "${nearest}"?`;
}
