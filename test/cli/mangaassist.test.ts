import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { cli, folderWith, projectRoot } from '../support/cli.ts';

const example = (name: string) => join(projectRoot, 'examples/mangaassist', name);
const after = readFileSync(example('after/template.yaml'), 'utf8');
const schemas = join(projectRoot, 'schemas/mangaassist');

interface LoopJson {
  readonly verdict: string;
  readonly eventTypes: readonly string[];
  readonly rules: readonly string[];
  readonly components: readonly string[];
  readonly growthPerRound?: number;
  readonly eventsAfterTenRounds?: number;
  readonly layers: readonly { readonly layer: string; readonly stops: boolean }[];
  readonly circuitBreakers: readonly string[];
  readonly events?: readonly ({ readonly source: string; readonly detail: Record<string, unknown> } | null)[];
}

interface ReportJson {
  readonly loops: readonly LoopJson[];
  readonly findings: readonly { readonly code: string; readonly place?: { readonly line: number } }[];
}

async function report(path: string, code: number): Promise<ReportJson> {
  const result = await cli(['check', path, '--format', 'json']);
  expect(result.err).toBe('');
  expect(result.code).toBe(code);
  const value = JSON.parse(result.out) as ReportJson;
  const ajv = addFormats.default(new Ajv2020({ strict: false }));
  const schema = JSON.parse(readFileSync(join(projectRoot, 'schemas/busproof/report.schema.json'), 'utf8'));
  const validate = ajv.compile(schema);
  expect(validate(value), ajv.errorsText(validate.errors)).toBe(true);
  return value;
}

/** The `after` template with some text replaced, checked with the same schemas. */
async function changed(
  code: number,
  ...edits: readonly (readonly [from: string, to: string])[]
): Promise<ReportJson> {
  let template = after;
  for (const [from, to] of edits) {
    expect(template).toContain(from);
    template = template.replaceAll(from, to);
  }
  const folder = folderWith({
    'template.yaml': template,
    'busproof.config.json': JSON.stringify({ schemas, templates: 'template.yaml' }),
  });
  return report(folder, code);
}

const withoutSource = [
  'source: [mangaassist.chat, mangaassist.payments, mangaassist.reviews, mangaassist.catalog]',
  'source: [{ prefix: mangaassist. }]',
] as const;
const withoutStage = ['        detail: { processing_stage: [raw] }\n', ''] as const;
const withoutGuard = ['        rejectsAtDepth: 3\n', ''] as const;

const self = ['mangaassist.ai@AnalyticsProcessed'];

function layersOf(loop: LoopJson): string[] {
  return loop.layers.filter(({ stops }) => stops).map(({ layer }) => layer);
}

describe('MangaAssist before the incident', () => {
  it('is a red build: every endless loop is found, named, and grows by two per round', async () => {
    const { loops, findings } = await report(example('before'), 1);
    const endless = loops.filter(({ verdict }) => verdict === 'endless');
    expect(endless.map(({ eventTypes, rules, components }) => ({ eventTypes, rules, components }))).toEqual([
      { eventTypes: self, rules: ['MangaAssist-AllEvents-Analytics'], components: ['AnalyticsFunction'] },
      {
        eventTypes: [...self, 'mangaassist.ai@SuggestionGenerated'],
        rules: ['MangaAssist-AllEvents-Analytics'],
        components: ['SuggestionFunction', 'AnalyticsFunction'],
      },
      {
        eventTypes: ['mangaassist.ai@SuggestionGenerated'],
        rules: ['MangaAssist-AllEvents-Analytics'],
        components: ['SuggestionFunction'],
      },
    ]);
    for (const loop of endless) {
      expect(loop.growthPerRound).toBe(2);
      expect(loop.eventsAfterTenRounds).toBe(1024);
      expect(layersOf(loop)).toEqual([]);
      expect(loop.events?.every((event) => event?.source === 'mangaassist.ai')).toBe(true);
    }
    expect(findings.filter(({ code }) => code === 'loop/endless')).toHaveLength(3);
    expect(findings.every(({ place }) => place !== undefined)).toBe(true);
  });

  it('tells it to people with the place, the event, the growth and a fix that was tried', async () => {
    const { code, out } = await cli(['check', example('before')]);
    expect(code).toBe(1);
    expect(out).toContain(
      'AnalyticsProcessed → MangaAssist-AllEvents-Analytics → AnalyticsFunction → AnalyticsProcessed',
    );
    expect(out).toContain('matches what AnalyticsFunction itself publishes');
    expect(out).toContain('this event goes round');
    expect(out).toContain('growth 2.0 per round: 1 → 1,024 events after 10 rounds');
    expect(out).toContain('nothing bounds it: no processing_stage filter, no chain-depth guard');
    expect(out).toContain('tried: with this pattern the loop is refuted');
  });
});

describe('MangaAssist after the fix', () => {
  it('is clean, and says which layers refute each candidate', async () => {
    const { loops, findings } = await report(example('after'), 0);
    expect(findings.filter(({ code }) => code.startsWith('loop/'))).toEqual([]);
    expect(loops).toHaveLength(3);
    for (const loop of loops) {
      expect(loop.verdict).toBe('refuted');
      expect(layersOf(loop)).toEqual(['source differentiation', 'processing stage', 'chain depth']);
      expect(loop.circuitBreakers).toEqual(['RuleDisablerFunction']);
    }
  });

  const cases: [name: string, edits: (readonly [string, string])[], verdict: string, layers: string[]][] = [
    ['the source list', [withoutSource], 'refuted', ['processing stage', 'chain depth']],
    ['the stage filter', [withoutStage], 'refuted', ['source differentiation', 'chain depth']],
    ['the depth guard', [withoutGuard], 'refuted', ['source differentiation', 'processing stage']],
    ['source list and stage filter', [withoutSource, withoutStage], 'bounded', ['chain depth']],
    ['source list and depth guard', [withoutSource, withoutGuard], 'refuted', ['processing stage']],
    ['stage filter and depth guard', [withoutStage, withoutGuard], 'refuted', ['source differentiation']],
    ['all three', [withoutSource, withoutStage, withoutGuard], 'endless', []],
  ];
  it.each(cases)('without %s says what is left', async (_name, edits, verdict, layers) => {
    const { loops } = await changed(verdict === 'endless' ? 1 : 0, ...edits);
    expect(loops).toHaveLength(3);
    for (const loop of loops) {
      expect(loop.verdict).toBe(verdict);
      expect(layersOf(loop)).toEqual(layers);
    }
  });

  it('without its circuit breaker says that it has none', async () => {
    const { loops } = await changed(0, [
      'disables:\n          [MangaAssist-AllEvents-Analytics, MangaAssist-ModerationSuggestion, MangaAssist-ReviewSubmitted]',
      'callsModel: false',
    ]);
    for (const loop of loops) expect(loop.circuitBreakers).toEqual([]);
  });
});
