import { describe, expect, it } from 'vitest';
import { type BreakingOptions, type BreakingReport, checkBreaking } from '../../src/checks/breaking.ts';
import { type Config, defaultConfig, parseConfig } from '../../src/config/config.ts';
import { documentOf } from '../../src/json/document.ts';
import { parseData } from '../../src/json/parse-data.ts';
import type { JsonObject } from '../../src/json/value.ts';
import { loadTemplates } from '../../src/load/index.ts';
import { documents, eventSchema, type Files } from './support.ts';

const options: BreakingOptions = { mode: 'backward', allowUnknown: false, today: '2026-06-15' };

/** What a change breaks in the system of a template. */
function breaking(
  before: Files,
  after: Files,
  template = '',
  config: Config = defaultConfig,
  more = {},
): BreakingReport {
  const loaded = loadTemplates(template === '' ? [] : [documentOf('template.yaml', template)]);
  const system = {
    parts: loaded.value,
    contracts: [],
    diagnostics: [],
    templates: 1,
    schemas: 1,
    resources: loaded.value.resources,
  };
  const now = { name: 'now', documents: documents(after) };
  return checkBreaking(system, now, [{ name: 'main', documents: documents(before, 'main') }], config, {
    ...options,
    ...more,
  });
}

function configOf(text: string): Config {
  return parseConfig(parseData(documentOf('busproof.config.yaml', text)).value!).value;
}

const staged = (eventType: string, stage: JsonObject): Files => ({
  [`${eventType}.json`]: eventSchema(eventType, {
    type: 'object',
    properties: { stage },
    required: ['stage'],
    additionalProperties: false,
  }),
});
const both = { enum: ['raw', 'processed'] };
const raw = { enum: ['raw'] };
const processed = { enum: ['processed'] };

const rules = (patterns: Readonly<Record<string, string>>): string =>
  `Resources:\n  Log: { Type: AWS::Logs::LogGroup }\n${Object.entries(patterns)
    .map(
      ([name, pattern]) =>
        `  ${name}:\n    Type: AWS::Events::Rule\n    Properties:\n      EventPattern: ${pattern}\n      Targets: [{ Id: log, Arn: !GetAtt Log.Arn }]\n`,
    )
    .join('')}`;

const told = ({ rules: effects }: BreakingReport) =>
  effects.map((effect) => [
    effect.route.name,
    effect.event,
    effect.kind === 'loses' ? (effect.others.length === 0 ? 'dies' : 'loses') : effect.kind,
  ]);
const codes = ({ findings }: BreakingReport) => findings.map(({ code, severity }) => `${severity} ${code}`);

describe('rules', () => {
  const order = 'shop@Order';
  const cases: readonly (readonly [
    what: string,
    before: Files,
    after: Files,
    pattern: string,
    effect: string | undefined,
  ])[] = [
    [
      'dies of a value that is gone',
      staged(order, both),
      staged(order, raw),
      '{ source: [shop], detail: { stage: [processed] } }',
      'dies',
    ],
    [
      'lives on with a value that stays',
      staged(order, both),
      staged(order, raw),
      '{ source: [shop], detail: { stage: [raw] } }',
      undefined,
    ],
    [
      'was dead before',
      staged(order, raw),
      staged(order, raw),
      '{ detail: { stage: [processed] } }',
      undefined,
    ],
    [
      'gains a value',
      staged(order, raw),
      staged(order, both),
      '{ source: [shop], detail: { stage: [processed] } }',
      'gains',
    ],
    ['gains an event type', {}, staged(order, raw), '{ source: [shop] }', 'gains'],
    ['dies with its event type', staged(order, raw), {}, '{ source: [shop] }', 'dies'],
    [
      'loses one of two',
      { ...staged(order, both), ...staged('shop@Other', both) },
      { ...staged(order, raw), ...staged('shop@Other', both) },
      '{ source: [shop], detail: { stage: [processed] } }',
      'loses',
    ],
    [
      'is not asked about other sources',
      staged(order, both),
      staged(order, raw),
      '{ source: [bank] }',
      undefined,
    ],
    [
      'hangs on a parameter',
      staged(order, both),
      staged(order, raw),
      '{ source: [shop], detail: { stage: [processed, !Ref Other] } }',
      'undecided',
    ],
    [
      'is not asked when it is disabled',
      staged(order, both),
      staged(order, raw),
      '{ source: [shop], detail: { stage: [processed] } }\n      State: DISABLED',
      undefined,
    ],
  ];

  it.each(cases)('a rule that %s', (_, before, after, pattern, effect) => {
    const template = `Parameters: { Other: { Type: String } }\n${rules({ Rule: pattern })}`;
    const report = breaking(before, after, template);
    expect(told(report)).toEqual(effect === undefined ? [] : [['Rule', order, effect]]);
  });

  it('are told with an event that was taken, and the place in the new schema', () => {
    const template = rules({ Rule: '{ source: [shop], detail: { stage: [processed] } }' });
    const report = breaking(staged(order, both), staged(order, raw), template);
    expect(codes(report)).toEqual(['error contract/rule-dies']);
    const [dies] = report.findings;
    expect(dies!.witness).toMatchObject({
      source: 'shop',
      'detail-type': 'Order',
      detail: { stage: 'processed' },
    });
    const { document, start, end } = dies!.related![0]!.span;
    expect(document.path).toBe(`new/${order}.json`);
    expect(document.text.slice(start, end)).toContain('"enum"');
  });
});

