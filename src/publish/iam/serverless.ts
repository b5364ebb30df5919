import { itemsOf, type Node, nodeAt } from '../../json/node.ts';
import { parseArn } from '../../load/cloudformation/arn.ts';
import { scalarText } from '../../load/cloudformation/values.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { type Inventory, property } from '../inventory.ts';
import { allow } from './sam-policies.ts';
import { type Statement, statementList, statementsOf } from './statement.ts';

/** What a `serverless.yml` says about the role of a function. */
export interface ServerlessRole {
  /** A role that is elsewhere: its ARN, a reference to it, or its logical id. */
  readonly reference?: Node;
  /** Statements of the role that the Framework makes, and its managed policies. */
  readonly statements: readonly Statement[];
  readonly managed: readonly Node[];
  readonly span: Node['span'];
}

/** The role that the Framework makes for all functions. Templates may add to it by this name. */
export const sharedRole = 'IamRoleLambdaExecution';

const perFunction = /^serverless-iam-roles-per-function/;

/**
 * Reads `role`, `provider.iam.role`, the older `provider.iamRoleStatements`, and statements of a function's own: those
 * of the plugin `serverless-iam-roles-per-function` and of version 4. Undefined: the provider is not in the files.
 *
 * https://www.serverless.com/framework/docs/providers/aws/guide/iam
 */
export function serverlessRole(resource: TemplateResource): ServerlessRole | undefined {
  const provider = nodeAt(resource.attributes, 'Provider');
  if (provider?.kind !== 'object') return undefined;
  const shared = nodeAt(provider, 'iam', 'role') ?? nodeAt(provider, 'role');
  const own = property(resource, 'iam', 'role');
  const named = property(resource, 'role') ?? (own?.kind === 'object' && isRole(own) ? undefined : own);
  const reference = named ?? (shared && !isRole(shared) ? shared : undefined);
  const { span } = resource;
  const destinations = destinationsOf(resource);
  if (reference) return { reference, statements: destinations, managed: [], span: reference.span };
  const common = [...listed(nodeAt(shared, 'statements')), ...listed(nodeAt(provider, 'iamRoleStatements'))];
  const managed = [nodeAt(shared, 'managedPolicies'), nodeAt(provider, 'iamManagedPolicies')];
  const statements = ownStatements(resource);
  // Without the plugin the Framework passes such statements over: then both are counted.
  const inherits = statements.length === 0 || !usesPlugin(resource) || inheritsShared(resource);
  const place = property(resource, 'iamRoleStatements') ?? shared ?? nodeAt(provider, 'iamRoleStatements');
  return {
    statements: [...(inherits ? common : []), ...statements, ...destinations],
    managed: [...managed, nodeAt(own, 'managedPolicies')].flatMap((node) => (node ? [node] : [])),
    span: place?.span ?? span,
  };
}

/** `{ statements, managedPolicies, … }`, not a reference such as `{ Fn::GetAtt: … }`. */
function isRole(node: Node): boolean {
  return node.kind === 'object' && !node.members.some(({ key }) => key === 'Ref' || key.startsWith('Fn::'));
}

function listed(node: Node | undefined): Statement[] {
  return node ? statementList(node) : [];
}

function ownStatements(resource: TemplateResource): Statement[] {
  return [
    ...listed(property(resource, 'iamRoleStatements')),
    ...listed(property(resource, 'iam', 'role', 'statements')),
  ];
}

function usesPlugin({ attributes }: TemplateResource): boolean {
  return itemsOf(nodeAt(attributes, 'Plugins')).some((node) => perFunction.test(scalarText(node) ?? ''));
}

function inheritsShared(resource: TemplateResource): boolean {
  const own = scalarText(property(resource, 'iamRoleStatementsInherit'));
  const all = scalarText(
    nodeAt(resource.attributes, 'Custom', 'serverless-iam-roles-per-function', 'defaultInherit'),
  );
  return (own ?? all ?? 'false') !== 'false';
}

/** The Framework lets the role write to the destinations of invocations. */
function destinationsOf(resource: TemplateResource): Statement[] {
  return ['onSuccess', 'onFailure'].flatMap((outcome) => {
    const node = property(resource, 'destinations', outcome);
    const arn = scalarText(node) ?? scalarText(nodeAt(node, 'arn'));
    if (!node || arn === undefined) return [];
    const service = parseArn(arn)?.service;
    if (service === 'events') return [allow(['events:PutEvents'], [arn], node.span)];
    return service === undefined && !arn.startsWith('arn:')
      ? []
      : [allow([`${service}:*`], [arn], node.span)];
  });
}

/** What `resources` adds to the shared role under its own logical id; what extensions do to it is not known. */
export function additions(resource: TemplateResource, inventory: Inventory): readonly TemplateResource[] {
  const role = inventory.withId(`${resource.template}#${sharedRole}`);
  return role ? [role] : [];
}

/** Policies in the same template that attach themselves to the shared role. */
export function attachedToShared(resource: TemplateResource, inventory: Inventory): Statement[] {
  return inventory
    .ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')
    .filter(({ template }) => template === resource.template)
    .flatMap((policy) => {
      const roles = [...itemsOf(property(policy, 'Roles')), property(policy, 'RoleName')];
      const named = roles.some((node) => scalarText(node)?.includes(sharedRole));
      return named ? statementsOf(property(policy, 'PolicyDocument')) : [];
    });
}
