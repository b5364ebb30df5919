import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';

/** A running moto, the public emulator of AWS's APIs. */
export interface Moto {
  readonly url: string;
  stop(): void;
}

/** Which Python has moto: one that is named, or the one of the path. */
function pythonWithMoto(): string | undefined {
  const candidates = [process.env['BUSPROOF_MOTO_PYTHON'], 'python3'].flatMap((each) => each ?? []);
  return candidates.find((python) => spawnSync(python, ['-c', 'import moto.server, flask']).status === 0);
}

/** Starts moto on a free port of this machine; undefined where no Python has it. */
export async function startMoto(): Promise<Moto | undefined> {
  const python = pythonWithMoto();
  if (python === undefined) return undefined;
  const port = await freePort();
  const server = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: { ...process.env, MOTO_ACCOUNT_ID: '123456789012', AWS_ENDPOINT_URL: '' },
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/moto-api/`, server);
  return { url, stop: () => server.kill() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

async function answers(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 240 && server.exitCode === null; attempt++) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 125));
    }
  }
  server.kill();
  throw new Error('moto did not start');
}

/** What the SDK finds in the environment of a process that talks to a server of this machine. */
export function environmentFor(url: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
