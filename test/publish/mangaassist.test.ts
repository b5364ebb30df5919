import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkSystem } from '../../src/checks/run.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { type Document, documentOf } from '../../src/json/document.ts';
import { parseData } from '../../src/json/parse-data.ts';
import { loadContracts } from '../../src/load/contracts/contracts.ts';
import { loadTemplates } from '../../src/load/index.ts';
import { printEventType } from '../../src/model/event-type.ts';
import { loadParsers } from '../../src/publish/code/parsers.ts';
import { mangaassistSchemas, schemaFiles } from '../support/mangaassist.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const parsers = await loadParsers();
const contracts = loadContracts(
  [...schemaFiles().map(({ path }) => path), 'common.json'].map((path) => {
    const document = documentOf(path, readFileSync(mangaassistSchemas + path, 'utf8'));
    return { path, node: parseData(document).value! };
  }),
).value;

function read(path: string): Document | undefined {
  return existsSync(root + path) ? documentOf(path, readFileSync(root + path, 'utf8')) : undefined;
}

/** The template without what it says about publishers: everything under `Busproof`. */
function withoutDeclarations(text: string): string {
  const indent = (line: string): number => line.length - line.trimStart().length;
  const kept: string[] = [];
  let below: number | undefined;
  for (const line of text.split('\n')) {
    if (below !== undefined && (line.trim() === '' || indent(line) > below)) continue;
    below = line.trim() === 'Busproof:' ? indent(line) : undefined;
    if (below === undefined) kept.push(line);
  }
  return kept.join('\n');
}

function checked(which: 'before' | 'after', declared: boolean) {
  const path = `examples/mangaassist/${which}/template.yaml`;
  const text = read(path)!.text;
  const document = documentOf(path, declared ? text : withoutDeclarations(text));
  const { value: parts } = loadTemplates([document], { readLocal: read });
  return checkSystem(
    {
      parts,
      contracts,
      diagnostics: [],
      templates: 1,
      schemas: contracts.length,
      resources: parts.resources,
      sources: declared ? {} : { read, parsers },
    },
    defaultConfig,
    '2026-11-23',
  );
}

type Report = ReturnType<typeof checked>;

const emissions = ({ topology }: Report): string[] =>
  topology.emissions
    .map(({ component, event, bus, depth, stage }) =>
      JSON.stringify([component, event && printEventType(event), bus, depth, stage]),
    )
    .sort();

const loops = ({ loops: all }: Report): string[] =>
  all.map(({ loop }) => `${loop.verdict.kind} ${loop.id}`).sort();

describe.each(['before', 'after'] as const)('MangaAssist %s, without its declarations', (which) => {
  const declared = checked(which, true);
  const found = checked(which, false);

  it('publishes the same events', () => {
    const events = ({ topology }: Report): string[] =>
      topology.emissions
        .map(({ component, event, bus }) => `${component} ${event && printEventType(event)} ${bus}`)
        .sort();
    expect(events(found)).toEqual(events(declared));
  });

  it('knows the same components to be silent', () => {
    const silent = ({ topology }: Report): string[] =>
      topology.components.filter(({ silence }) => silence).map(({ name }) => name);
    expect(silent(found)).toEqual(silent(declared));
  });
});

it('gives the events before the same depth and stage, with and without declarations', () => {
  expect(emissions(checked('before', false))).toEqual(emissions(checked('before', true)));
});

it('has the same loops before, with and without declarations', () => {
  const found = loops(checked('before', false));
  expect(found).toEqual(loops(checked('before', true)));
  expect(found.filter((loop) => loop.startsWith('endless')).length).toBeGreaterThan(0);
});

it('derives from the code how deep the consumers follow', () => {
  const guards = (report: Report): string[] =>
    report.topology.components.map(({ name, rejectsAtDepth }) => `${name} ${rejectsAtDepth?.depth}`).sort();
  const said = guards(checked('after', true));
  expect(guards(checked('after', false))).toEqual(said);
  expect(said.filter((each) => each.endsWith(' 3')).length).toBeGreaterThan(2);
  const found = loops(checked('after', false));
  expect(found).toEqual(loops(checked('after', true)));
});

it('proves the terminal analytics function silent by its role', () => {
  const terminal = checked('after', false).topology.components.find(
    ({ name }) => name === 'AiAnalyticsTerminalFunction',
  );
  expect(terminal?.silence).toMatchObject({ kind: 'iam', text: 'its role allows no events:PutEvents' });
});
