import { onTestFinished, vi } from 'vitest';
import type { Snapshot } from '../../src/load/account/snapshot.ts';
import { type Loopback, type LoopbackOptions, startLoopback } from './loopback.ts';
import { environmentFor } from './moto.ts';

/** A server for the time of a test, which the AWS SDK of this process talks to. */
export async function serve(account: Snapshot, options: LoopbackOptions = {}): Promise<Loopback> {
  const server = await startLoopback(account, options);
  onTestFinished(() => {
    server.stop();
    vi.unstubAllEnvs();
  });
  for (const [key, value] of Object.entries(environmentFor(server.url))) vi.stubEnv(key, value);
  return server;
}
