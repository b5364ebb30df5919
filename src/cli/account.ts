import { resolve } from 'node:path';
import { replaceTextFile } from '../io/repository.ts';
import type { World } from '../io/world.ts';
import type { Snapshot } from '../load/account/snapshot.ts';
import { type Options, UsageError } from './command.ts';

/** The options of commands that can look at an account. */
export const accountOptions = {
  deployed: { type: 'boolean', help: 'look at what is deployed, through the AWS APIs' },
  region: {
    type: 'string',
    value: 'REGION',
    multiple: true,
    help: 'with --deployed: the Regions, a,b or given several times (default: the one the AWS SDK finds)',
  },
  profile: { type: 'string', value: 'NAME', help: 'with --deployed: the profile of the AWS config' },
} as const satisfies Options;

interface AccountArgs {
  readonly deployed: boolean;
  readonly region: readonly string[];
  readonly profile: string | undefined;
}

/** Looks at the account the user means, if at one, and keeps what was seen in a file, if wanted. */
export async function lookAtAccount(
  world: World,
  { deployed, region, profile }: AccountArgs,
  save?: string,
): Promise<Snapshot | undefined> {
  if (!deployed) {
    const stray = save !== undefined ? 'save' : profile !== undefined ? 'profile' : region[0] && 'region';
    if (stray) throw new UsageError(`--${stray} says something about --deployed, which is not given`);
    return undefined;
  }
  const regions = [...new Set(region.flatMap((text) => text.split(',')).map((text) => text.trim()))];
  const wrong = regions.find((name) => !/^[a-z]{2,}(?:-[a-z]+)+-[0-9]+$/.test(name));
  if (wrong !== undefined)
    throw new UsageError(`--region names Regions such as eu-west-1; "${wrong}" is none`);
  const { snapshotOf, UnknownCaller } = await import('../io/account/deployed.ts');
  try {
    const snapshot = await snapshotOf(world, { regions, profile });
    if (save !== undefined) keep(world, save, snapshot);
    return snapshot;
  } catch (error) {
    if (!(error instanceof UnknownCaller)) throw error;
    throw new UsageError(`cannot look at the account: ${error.message}`, { cause: error });
  }
}

function keep(world: World, path: string, snapshot: Snapshot): void {
  try {
    replaceTextFile(resolve(world.cwd, path), `${JSON.stringify(snapshot, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${(error as Error).message}`, { cause: error });
  }
}
