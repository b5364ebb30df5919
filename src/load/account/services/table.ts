import type { AccountKind } from '../deployed.ts';
import type { GlobalList, RegionList } from '../snapshot.ts';
import { apiDestinations, archives, connections, eventBuses, rules } from './events.ts';
import { policies, roles } from './iam.ts';
import { eventInvokeConfigs, eventSourceMappings, functions } from './lambda.ts';
import { queues, subscriptions } from './messages.ts';
import { pipes, schedules, stateMachines } from './movers.ts';
import { buckets, deliveryStreams, tables } from './storage.ts';

/** How each list of a snapshot is read. */
export const accountKinds: { readonly [list in RegionList | GlobalList]: AccountKind } = {
  eventBuses,
  rules,
  archives,
  apiDestinations,
  connections,
  functions,
  eventInvokeConfigs,
  eventSourceMappings,
  stateMachines,
  pipes,
  schedules,
  subscriptions,
  queues,
  buckets,
  tables,
  deliveryStreams,
  roles,
  policies,
};
