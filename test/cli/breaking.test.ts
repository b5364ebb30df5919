import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { cli, folderWith, projectRoot } from '../support/cli.ts';

const order = (maximum: number, more: object = {}) =>
  JSON.stringify({
    'x-amazon-events-source': 'shop',
    'x-amazon-events-detail-type': 'Order',
    type: 'object',
    properties: {
      amount: { type: 'integer', minimum: 1, maximum },
      currency: { $ref: 'common.json#/$defs/Currency' },
    },
    required: ['amount', 'currency'],
    ...more,
  });
const common = (currencies: readonly string[]) =>
  JSON.stringify({ $defs: { Currency: { enum: currencies } } });

interface ComparisonJson {
  readonly compatible: boolean;
  readonly comparisons: readonly {
    readonly against: string;
    readonly counts: Readonly<Record<string, number>>;
    readonly changes: readonly { readonly eventType: string; readonly fate: string }[];
  }[];
  readonly rules: readonly { readonly rule: string; readonly effect: string }[] | null;
  readonly findings: readonly { readonly code: string; readonly place?: { readonly file: string } }[];
}

const ajv = addFormats.default(new Ajv2020({ strict: false }));
for (const name of ['report', 'breaking'])
  ajv.addSchema(JSON.parse(readFileSync(join(projectRoot, `schemas/busproof/${name}.schema.json`), 'utf8')));

async function json(line: readonly string[], cwd: string, code: number): Promise<ComparisonJson> {
  const result = await cli(['breaking', ...line, '--format', 'json'], cwd);
  expect(result.err).toBe('');
  expect(result.code).toBe(code);
  const value = JSON.parse(result.out) as ComparisonJson;
  expect(ajv.validate('urn:busproof:breaking', value), ajv.errorsText()).toBe(true);
  return value;
}

const fates = ({ comparisons }: ComparisonJson) =>
  comparisons.flatMap(({ changes }) => changes.map(({ eventType, fate }) => `${eventType} ${fate}`));

/** A repository with one commit of these files on a branch `main`. */
function repository(files: Readonly<Record<string, string>>) {
  const folder = folderWith(files);
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=n', '-c', 'user.email=n@example.com', ...args], {
      stdio: 'pipe',
    });
  git('init', '-q', '-b', 'main');
  const commit = () => {
    git('add', '-A');
    git('commit', '-q', '-m', 'a version');
  };
  commit();
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  return { folder, git, commit, write };
}

const shop = { 'app/schemas/Order.json': order(5), 'app/schemas/common.json': common(['EUR', 'USD']) };

