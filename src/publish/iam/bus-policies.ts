import { hasHole } from '../../json/holes.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { type Inventory, property, propertyText } from '../inventory.ts';
import { mayMeet } from './glob.ts';
import { type Statement, statementList, statementsOf } from './statement.ts';

/**
 * What the resource policies of buses allow a role of the same account beyond its own policies: those that name the
 * role, the account, or anybody. `role` undefined: a role that only the deployment makes.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 */
export function busPolicies(role: TemplateResource | undefined, inventory: Inventory): Statement[] {
  return [...policies(inventory)].filter(({ effect, principals = [] }) =>
    effect === 'Allow' ? principals.some((principal) => means(principal, role, inventory)) : false,
  );
}

function* policies(inventory: Inventory): Generator<Statement> {
  for (const policy of inventory.ofType('AWS::Events::EventBusPolicy', 'AWS::EventsV2::ResourcePolicy')) {
    yield* statementList(property(policy, 'Statement'));
    yield* statementsOf(property(policy, 'Policy'));
  }
  for (const bus of inventory.ofType('AWS::Events::EventBus')) yield* statementsOf(property(bus, 'Policy'));
}

/**
 * Whether a principal may be the role. An account as principal hands the decision to that account's own policies
 * (IAM User Guide, "AWS account principals"), so that by itself it adds nothing.
 */
function means(principal: string, role: TemplateResource | undefined, inventory: Inventory): boolean {
  if (principal === '*') return true;
  if (/:root$/.test(principal) || /^[0-9]{12}$/.test(principal)) return false;
  const named = inventory.named(principal);
  if (named) return named.id === role?.id;
  if (hasHole(principal) && !principal.startsWith('arn:')) return false;
  const name = role && propertyText(role, 'RoleName');
  return name !== undefined && mayMeet(principal, `arn:*:iam::*:role/*${name}`);
}
