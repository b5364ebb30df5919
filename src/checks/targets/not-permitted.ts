import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import type { Severity } from '../../diagnostic/severity.ts';
import { member } from '../../json/node.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import type { Inventory } from '../../publish/inventory.ts';
import type { Check, CheckContext } from '../check.ts';
import { listed } from '../common/words.ts';
import { type Access, accessOf, policyTypes } from './resource-policies.ts';
import { type RuleTarget, ruleTargets } from './rule-targets.ts';

/**
 * Queues, topics and functions that EventBridge is not allowed to deliver to. A policy that is there and leaves the
 * rule out is an error; where no loaded template has any policy for it, another stack may hold one.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
export const notPermitted: Check = (context) => {
  const byResource = new Map<string, Use[]>();
  for (const each of ruleTargets(context.topology)) {
    for (const use of [...targetOf(each, context), ...deadLettersOf(each, context)]) {
      const key = `${use.resource.id} ${use.access.kind}`;
      byResource.set(key, [...(byResource.get(key) ?? []), use]);
    }
  }
  return [...byResource.values()].map((uses) => tell(uses, context));
};

/** A rule that would deliver to something that does not let it. */
interface Use extends RuleTarget {
  readonly resource: TemplateResource;
  readonly access: Exclude<Access, 'allowed'>;
  /** What cannot be delivered goes there, not the event itself. */
  readonly deadLetters: boolean;
}

function targetOf(each: RuleTarget, { inventory }: CheckContext): Use[] {
  const { rule, target } = each;
  // What SAM and the Serverless Framework expand, they permit themselves; with a role, the role decides.
  if (inventory.withId(rule.id)?.type !== 'AWS::Events::Rule' || target.to.kind !== 'component') return [];
  if (member(target.parameters, 'RoleArn')) return [];
  const resource = inventory.withId(target.to.component);
  return resource && isItself(resource, target.arn) ? useOf(each, resource, false, inventory) : [];
}

function deadLettersOf(each: RuleTarget, { inventory }: CheckContext): Use[] {
  const queue = inventory.named(each.target.deadLetterArn);
  return queue?.type === 'AWS::SQS::Queue' ? useOf(each, queue, true, inventory) : [];
}

/** Not one of its versions or aliases, which have policies of their own. */
function isItself({ addresses }: TemplateResource, arn: string): boolean {
  return addresses.includes(arn) || !/:function:[^:]+:/.test(arn);
}

function useOf(
  each: RuleTarget,
  resource: TemplateResource,
  deadLetters: boolean,
  inventory: Inventory,
): Use[] {
  // The rule of a SAM event has an ARN that is written nowhere: any condition may be about it.
  const written = inventory.withId(each.rule.id);
  const rule = written?.type === 'AWS::Events::Rule' ? written : undefined;
  if (!policyTypes[resource.type] || resource.condition || rule?.condition || each.rule.condition) return [];
  const access = accessOf(rule, resource, inventory);
  return access === 'allowed' ? [] : [{ ...each, resource, access, deadLetters }];
}

/**
 * Where nothing is loaded that permits it. Templates that leave out the permissions of all functions mostly have them
 * made by something else, or are sketches: then it is a note.
 */
function doubtful({ type, template }: TemplateResource, inventory: Inventory): Severity {
  const { types } = policyTypes[type]!;
  const written = inventory.ofType(...types).some((each) => each.template === template);
  return written || !types.includes('AWS::Lambda::Permission') ? 'warning' : 'info';
}

function tell(uses: readonly Use[], { inventory }: CheckContext): Diagnostic {
  const { resource, access, target } = uses[0]!;
  const { action, how } = policyTypes[resource.type]!;
  const rules = listed(uses.map(({ rule }) => rule.name));
  const dead = uses.every(({ deadLetters }) => deadLetters);
  return finding(
    'target/not-permitted',
    {
      rules: dead ? `the dead letters of ${rules}` : rules,
      target: resource.logicalId,
      action,
      how: access.kind,
    },
    {
      ...(access.kind === 'missing' ? { severity: doubtful(resource, inventory) } : {}),
      span: target.span,
      label: access.kind === 'missing' ? 'not permitted here' : 'refused',
      identity: `${resource.logicalId} ${access.kind}`,
      related: [
        ...uses.slice(1, 5).map((use) => ({ span: use.target.span, message: `${use.rule.name} too` })),
        access.kind === 'refused'
          ? { span: access.span, message: `what ${resource.logicalId} allows` }
          : { span: resource.span, message: `${resource.logicalId} is declared here` },
      ],
      fix: { text: how },
    },
  );
}
