import type { Answer, Caller } from './caller.ts';
import { itemOf, pick, type Region, textOf } from './region.ts';
import { withoutPath } from './secrets.ts';

/** What EventBridge itself holds in a Region: buses with their policies, rules with their targets, and what belongs to them. */
export async function listEvents(caller: Caller, region: Region): Promise<void> {
  const { name, lists } = region;
  const buses = await caller.list(name, 'ListEventBuses');
  lists.eventBuses.push(...(buses ?? []).map(itemOf));
  // Without a list of buses there still is the default one.
  const busNames = (buses ?? [{ Name: 'default' }]).flatMap((bus) => textOf(bus, 'Name') ?? []);
  await Promise.all([
    ...busNames.map((bus) => listRules(caller, region, bus)),
    listArchives(caller, region),
    caller.list(name, 'ListApiDestinations').then((found) => {
      lists.apiDestinations.push(...(found ?? []).map(withoutPath));
    }),
    caller.list(name, 'ListConnections').then((found) => {
      const members = ['ConnectionArn', 'Name', 'AuthorizationType', 'ConnectionState'];
      lists.connections.push(...(found ?? []).map((each) => pick(each, ...members)));
    }),
  ]);
}

/** Rules page by page: the targets of one page are asked for before the next page is turned. */
async function listRules(caller: Caller, region: Region, bus: string): Promise<void> {
  for await (const page of caller.pages(region.name, 'ListRules', { EventBusName: bus })) {
    const rules = (page?.['Rules'] ?? []) as unknown as readonly Answer[];
    const whole = await Promise.all(
      rules.map(async (rule) => {
        const input = { Rule: textOf(rule, 'Name'), EventBusName: bus };
        const targets = await caller.list(region.name, 'ListTargetsByRule', input);
        return itemOf({ ...rule, ...(targets ? { Targets: targets.map(itemOf) } : {}) });
      }),
    );
    region.lists.rules.push(...whole);
  }
}

async function listArchives(caller: Caller, region: Region): Promise<void> {
  const archives = (await caller.list(region.name, 'ListArchives')) ?? [];
  const described = await Promise.all(
    archives.map(async (archive) => {
      const input = { ArchiveName: textOf(archive, 'ArchiveName') };
      return { ...archive, ...(await caller.ask(region.name, 'DescribeArchive', input)) };
    }),
  );
  region.lists.archives.push(...described.map(itemOf));
}
