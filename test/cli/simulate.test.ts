import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { xmlProblem } from '../report/well-formed.ts';
import { cli, folderWith, projectRoot } from '../support/cli.ts';

const example = (path: string) => join(projectRoot, 'examples/mangaassist', path);
const after = readFileSync(example('after/template.yaml'), 'utf8');
const schemas = join(projectRoot, 'schemas/mangaassist');

interface SimulationJson {
  readonly stopped: string;
  readonly endMilliseconds: number;
  readonly totals: { readonly accepted: number; readonly cost: number; readonly throttles: number };
  readonly components: readonly {
    readonly name: string;
    readonly peakConcurrency: number;
    readonly throttles: number;
  }[];
  readonly alarms: readonly { readonly name: string; readonly counted: number }[];
  readonly series: readonly { readonly events: number }[];
}

async function simulated(...line: string[]): Promise<SimulationJson> {
  const { out, err } = await cli(['simulate', '--format', 'json', ...line]);
  expect(err).toBe('');
  return JSON.parse(out) as SimulationJson;
}

/** The `after` template with some of its layers taken out. */
function without(...layers: (keyof typeof edits)[]): string {
  const template = layers.reduce((text, layer) => {
    const [from, to] = edits[layer];
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  }, after);
  return folderWith({
    'template.yaml': template,
    'busproof.config.json': JSON.stringify({ schemas, templates: 'template.yaml' }),
  });
}

const edits = {
  source: [
    'source: [mangaassist.chat, mangaassist.payments, mangaassist.reviews, mangaassist.catalog]',
    'source: [{ prefix: mangaassist. }]',
  ],
  stage: ['        detail: { processing_stage: [raw] }\n', ''],
  depth: ['        rejectsAtDepth: 3\n', ''],
  breaker: ['      AlarmActions: [!Ref CircuitBreakerTopic]\n', ''],
} as const;

describe('the layers of MangaAssist', () => {
  const review = ['--event', 'ReviewSubmitted', '--for', '20m', '--stop-at', 'events=20000'];

  it.each([
    ['all of them', []],
    ['source differentiation alone', ['stage', 'depth', 'breaker']],
    ['the processing stage alone', ['source', 'depth', 'breaker']],
    ['the chain depth alone', ['source', 'stage', 'breaker']],
  ] as const)('%s: everything comes to rest', async (_name, layers) => {
    const { stopped, totals, alarms } = await simulated(...review, without(...layers));
    expect(stopped).toBe('quiet');
    expect(totals.accepted).toBeLessThan(50);
    expect(alarms).toEqual([]);
  });

  it('the circuit breaker alone: it trips, and the bill until then is known', async () => {
    const folder = without('source', 'stage', 'depth');
    const { alarms } = await simulated('--event', 'ReviewSubmitted', '--for', '310s', folder);
    expect(alarms).toMatchObject([{ name: 'MangaAssist-ModelInvocations' }]);
    expect(alarms[0]!.counted).toBeGreaterThan(10_000);
  }, 120_000);

  it('none of them: it goes on', async () => {
    const { stopped } = await simulated(...review, without('source', 'stage', 'depth', 'breaker'));
    expect(stopped).toBe('events');
  }, 120_000);
});

describe('Golden Week', () => {
  const scenario = (name: string) => ['--scenario', example(`scenarios/${name}.yaml`)];
  const of = ({ components }: SimulationJson, name: string) => components.find((each) => each.name === name)!;

  it('with the numbers of the runbook throttles nothing', async () => {
    const found = await simulated(...scenario('golden-week-before'), '--for', '5m', example('golden-week'));
    expect(of(found, 'WebhookFunction').throttles).toBe(0);
    expect(of(found, 'WebhookFunction').peakConcurrency).toBeLessThan(50);
  });

  it('with five times the payments does, and not behind queues', async () => {
    const line = ['--for', '5m'];
    const before = await simulated(...scenario('golden-week-surge-before'), ...line, example('golden-week'));
    expect(of(before, 'WebhookFunction')).toMatchObject({ peakConcurrency: 50 });
    expect(of(before, 'WebhookFunction').throttles).toBeGreaterThan(1000);
    const behind = await simulated(...scenario('golden-week-surge-after'), ...line, example('after'));
    expect(behind.totals.throttles).toBe(0);
  });
});

describe('busproof simulate', () => {
  it('draws a picture', async () => {
    const { out, code } = await cli(['simulate', '--format', 'svg', '--for', '30s', example('before')]);
    expect(code).toBe(0);
    expect(xmlProblem(out)).toBeUndefined();
  });

  it('exits with 1 where a limit was reached', async () => {
    const { code, out } = await cli(['simulate', '--stop-at', 'events=100', example('before')]);
    expect(code).toBe(1);
    expect(out).toContain('stopped at 100 events');
  });

  it('refuses a scenario that it cannot read, with every place', async () => {
    const folder = folderWith({
      'scenario.yaml':
        'for: 3x\nentries:\n  - { event: nope, rat: 3 }\ncomponents: { F: { duration: [3s, 1s] } }\n',
    });
    const { code, err, out } = await cli(
      ['simulate', '--scenario', 'scenario.yaml', example('before')],
      folder,
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const place of [
      'scenario.yaml:1:6',
      'scenario.yaml:3:14',
      'scenario.yaml:3:20',
      'scenario.yaml:4:30',
    ])
      expect(err).toContain(place);
  });

  it.each([
    [['--event', 'Nope'], 'no event type is called "Nope"'],
    [['--event', 'ReviewSubmitted=many'], 'takes a number, or a rate'],
    [['--for', 'ever'], '--for is a time'],
    [['--seed', 'x'], '--seed is a whole number'],
    [['--stop-at', 'time=1'], '--stop-at is events=N'],
    [['--scenario', 'nowhere.yaml'], 'cannot read nowhere.yaml'],
  ])('%j: says what is wrong', async (line, expected) => {
    const { code, err } = await cli(['simulate', ...line, example('before')]);
    expect(code).toBe(2);
    expect(err).toContain(expected);
  });

  it('names components of a scenario that are not there', async () => {
    const folder = folderWith({ 's.json': '{"components":{"AnalyticFunction":{"cost":1}}}' });
    const { err } = await cli(['simulate', '--scenario', 's.json', '--for', '1s', example('before')], folder);
    expect(err).toContain('did you mean "AnalyticsFunction"?');
  });
});
