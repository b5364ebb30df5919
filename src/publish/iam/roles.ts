import type { Span } from '../../json/document.ts';
import { itemsOf, member, membersOf, type Node, nodeAt } from '../../json/node.ts';
import { possibleValues, scalarText } from '../../load/cloudformation/values.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { type Inventory, property, propertyText } from '../inventory.ts';
import { busPolicies } from './bus-policies.ts';
import { connections } from './connectors.ts';
import { managedPolicy } from './managed-policies.ts';
import { allow, policyTemplate } from './sam-policies.ts';
import { anything, type Statement, statementList, statementsOf } from './statement.ts';

/** Which property of a template resource names the role its code runs with. */
const roleProperty: Readonly<Record<string, readonly string[]>> = {
  'AWS::Lambda::Function': ['Role'],
  'AWS::Serverless::Function': ['Role'],
  'AWS::StepFunctions::StateMachine': ['RoleArn'],
  'AWS::Serverless::StateMachine': ['Role'],
  'AWS::ECS::TaskDefinition': ['TaskRoleArn'],
  'AWS::CodeBuild::Project': ['ServiceRole'],
  'AWS::Glue::Job': ['Role'],
  'AWS::Batch::JobDefinition': ['ContainerProperties', 'JobRoleArn'],
};

/** Whether template resources of a type run somebody's code with a role of its own. */
export function hasRole(type: string): boolean {
  return Object.hasOwn(roleProperty, type);
}

/** Everything the policies say about what a component's code may do. */
export interface Permissions {
  readonly statements: readonly Statement[];
  /** The role whose policies these are, if it is a template resource. */
  readonly role?: TemplateResource;
  readonly span: Span;
}

/**
 * Gathers the policies of the role a template resource runs with: inline and attached ones, SAM's `Policies` and
 * connectors, and policies of buses that name it. Undefined: the role is not in what was loaded, nobody knows.
 */
export function permissionsOf(resource: TemplateResource, inventory: Inventory): Permissions | undefined {
  const path = roleProperty[resource.type];
  if (!path) return undefined;
  const reference = property(resource, ...path);
  const serverless = resource.type.startsWith('AWS::Serverless::');
  // A task or job without a role has no credentials but those of its host, which nobody can see.
  if (!reference && !serverless) return undefined;
  const granted = connections(resource, inventory);
  if (!reference) {
    const policies = property(resource, 'Policies');
    const own = [...samPolicies(policies, inventory), ...samDestinations(resource)];
    const statements = [...own, ...granted, ...busPolicies(undefined, inventory)];
    return { statements, span: policies?.span ?? resource.span };
  }
  const role = inventory.named(scalarText(reference));
  if (role?.type !== 'AWS::IAM::Role') return undefined;
  const statements = [...roleStatements(role, inventory), ...granted, ...busPolicies(role, inventory)];
  return { statements, role, span: role.span };
}

/** Inline policies, managed ones, and policies elsewhere that attach themselves to the role. */
function roleStatements(role: TemplateResource, inventory: Inventory): Statement[] {
  const inline = eachOf(property(role, 'Policies'), inlinePolicy);
  const managed = eachOf(property(role, 'ManagedPolicyArns'), (item) => managedStatements(item, inventory));
  return [...inline, ...managed, ...attachedTo(role, inventory)];
}

function inlinePolicy(policy: Node): Statement[] {
  return policy.kind === 'object' ? statementsOf(nodeAt(policy, 'PolicyDocument')) : [anything(policy.span)];
}

/** The items of a list, whatever undecided conditions choose; a list that is not known may allow everything. */
function eachOf(node: Node | undefined, read: (item: Node) => Statement[]): Statement[] {
  return possibleValues(node).flatMap((list) =>
    list.kind === 'array'
      ? list.items.flatMap((item) => possibleValues(item).flatMap(read))
      : [anything(list.span)],
  );
}

/** AWS::IAM::Policy, ManagedPolicy and RolePolicy that list the role. */
function attachedTo(role: TemplateResource, inventory: Inventory): Statement[] {
  const names = (text: string | undefined): boolean =>
    text !== undefined && (inventory.named(text)?.id === role.id || text === propertyText(role, 'RoleName'));
  const listed = inventory
    .ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
    .filter((policy) =>
      possibleValues(property(policy, 'Roles')).some((roles) =>
        itemsOf(roles).some((item) => possibleValues(item).some((each) => names(scalarText(each)))),
      ),
    );
  const own = inventory
    .ofType('AWS::IAM::RolePolicy')
    .filter((policy) => names(propertyText(policy, 'RoleName')));
  return [...listed, ...own].flatMap((policy) => statementsOf(property(policy, 'PolicyDocument')));
}

/** A managed policy by its ARN or, in SAM, by its bare name. */
function managedStatements(node: Node, inventory: Inventory): Statement[] {
  return possibleValues(node).flatMap((each): Statement[] => {
    const text = scalarText(each);
    const own = inventory.named(text);
    if (own?.type === 'AWS::IAM::ManagedPolicy') return statementsOf(property(own, 'PolicyDocument'));
    if (text === undefined) return [anything(each.span)];
    // An ARN of AWS's own policies is often put together with the partition, which makes no difference here.
    const answer = managedPolicy(text);
    if (answer === 'silent') return [];
    return answer === 'publishes' ? [allow(['*'], ['*'], each.span)] : [anything(each.span)];
  });
}

/**
 * SAM's `Policies`: names and ARNs of managed policies, policy documents, policy templates; one or a list.
 *
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
 */
function samPolicies(node: Node | undefined, inventory: Inventory): Statement[] {
  return possibleValues(node).flatMap((policy): Statement[] => {
    if (policy.kind === 'array') return policy.items.flatMap((item) => samPolicies(item, inventory));
    if (policy.kind !== 'object') return managedStatements(policy, inventory);
    if (member(policy, 'Statement')) return statementList(nodeAt(policy, 'Statement'));
    return membersOf(policy).flatMap(({ key, value, keySpan }) =>
      key === 'Version' ? [] : policyTemplate(key, value, keySpan),
    );
  });
}

/** SAM lets the function's own role write to the destinations of its invocations. */
function samDestinations(resource: TemplateResource): Statement[] {
  const config = property(resource, 'EventInvokeConfig', 'DestinationConfig');
  return ['OnSuccess', 'OnFailure'].flatMap((outcome) => {
    const destination = nodeAt(config, outcome, 'Destination');
    const arn = scalarText(destination);
    return destination && arn !== undefined && scalarText(nodeAt(config, outcome, 'Type')) === 'EventBridge'
      ? [allow(['events:PutEvents'], [arn], destination.span)]
      : [];
  });
}
