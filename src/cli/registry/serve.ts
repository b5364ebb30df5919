import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { findFiles, isFolder } from '../../io/find-files.ts';
import { RegistryServer } from '../../io/registry-server/server.ts';
import type { World } from '../../io/world.ts';
import { isObject, type JsonValue } from '../../json/value.ts';
import { type ExitCode, UsageError } from '../command.ts';
import { interrupted } from '../interrupted.ts';

export interface ServeArgs {
  readonly port: string | undefined;
  readonly seed: string | undefined;
}

const USUAL_PORT = 8770;

/** `registry serve`: a registry in memory on this machine, until it is stopped. */
export async function runServe(
  world: World,
  { port, seed }: ServeArgs,
  stop: AbortSignal = interrupted(),
): Promise<ExitCode> {
  const number = Number(port ?? USUAL_PORT);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new UsageError(`--port is a number from 0 to 65535; "${port}" is not`);
  const server = new RegistryServer({ quotas: { registries: 100, schemas: 10_000, versions: 100 } });
  const count = seed === undefined ? 0 : fill(server, resolve(world.cwd, seed), seed);
  const endpoint = await listening(server, number);
  const told = count === 0 ? '' : ` with ${count} ${count === 1 ? 'schema' : 'schemas'}`;
  await world.out(`a schema registry in memory${told}: --endpoint ${endpoint}\n`);
  await world.err('busproof: nothing is kept when it stops; stop with Ctrl+C\n');
  await new Promise<void>((done) => {
    if (stop.aborted) done();
    else stop.addEventListener('abort', () => done(), { once: true });
  });
  await server.stop();
  return 0;
}

async function listening(server: RegistryServer, port: number): Promise<string> {
  try {
    return await server.start(port);
  } catch (error) {
    throw new UsageError(`cannot listen on port ${port}: ${(error as Error).message}`);
  }
}

/** Puts the files `<registry>/<schema>.json` of a folder into the registry. */
function fill(server: RegistryServer, folder: string, name: string): number {
  if (!isFolder(folder)) throw new UsageError(`there is no folder "${name}"`);
  const { files } = findFiles(folder, (file) => file.endsWith('.json'));
  for (const file of files) {
    const registry = basename(dirname(file));
    if (dirname(dirname(file)) !== folder)
      throw new UsageError(`${file} is not in a folder of ${name} that is called as its registry`);
    const content = readFileSync(join(file), 'utf8');
    if (!server.store.registries.has(registry)) server.store.createRegistry(registry, {});
    try {
      const Type = typeOf(JSON.parse(content) as JsonValue);
      server.store.createSchema(registry, basename(file, '.json'), { Content: content, Type });
    } catch (error) {
      throw new UsageError(`${file} cannot be a schema of the registry: ${(error as Error).message}`);
    }
  }
  return files.length;
}

function typeOf(content: JsonValue): string {
  return isObject(content) && content['openapi'] !== undefined ? 'OpenApi3' : 'JSONSchemaDraft4';
}
