import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { ExitCode } from '../../src/cli/command.ts';
import { runCommandLine } from '../../src/cli/run.ts';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

export interface CliResult {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, in a given folder, with captured output and the given standard input. */
export async function cli(
  line: readonly string[],
  cwd = projectRoot,
  stdin: readonly string[] = [],
): Promise<CliResult> {
  let out = '';
  let err = '';
  const code = await runCommandLine(line, {
    cwd,
    env: {},
    stdin: (async function* () {
      yield* stdin;
    })(),
    out: async (text) => {
      out += text;
    },
    err: async (text) => {
      err += text;
    },
    color: false,
    columns: 100,
  });
  return { code, out, err };
}

/** A folder with these files that is gone after the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'busproof-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}
