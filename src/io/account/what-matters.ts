import type { LoadedAccount } from '../../load/account/load-account.ts';
import type { Component } from '../../model/component.ts';
import type { Route } from '../../model/route.ts';
import { calledBy, callRoute } from '../../publish/calls.ts';
import { mayTake } from '../../publish/catalogue/default-bus.ts';
import { boundOf } from '../../publish/iam/bound.ts';
import { hasRole, permissionsOf } from '../../publish/iam/roles.ts';
import type { Statement } from '../../publish/iam/statement.ts';
import { Inventory } from '../../publish/inventory.ts';
import { reachedFromBuses } from '../../publish/reached.ts';

/** Which parts of an account the events concern. */
export interface WhatMatters {
  /** Components that an event may lead to, through queues, streams and calls that roles allow. */
  readonly reached: readonly Component[];
  /** Ids of what is reached, or may publish by itself: its role allows it, or is not known. */
  readonly ids: ReadonlySet<string>;
  /** Whether some rule may take what S3 tells about buckets. */
  readonly bucketEvents: boolean;
}

/** Follows the events by what is known so far. Statements × components. */
export function whatMatters({ routes, components, resources }: LoadedAccount): WhatMatters {
  const inventory = new Inventory(resources);
  const calls: Route[] = [];
  const publishing: string[] = [];
  for (const resource of resources) {
    if (!hasRole(resource.type)) continue;
    const permissions = permissionsOf(resource, inventory);
    if (!permissions) {
      publishing.push(resource.id);
      continue;
    }
    const all = [permissions.statements, ...permissions.assumed];
    if (permissions.beyond.length > 0 || all.some((each) => boundOf(each).grants.length > 0 || replays(each)))
      publishing.push(resource.id);
    for (const call of all.flatMap((each) => calledBy(each, components)))
      calls.push(callRoute(resource.id, resource.logicalId, call, false));
  }
  const ids = reachedFromBuses([...routes, ...calls]);
  return {
    reached: components.filter(({ id }) => ids.has(id)),
    ids: new Set([...ids, ...publishing]),
    bucketEvents: routes.some(
      (route) =>
        route.from.kind === 'bus' &&
        /(?:^|\/)default$/.test(route.from.bus) &&
        mayTake(route, { source: 'aws.s3', detailType: 'Object Created' }),
    ),
  };
}

/** Whether a role names the replay of archives, which puts on a bus what was there before. */
function replays(statements: readonly Statement[]): boolean {
  return statements.some(
    ({ effect, actions }) =>
      effect === 'Allow' &&
      !actions.not &&
      actions.values.some((value) => value.toLowerCase() === 'events:startreplay'),
  );
}