describe('busproof breaking --against a git ref', () => {
  it('is clean when nothing changed', async () => {
    const { folder } = repository(shop);
    const result = await cli(['breaking', 'app', '--against', 'main'], folder);
    expect(result).toMatchObject({ code: 0, err: '' });
    expect(result.out).toContain('all 1 unchanged');
    expect(result.out).toContain('Result: compatible.');
  });

  it('shows an event that breaks old consumers, in the place of the new schema', async () => {
    const { folder, write } = repository(shop);
    write('app/schemas/Order.json', order(9));
    const result = await cli(['breaking', 'app', '--against', 'main'], folder);
    expect(result).toMatchObject({ code: 1, err: '' });
    expect(result.out).toMatch(/error contract\/broken {2}shop@Order: .* detail\.amount fails "maximum": 5/);
    expect(result.out).toContain('main:app/schemas/Order.json:');
    expect(result.out).toMatch(/"amount": [6-9]/);
    const told = await json(['app', '--against', 'HEAD'], folder, 1);
    expect(told.findings[0]!.place!.file).toBe('app/schemas/Order.json');
    expect(await json(['app', '--against', 'HEAD', '--mode', 'forward'], folder, 0)).toMatchObject({
      compatible: true,
    });
  });

  it.each([
    ['from the project folder', 'app', ['--against', 'main']],
    ['from a folder below', 'app/schemas', ['..', '--against', 'main']],
    ['from the top', '.', ['app', '--against', 'main']],
    ['with a config elsewhere', '.', ['--config', 'ci/busproof.config.json', '--against', 'main']],
  ])('sees a change of shared definitions %s', async (_, cwd, line) => {
    const config = JSON.stringify({ schemas: ['../app/schemas'] });
    const { folder, write } = repository({ ...shop, 'ci/busproof.config.json': config });
    write('app/schemas/common.json', common(['EUR', 'USD', 'JPY']));
    expect(fates(await json(line, join(folder, cwd), 1))).toEqual(['shop@Order broken']);
  });

  it('works with a config outside the repository', async () => {
    const { folder, write } = repository(shop);
    write('app/schemas/Order.json', order(9));
    const outside = folderWith({
      'busproof.config.json': JSON.stringify({ schemas: [join(folder, 'app/schemas')] }),
    });
    expect(fates(await json(['--against', 'main'], outside, 1))).toEqual(['shop@Order broken']);
  });

  it('tells removed, renamed and added event types apart, also when the folder is gone', async () => {
    const { folder, write } = repository(shop);
    rmSync(join(folder, 'app/schemas/Order.json'));
    write('app/schemas/Purchase.json', order(5).replace('"Order"', '"Purchase"'));
    expect(fates(await json(['app', '--against', 'main'], folder, 1))).toEqual(['shop@Order renamed']);
    rmSync(join(folder, 'app/schemas'), { recursive: true });
    expect(fates(await json(['app', '--against', 'main'], folder, 1))).toEqual(['shop@Order removed']);
  });

  it('goes back over several versions', async () => {
    const { folder, write, commit } = repository(shop);
    write('app/schemas/Order.json', order(3));
    commit();
    write('unrelated.txt', 'x');
    commit();
    write('app/schemas/Order.json', order(4, { title: 'Order' }));
    expect(fates(await json(['app', '--against', 'main', '--mode', 'forward'], folder, 0))).toEqual([
      'shop@Order compatible',
    ]);
    const told = await json(
      ['app', '--against', 'main', '--mode', 'forward', '--transitive', '9'],
      folder,
      1,
    );
    expect(fates(told)).toEqual(['shop@Order compatible', 'shop@Order broken']);
    expect(told.comparisons.map(({ against }) => against)).toEqual([
      'main',
      expect.stringMatching(/^[0-9a-f]{10}$/),
    ]);
  });

  it('does not take an old file that it cannot read for one that was not there', async () => {
    const { folder, write } = repository({ ...shop, 'app/schemas/Order.json': '{ "a": ' });
    write('app/schemas/Order.json', order(5));
    const told = await json(['app', '--against', 'main'], folder, 1);
    expect(told.findings[0]!.place!.file).toBe('main:app/schemas/Order.json');
    await json(['app', '--against', 'main', '--allow-unknown'], folder, 0);
  });

  it.each([
    ['a ref that is not there', 'nope', /git knows no ref "nope"/],
    ['a ref that would be an option', '--output=x', /--against/],
    ['a ref that would be an option, marked', 'git:--output=x', /is not a git ref/],
    ['a registry without a name', 'registry:', /say which registry/],
  ])('refuses %s', async (_, ref, sentence) => {
    const { folder } = repository(shop);
    const result = await cli(['breaking', 'app', '--against', ref], folder);
    expect(result).toMatchObject({ code: 2, out: '' });
    expect(result.err).toMatch(sentence);
    expect(result.err).not.toContain('inside the tool');
  });

  it('says so outside a repository, and where there is no schema at all', async () => {
    const folder = folderWith({ 'schemas/Order.json': order(5) });
    const lost = await cli(['breaking', '--against', 'main'], folder);
    expect(lost).toMatchObject({ code: 2 });
    expect(lost.err).toContain('is not in a git repository');
    const { folder: bare } = repository({ 'a.txt': '' });
    expect(await cli(['breaking', '--against', 'main'], bare)).toMatchObject({ code: 2 });
    expect(await cli(['breaking'], bare)).toMatchObject({ code: 2 });
  });
});

describe('busproof breaking --against files', () => {
  const files = {
    ...shop,
    'old/Order.json': order(9),
    'old/common.json': common(['EUR', 'USD']),
    'was.json': order(9),
  };

  it.each([
    ['a folder of schemas', 'old', ['shop@Order broken']],
    ['a schema file', 'was.json', ['shop@Order broken']],
    ['a project', 'app', []],
  ])('compares with %s', async (_, against, wanted) => {
    const told = await json(
      ['app', '--against', against, '--mode', 'forward'],
      folderWith(files),
      wanted.length,
    );
    expect(fates(told)).toEqual(wanted);
  });

  it('refuses a folder without schemas and a file that is no event schema', async () => {
    const folder = folderWith({ ...files, 'empty/a.txt': '' });
    for (const against of ['empty', 'old/common.json'])
      expect(await cli(['breaking', 'app', '--against', against], folder)).toMatchObject({
        code: 2,
        out: '',
      });
  });
});

describe('the history of MangaAssist', () => {
  const version = (number: number) => `examples/mangaassist/history/v${number}`;
  const step = (to: number, mode: string, code: number) =>
    json([version(to), '--against', version(to - 1), '--mode', mode], projectRoot, code);

  it.each([
    ['a compatible change', 2, 'backward', []],
    ['that replays do not survive', 2, 'forward', ['contract/broken']],
    ['a break', 3, 'backward', ['contract/broken']],
    ['a break that only kills a rule', 4, 'backward', ['contract/rule-dies']],
  ] as const)('has %s', async (_, to, mode, codes) => {
    const told = await step(to, mode, codes.length);
    expect(told.findings.map(({ code }) => code)).toEqual(codes);
    expect(told.rules?.map(({ rule, effect }) => `${rule} ${effect}`)).toEqual(
      to === 4 ? ['ChatReviewRule dies'] : [],
    );
  });
});
