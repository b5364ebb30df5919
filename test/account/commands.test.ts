import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CommandName, callNamed, clients, commands } from '../../src/io/account/commands.ts';
import { importClient } from '../../src/io/account/import-client.ts';
import { cli, projectRoot } from '../support/cli.ts';

const names = Object.keys(commands) as CommandName[];

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

describe('what is ever asked of an account', () => {
  it.each(names)('only reads: %s', (name) => {
    expect(name).toMatch(/^(?:List|Get|Describe)[A-Z]/);
    expect(callNamed(name).action).toMatch(/^[a-z0-9]+:(?:List|Get|Describe)[A-Z]/);
  });

  it('is in the table and nowhere else: no command of the SDK is named or imported beside it', () => {
    const folder = join(projectRoot, 'src/io/account');
    const loader = join(folder, 'import-client.ts');
    const imports = sources(folder)
      .filter((path) => path !== loader)
      .filter((path) => /from '@aws-sdk|import\(\s*['"`]@aws-sdk/.test(readFileSync(path, 'utf8')));
    expect(imports).toEqual([]);
    const text = readFileSync(loader, 'utf8');
    expect(text.match(/import\('[^']+'\)/g)).toHaveLength(Object.keys(clients).length);
    expect(text.match(/\w+Command(?=\b)(?!Name)/g)?.filter((word) => word !== 'Command') ?? []).toEqual([]);
    const sent = sources(folder).flatMap(
      (path) => readFileSync(path, 'utf8').match(/\.send\([^)]*\)/g) ?? [],
    );
    expect(sent).toEqual(['.send(new module.commands[name]!(input)']);
  });

  it.each(Object.keys(clients) as (keyof typeof clients)[])(
    'is what the client exports: %s',
    async (client) => {
      const module = await importClient(client);
      const own = names.filter((name) => callNamed(name).client === client);
      expect(typeof module?.Client).toBe('function');
      expect(own.length).toBeGreaterThan(0);
      expect(Object.entries(module!.commands).filter(([, command]) => typeof command !== 'function')).toEqual(
        [],
      );
      expect(Object.keys(module!.commands).sort()).toEqual([...own].sort());
    },
  );

  it('is what the printed policy allows, but for what stands in for another call', async () => {
    const { code, out } = await cli(['check', '--print-policy']);
    expect(code).toBe(0);
    const [statement] = JSON.parse(out).Statement;
    expect(statement.Effect).toBe('Allow');
    const wanted = names.filter((name) => !callNamed(name).instead).map((name) => callNamed(name).action);
    expect(statement.Action).toEqual([...new Set(wanted)].sort());
  });
});
