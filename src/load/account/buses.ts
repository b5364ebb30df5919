import { defaultBus } from '../../model/bus.ts';
import type { Reading } from '../cloudformation/reading.ts';

/** An account and a Region. */
export interface Home {
  readonly account: string;
  readonly region: string;
}

/** A bus: one of another account or Region than the first is told apart by them. */
export function declareBus(
  { physical, draft, resource }: Reading,
  { account, region }: Home,
  home: Home,
): void {
  if (!physical) return;
  const { name } = physical;
  const near = account === home.account && region === home.region;
  const kind = name === defaultBus ? 'default' : name.startsWith('aws.partner/') ? 'partner' : 'custom';
  const id = near ? name : `${account}/${region}/${name}`;
  draft.buses.push({ id, kind, declared: true, span: resource.span });
}