describe('loops', () => {
  const template = `Resources:
  Worker:
    Type: AWS::Lambda::Function
    Metadata: { Busproof: { publishes: [shop@Done] } }
    Properties: { Code: { ZipFile: "" }, Runtime: nodejs20.x, Handler: index.handler, Role: "arn:aws:iam::111122223333:role/r" }
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [shop], detail: { stage: [raw] } }
      Targets: [{ Id: worker, Arn: !GetAtt Worker.Arn }]
`;

  it('open when a schema admits what a rule lets pass', () => {
    const report = breaking(staged('shop@Done', processed), staged('shop@Done', raw), template);
    expect(report.loops).toHaveLength(1);
    expect(report.loops[0]).toMatchObject({ was: 'refuted', loop: { verdict: { kind: 'endless' } } });
    expect(codes(report)).toContain('error contract/loop-opens');
  });

  it('that were open before are no news', () => {
    const report = breaking(staged('shop@Done', both), staged('shop@Done', raw), template);
    expect(report.loops).toEqual([]);
    expect(codes(report)).toEqual([]);
  });
});

describe('acceptances', () => {
  const before = staged('shop@A', raw);
  const after = staged('shop@A', both);
  const accepting = (event: string, until = '') =>
    configOf(`breaking: [{ event: ${event}, reason: known${until && `, until: ${until}`} }]`);

  it.each([
    ['of that event type', accepting('shop@A'), []],
    ['that still holds', accepting('shop@A', '2026-06-15'), []],
    [
      'that is over',
      accepting('shop@A', '2026-06-14'),
      ['error contract/broken', 'warning config/expired-break'],
    ],
    ['of another event type', accepting('shop@B'), ['error contract/broken', 'warning config/stale-break']],
    ['by severity', configOf('severity: { contract/broken: warning }'), ['warning contract/broken']],
    ['none', defaultConfig, ['error contract/broken']],
  ])('an acceptance %s', (_, config, wanted) => {
    const report = breaking(before, after, '', config);
    expect(codes(report)).toEqual(wanted);
    expect(report.accepted.map(({ acceptance }) => acceptance.reason)).toEqual(
      wanted.length === 0 ? ['known'] : [],
    );
  });

  it('of a rule that dies', () => {
    const template = rules({ Rule: '{ source: [shop], detail: { stage: [processed] } }' });
    const report = breaking(after, before, template, accepting('shop@A'));
    expect(codes(report)).toEqual([]);
    expect(report.accepted.map(({ finding }) => finding.code)).toEqual(['contract/rule-dies']);
  });

  it('is not needed for what may be unknown', () => {
    const unclear = staged('shop@A', { $ref: 'https://nowhere.example/x' });
    expect(codes(breaking(before, unclear))).toEqual(['error contract/undecided']);
    expect(codes(breaking(before, unclear, '', defaultConfig, { allowUnknown: true }))).toEqual([
      'warning contract/undecided',
    ]);
  });
});
