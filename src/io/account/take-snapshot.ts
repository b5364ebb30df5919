import { loadAccount } from '../../load/account/load-account.ts';
import { type ApiItem, type Snapshot, snapshotKey, snapshotVersion } from '../../load/account/snapshot.ts';
import type { Caller } from './caller.ts';
import { Describer } from './describe.ts';
import { listComponents } from './list-components.ts';
import { listEvents } from './list-events.ts';
import { listRoles, type RolesAndPolicies } from './list-roles.ts';
import { Region, textOf } from './region.ts';
import { withoutSecrets } from './secrets.ts';
import { type WhatMatters, whatMatters } from './what-matters.ts';

/** Rounds of following events to what was not known before: from queue to dead-letter queue to topic and so on. */
const maxRounds = 20;

/**
 * Asks an account for everything that events concern, and for nothing else: rules and buses first, then what may move or
 * publish events, then the roles, then in rounds what the events reach. Cost in calls: a page of each list, one for the
 * targets of each rule, one or two for each component that is reached.
 */
export async function takeSnapshot(
  caller: Caller,
  regionNames: readonly string[],
  takenAt: string,
): Promise<Snapshot> {
  const regions = regionNames.map((name) => new Region(name));
  await Promise.all(
    regions.map(async (region) => {
      await listEvents(caller, region);
      await listComponents(caller, region);
    }),
  );
  const known = await listRoles(caller, rolesOf(regions));
  const whole = (): Snapshot => ({
    [snapshotKey]: snapshotVersion,
    takenAt,
    account: accountOf(regions),
    regions: regions.map((region) => region.snapshot()),
    ...known,
    unseen: caller.unseen,
  });
  const describer = new Describer(caller, regions);
  let matters = whatMatters(loadAccount(whole()).value);
  for (let round = 0; round < maxRounds; round++) {
    const buckets = matters.bucketEvents ? bucketsOf(loadAccount(whole()).value.components) : [];
    if (!(await describer.describe([...matters.reached, ...buckets]))) break;
    matters = whatMatters(loadAccount(whole()).value);
  }
  const everything = loadAccount(whole()).value;
  const named = [...everything.resources, ...everything.components];
  const names = new Set(named.flatMap(({ addresses }) => addresses));
  for (const region of regions) thinOut(region, matters);
  const thinned = { ...whole(), ...rolesInUse(regions, known) };
  return withoutSecrets(thinned, (text) => names.has(text));
}

function bucketsOf<C extends { readonly kind: string }>(components: readonly C[]): C[] {
  return components.filter(({ kind }) => kind === 'bucket');
}

/** The account is in every ARN; the default bus is in every Region. */
function accountOf(regions: readonly Region[]): string {
  for (const { lists } of regions) {
    for (const arn of [
      textOf(lists.eventBuses[0], 'Arn'),
      textOf(lists.rules[0], 'Arn'),
      textOf(lists.functions[0], 'FunctionArn'),
    ]) {
      const account = arn?.split(':')[4];
      if (account && /^[0-9]{12}$/.test(account)) return account;
    }
  }
  return '000000000000';
}

/** Leaves out what no event reaches and what publishes nothing. */
function thinOut({ lists }: Region, { ids, bucketEvents }: WhatMatters): void {
  const keep = (list: keyof typeof lists, test: (item: ApiItem) => boolean): void => {
    lists[list] = lists[list].filter(test);
  };
  const matters = (key: string) => (item: ApiItem) => ids.has(String(item[key]));
  keep('functions', matters('FunctionArn'));
  keep('stateMachines', matters('stateMachineArn'));
  keep('subscriptions', matters('TopicArn'));
  keep('buckets', (item) => bucketEvents || ids.has(String(item['Arn'])));
  const functions = new Set(lists.functions.map((item) => item['FunctionArn']));
  keep('eventSourceMappings', (item) => {
    const arn = String(item['FunctionArn']).split(':').slice(0, 7).join(':');
    return functions.has(arn) || !arn.startsWith('arn:');
  });
  const sources = lists.eventSourceMappings.map((item) => String(item['EventSourceArn']));
  keep(
    'tables',
    (item) =>
      ids.has(String(item['TableArn'])) ||
      sources.some((arn) => arn.startsWith(`${String(item['TableArn'])}/`)),
  );
  keep('schedules', (item) => {
    const target = item['Target'] as ApiItem | undefined;
    const arn = String(target?.['Arn']);
    return ids.has(arn) || /:event-bus(?:v2)?\/|:aws-sdk:eventbridge:/.test(arn);
  });
}

function rolesOf(regions: readonly Region[]): string[] {
  const arns = regions.flatMap(({ lists }) => [
    ...lists.functions.map((item) => textOf(item, 'Role')),
    ...lists.stateMachines.map((item) => textOf(item, 'roleArn')),
  ]);
  return [...new Set(arns.flatMap((arn) => arn ?? []))];
}

/** The roles that what is left runs with, those that these may assume among them, and their policies. */
function rolesInUse(regions: readonly Region[], { roles, policies }: RolesAndPolicies): RolesAndPolicies {
  const byArn = new Map(roles.map((role) => [String(role['Arn']), role]));
  const used = new Set<string>();
  const open = rolesOf(regions);
  for (let arn = open.pop(); arn !== undefined; arn = open.pop()) {
    const role = byArn.get(arn);
    if (!role || used.has(arn)) continue;
    used.add(arn);
    open.push(...namedRoles(JSON.stringify(role)));
    for (const policy of policies) {
      if (attached(role).has(String(policy['Arn']))) open.push(...namedRoles(JSON.stringify(policy)));
    }
  }
  const kept = roles.filter((role) => used.has(String(role['Arn'])));
  const attachedToKept = new Set(kept.flatMap((role) => [...attached(role)]));
  return { roles: kept, policies: policies.filter((policy) => attachedToKept.has(String(policy['Arn']))) };
}

/** Roles that a policy names by their whole ARN. */
function namedRoles(text: string): string[] {
  return text.match(/arn:[a-z-]+:iam::[0-9]{12}:role\/[\w+=,.@/-]+/g) ?? [];
}

function attached(role: ApiItem): Set<string> {
  const list = role['AttachedManagedPolicies'];
  return new Set(
    (Array.isArray(list) ? (list as readonly ApiItem[]) : []).map((each) => String(each['PolicyArn'])),
  );
}
