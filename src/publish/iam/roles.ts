import type { Span } from '../../json/document.ts';
import { itemsOf, member, membersOf, type Node, nodeAt } from '../../json/node.ts';
import { possibleValues, scalarText } from '../../load/cloudformation/values.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { type Inventory, property, propertyText } from '../inventory.ts';
import { busPolicies } from './bus-policies.ts';
import { connections } from './connectors.ts';
import { type Escape, escapesOf } from './escapes.ts';
import { managedPolicy } from './managed-policies.ts';
import { allow, policyTemplate } from './sam-policies.ts';
import { additions, attachedToShared, serverlessRole } from './serverless.ts';
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
  'Serverless::Function': ['role'],
};

/** Whether template resources of a type run somebody's code with a role of its own. */
export function hasRole(type: string): boolean {
  return Object.hasOwn(roleProperty, type);
}

/** Everything the policies say about what a component's code may do. */
export interface Permissions {
  readonly statements: readonly Statement[];
  /** What other roles of the templates say that it may use beside its own. */
  readonly assumed: readonly (readonly Statement[])[];
  /** Roles it may use beside its own that are not in what was loaded: what they allow is not known. */
  readonly beyond: readonly Escape[];
  readonly span: Span;
}

/**
 * Gathers the policies of the role a template resource runs with: inline and attached ones, SAM's `Policies` and
 * connectors, and policies of buses that name it. Undefined: the role is not in what was loaded, nobody knows.
 */
export function permissionsOf(resource: TemplateResource, inventory: Inventory): Permissions | undefined {
  if (resource.type === 'Serverless::Function') return serverlessPermissions(resource, inventory);
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
    return { ...withEscapes(statements, inventory), span: policies?.span ?? resource.span };
  }
  const role = inventory.named(scalarText(reference));
  if (role?.type !== 'AWS::IAM::Role') return undefined;
  const statements = [...roleStatements(role, inventory), ...granted, ...busPolicies(role, inventory)];
  return { ...withEscapes(statements, inventory, [role]), span: role.span };
}

/** A role that a serverless.yml names, or the one that the Framework makes of its statements. */
function serverlessPermissions(resource: TemplateResource, inventory: Inventory): Permissions | undefined {
  const said = serverlessRole(resource);
  if (!said) return undefined;
  const { reference, statements, managed, span } = said;
  if (reference) {
    const text = scalarText(reference);
    const role = inventory.named(text) ?? inventory.withId(`${resource.template}#${text}`);
    if (role?.type !== 'AWS::IAM::Role') return undefined;
    const all = [...roleStatements(role, inventory), ...statements, ...busPolicies(role, inventory)];
    return { ...withEscapes(all, inventory, [role]), span: role.span };
  }
  const added = additions(resource, inventory);
  const all = [
    ...statements,
    ...managed.flatMap((node) => eachOf(node, (item) => managedStatements(item, inventory))),
    ...added.flatMap((role) => roleStatements(role, inventory)),
    ...attachedToShared(resource, inventory),
    ...busPolicies(undefined, inventory),
  ];
  return { ...withEscapes(all, inventory), span };
}

/** Adds the roles that the code may assume or hand over; what one role denies does not bind another. */
function withEscapes(
  statements: readonly Statement[],
  inventory: Inventory,
  own: readonly TemplateResource[] = [],
): Pick<Permissions, 'statements' | 'assumed' | 'beyond'> {
  const assumed: (readonly Statement[])[] = [];
  const beyond: Escape[] = [];
  const seen = new Set(own);
  for (const open = [statements]; open.length > 0; ) {
    for (const escape of escapesOf(open.pop()!)) {
      const role = inventory.named(escape.role);
      if (role?.type !== 'AWS::IAM::Role') beyond.push(escape);
      else if (!seen.has(role)) {
        seen.add(role);
        const others = roleStatements(role, inventory);
        assumed.push(others);
        open.push(others);
      }
    }
  }
  return { statements, assumed, beyond };
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
