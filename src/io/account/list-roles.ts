import type { JsonValue } from '../../json/value.ts';
import type { ApiItem } from '../../load/account/snapshot.ts';
import type { Answer, Caller } from './caller.ts';
import { textOf } from './region.ts';

export interface RolesAndPolicies {
  readonly roles: readonly ApiItem[];
  readonly policies: readonly ApiItem[];
}

/**
 * All roles and managed policies of the account in a few large pages; where that is not permitted, the named roles one by
 * one. A role of which any part could not be read is left out: then nobody knows what it allows.
 */
export async function listRoles(caller: Caller, named: readonly string[]): Promise<RolesAndPolicies> {
  const roles: ApiItem[] = [];
  const policies: ApiItem[] = [];
  const input = { Filter: ['Role', 'LocalManagedPolicy', 'AWSManagedPolicy'] };
  // IAM has no Regions, and the client asks for one all the same.
  for await (const page of caller.pages('us-east-1', 'GetAccountAuthorizationDetails', input)) {
    if (!page) return listOneByOne(caller, named);
    roles.push(...itemsOf(page, 'RoleDetailList').map(roleOf).filter(isItem));
    policies.push(...itemsOf(page, 'Policies').map(policyOf).filter(isItem));
  }
  return { roles, policies };
}

function roleOf(detail: Answer): ApiItem | undefined {
  const arn = textOf(detail, 'Arn');
  const name = textOf(detail, 'RoleName');
  if (arn === undefined || name === undefined) return undefined;
  const RolePolicyList = itemsOf(detail, 'RolePolicyList').map((policy) => ({
    PolicyName: policy['PolicyName'] ?? null,
    PolicyDocument: documentOf(policy['PolicyDocument']),
  }));
  const AttachedManagedPolicies = itemsOf(detail, 'AttachedManagedPolicies').map(attachedOf);
  return { Arn: arn, RoleName: name, RolePolicyList, AttachedManagedPolicies };
}

function policyOf(detail: Answer): ApiItem | undefined {
  const arn = textOf(detail, 'Arn');
  const inForce = itemsOf(detail, 'PolicyVersionList').find(
    (version) => version['IsDefaultVersion'] === true,
  );
  if (arn === undefined || !inForce) return undefined;
  return {
    Arn: arn,
    PolicyName: detail['PolicyName'] ?? arn,
    Document: documentOf(inForce['Document']),
  };
}

function attachedOf(policy: Answer): ApiItem {
  return { PolicyName: policy['PolicyName'] ?? null, PolicyArn: policy['PolicyArn'] ?? null };
}

async function listOneByOne(caller: Caller, named: readonly string[]): Promise<RolesAndPolicies> {
  const roles = (await Promise.all(named.map((arn) => readRole(caller, arn)))).filter(isItem);
  const attached = new Set(
    roles.flatMap((role) =>
      itemsOf(role as Answer, 'AttachedManagedPolicies').flatMap((each) => textOf(each, 'PolicyArn') ?? []),
    ),
  );
  const policies = await Promise.all([...attached].map((arn) => readPolicy(caller, arn)));
  return { roles, policies: policies.filter(isItem) };
}

async function readRole(caller: Caller, arn: string): Promise<ApiItem | undefined> {
  const RoleName = arn.split('/').at(-1)!;
  const names = await caller.list('us-east-1', 'ListRolePolicies', { RoleName });
  const attached = names && (await caller.list('us-east-1', 'ListAttachedRolePolicies', { RoleName }));
  if (!names || !attached) return undefined;
  const inline = await Promise.all(
    (names as unknown as readonly string[]).map((PolicyName) =>
      caller.ask('us-east-1', 'GetRolePolicy', { RoleName, PolicyName }),
    ),
  );
  if (inline.includes(undefined)) return undefined;
  return roleOf({
    Arn: arn,
    RoleName,
    RolePolicyList: inline as unknown as JsonValue,
    AttachedManagedPolicies: attached as unknown as JsonValue,
  });
}

async function readPolicy(caller: Caller, arn: string): Promise<ApiItem | undefined> {
  const found = await caller.ask('us-east-1', 'GetPolicy', { PolicyArn: arn });
  const policy = found?.['Policy'] as unknown as Answer | undefined;
  const VersionId = textOf(policy, 'DefaultVersionId');
  if (!policy || VersionId === undefined) return undefined;
  const version = await caller.ask('us-east-1', 'GetPolicyVersion', { PolicyArn: arn, VersionId });
  const document = (version?.['PolicyVersion'] as unknown as Answer | undefined)?.['Document'];
  if (document === undefined) return undefined;
  return { Arn: arn, PolicyName: policy['PolicyName'] ?? arn, Document: documentOf(document) };
}

function isItem(item: ApiItem | undefined): item is ApiItem {
  return item !== undefined;
}

function itemsOf(answer: Answer, key: string): readonly Answer[] {
  const list = answer[key];
  return Array.isArray(list) ? (list as unknown as readonly Answer[]) : [];
}

/** IAM gives documents as JSON in the encoding of URLs (RFC 3986). One that cannot be read stays a text. */
function documentOf(text: JsonValue | undefined): JsonValue {
  if (typeof text !== 'string') return text ?? null;
  try {
    return JSON.parse(text.trimStart().startsWith('%') ? decodeURIComponent(text) : text) as JsonValue;
  } catch {
    return text;
  }
}
