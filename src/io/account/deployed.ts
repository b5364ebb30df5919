import type { Snapshot } from '../../load/account/snapshot.ts';
import type { World } from '../world.ts';
import { Caller, UnknownCaller } from './caller.ts';
import { realClock } from './pace.ts';
import { takeSnapshot } from './take-snapshot.ts';

export { UnknownCaller };

/** Which account to look at: what is not given is what the AWS SDK finds by itself. */
export interface AccountChoice {
  readonly regions: readonly string[];
  readonly profile: string | undefined;
}

/**
 * Looks at an account. Credentials are whatever the SDK's own chain finds; nothing of them is kept.
 * @throws UnknownCaller if there are none, or no Region.
 */
export async function snapshotOf(
  world: Pick<World, 'env' | 'progress'>,
  { regions, profile }: AccountChoice,
): Promise<Snapshot> {
  const began = Date.now();
  let calls = 0;
  const caller = new Caller({
    clock: realClock,
    ...(profile === undefined ? {} : { profile }),
    called: (command) => {
      calls++;
      // Who waits for less than a second need not be told what for.
      if (Date.now() - began > 1000) world.progress?.(`looking at the account: ${calls} calls, ${command}`);
    },
  });
  try {
    const names = regions.length > 0 ? regions : [await caller.regionByDefault()];
    return await takeSnapshot(caller, names, new Date().toISOString());
  } finally {
    caller.close();
    world.progress?.('');
  }
}
