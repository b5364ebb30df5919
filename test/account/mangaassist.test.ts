import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { JsonValue } from '../../src/json/value.ts';
import { cli, folderWith, projectRoot } from '../support/cli.ts';
import { accountOf } from './declared-account.ts';
import { type Declared, declaredIn, deploy } from './deploy.ts';
import { startLoopback } from './loopback.ts';
import { environmentFor, startMoto } from './moto.ts';

const moto = await startMoto();
process.stdout.write(
  moto
    ? 'the account: moto, and a server of the tests\n'
    : 'the account: a server of the tests only (no Python here has moto)\n',
);
afterAll(() => moto?.stop());

const schemas = join(projectRoot, 'schemas/mangaassist');

interface Told {
  readonly loops: readonly Readonly<Record<string, JsonValue>>[];
  readonly amplification: readonly Readonly<Record<string, JsonValue>>[];
}

async function checked(line: readonly string[], folder: string, code: number): Promise<Told> {
  const result = await cli(['check', ...line, '--format', 'json'], folder);
  expect(result.err).toBe('');
  expect(result.code).toBe(code);
  return JSON.parse(result.out) as Told;
}

/** What must not depend on where the system was read from. */
function essence({ loops, amplification }: Told): unknown {
  const kept = [
    'verdict',
    'eventTypes',
    'rules',
    'components',
    'growthPerRound',
    'eventsAfterTenRounds',
    'layers',
  ];
  return {
    loops: loops.map((loop) => Object.fromEntries(kept.map((key) => [key, loop[key]]))),
    amplification,
  };
}

/** What is declared, as the config says it: the account holds no Metadata. */
function components(declared: readonly Declared[]): Record<string, JsonValue> {
  return Object.fromEntries(
    declared.flatMap(({ logicalId, said }) => (said === undefined ? [] : [[logicalId, said]])),
  );
}

/** Where the handlers' code is: the account does not tell. */
function code(declared: readonly Declared[], folder: string): Record<string, JsonValue> {
  const functions = declared.filter(({ type }) => type === 'AWS::Serverless::Function');
  return Object.fromEntries(
    functions.map(({ logicalId, properties }) => {
      const file = String(properties['Handler']).replace(/\.handler$/, '');
      return [logicalId, { code: `${folder}/src/${file}.ts` }];
    }),
  );
}

describe.each([
  ['before', 1],
  ['after', 0],
] as const)('MangaAssist %s, deployed', (which, exit) => {
  const folder = join(projectRoot, 'examples/mangaassist', which);
  const text = readFileSync(join(folder, 'template.yaml'), 'utf8');
  const declared = declaredIn('template.yaml', text);

  const config = (of: Record<string, JsonValue>): string =>
    folderWith({ 'busproof.config.json': JSON.stringify({ schemas, components: of }) });

  async function deployed(kind: 'moto' | 'loopback', place: string, run: () => Promise<void>): Promise<void> {
    const server = kind === 'loopback' ? await startLoopback(accountOf(declared)) : undefined;
    if (kind === 'moto') {
      await fetch(`${moto!.url}/moto-api/reset`, { method: 'POST' });
      await deploy(moto!.url, 'template.yaml', text);
    }
    const url = server?.url ?? moto!.url;
    for (const [key, value] of Object.entries(environmentFor(url))) vi.stubEnv(key, value);
    try {
      await run();
    } finally {
      vi.unstubAllEnvs();
      server?.stop();
    }
    expect(place).not.toBe('');
  }

  it.each([['loopback'], ...(moto ? [['moto']] : [])] as ['loopback' | 'moto'][])(
    'has the loops, verdicts and amplification of its template: %s',
    { timeout: 60_000 },
    async (kind) => {
      const own = essence(await checked([], folder, exit));
      const place = config(components(declared));
      await deployed(kind, place, async () => {
        const live = await checked(['--deployed', '--save', 'snapshot.json'], place, exit);
        expect(essence(live)).toEqual(own);
        // The same again from the file, down to the places.
        expect(await checked(['snapshot.json'], place, exit)).toEqual(live);
      });
    },
  );

  it('has the same loops and verdicts where only the code is named', { timeout: 60_000 }, async () => {
    const place = config(code(declared, folder));
    const verdicts = ({ loops }: Told) =>
      loops.map(({ verdict, eventTypes, rules, components }) => ({ verdict, eventTypes, rules, components }));
    await deployed('loopback', place, async () => {
      const live = await checked(['--deployed'], place, exit);
      expect(verdicts(live)).toEqual(verdicts(await checked([], folder, exit)));
    });
  });

  it('is possible at most where nobody says what its functions publish', { timeout: 60_000 }, async () => {
    const place = config({});
    await deployed('loopback', place, async () => {
      const { loops } = await checked(['--deployed'], place, 0);
      expect(loops.filter(({ verdict }) => verdict === 'endless')).toEqual([]);
      expect(loops.some(({ verdict }) => verdict === 'possible')).toBe(true);
    });
  });
});
