import * as sdk from '@aws-sdk/client-schemas';
import { onTestFinished } from 'vitest';
import { RegistryServer, type RegistryServerOptions } from '../../src/io/registry-server/server.ts';
import { schemasService } from '../../src/io/schemas-service.ts';
import type { RegistryService } from '../../src/registry/service.ts';

export interface Started {
  readonly server: RegistryServer;
  readonly endpoint: string;
  readonly client: sdk.SchemasClient;
  readonly service: RegistryService;
}

/** A registry on this machine with the SDK's own client; gone after the test. */
export async function started(options: RegistryServerOptions = {}): Promise<Started> {
  const server = new RegistryServer(options);
  const endpoint = await server.start();
  const client = new sdk.SchemasClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await server.stop();
  });
  return { server, endpoint, client, service: schemasService(sdk, client, { attempts: 4, delay: 1 }) };
}
