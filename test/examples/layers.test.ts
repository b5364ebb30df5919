import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalog } from '../../generated/catalog.ts';
import { schemaFiles } from '../support/mangaassist.ts';

interface Resource {
  readonly Type: string;
  readonly Metadata?: {
    readonly BuildProperties: { readonly EntryPoints: readonly string[] };
    readonly Busproof: {
      readonly publishes: readonly { readonly event: string }[];
      readonly callsModel?: boolean;
      readonly rejectsAtDepth?: number;
      readonly disables?: readonly string[];
    };
  };
  readonly Properties: Readonly<Record<string, unknown>>;
}

const folder = (name: string) =>
  fileURLToPath(new URL(`../../examples/mangaassist/${name}/`, import.meta.url));
const read = (name: string, path: string) => readFileSync(folder(name) + path, 'utf8');
const resources = (name: string): Record<string, Resource> =>
  // Short-form intrinsic functions are read as their arguments; that is enough here.
  parse(read(name, 'template.yaml'), { logLevel: 'silent' }).Resources;
const ofType = (name: string, type: string) =>
  Object.entries(resources(name)).filter(([, resource]) => resource.Type === type);
const functions = (name: string) => ofType(name, 'AWS::Serverless::Function');
const rules = (name: string) =>
  Object.fromEntries(
    ofType(name, 'AWS::Events::Rule').map(([, { Properties }]) => [Properties['Name'], Properties]),
  ) as Record<string, { EventPattern: unknown; Targets: { Arn: string }[] }>;

/** Every action that a function's own policies allow. */
const allowed = (resource: Resource) =>
  (resource.Properties['Policies'] as { Statement: { Action: string | string[] }[] }[])
    .flatMap(({ Statement }) => Statement)
    .flatMap(({ Action }) => Action);

describe('after differs from before by the four layers and no more', () => {
  const sources = (name: string) => readdirSync(`${folder(name)}src`).sort();

  test('in its files', () => {
    const added = sources('after').filter((file) => !sources('before').includes(file));
    expect(added).toEqual(['ai-analytics-terminal.ts', 'rule-disabler.ts']);
    // What every team writes by hand: the types, the chain's members, the outcome. Now they are generated.
    const gone = sources('before').filter((file) => !sources('after').includes(file));
    expect(gone).toEqual(['events.ts', 'metadata.ts', 'outcome.ts']);
  });

  test('in its template resources', () => {
    const [before, after] = [resources('before'), resources('after')];
    expect(Object.keys(before).filter((id) => !(id in after))).toEqual([]);
    expect(Object.keys(after).filter((id) => !(id in before))).toEqual([
      // Layer 1: the models' own events end here.
      'AiAnalyticsTerminalRule',
      'AiAnalyticsTerminalFunction',
      'AiAnalyticsTerminalPermission',
      'AiAnalyticsStream',
      'AiAnalyticsStreamRole',
      'AiAnalyticsBucket',
      // Layer 4: the circuit breaker.
      'ModelInvocationsAlarm',
      'CircuitBreakerTopic',
      'RuleDisablerSubscription',
      'PagerDutySubscription',
      'RuleDisablerFunction',
      'RuleDisablerPermission',
    ]);
    const changed = Object.keys(before).filter(
      (id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]),
    );
    // Layers 1 and 2 in the rules, 2 and 3 in what the functions say of themselves.
    expect(changed).toEqual([
      'ModerationSuggestionRule',
      'AllEventsAnalyticsRule',
      'ModerationFunction',
      'SuggestionFunction',
      'AnalyticsFunction',
    ]);
    for (const id of changed.slice(2)) expect(after[id]?.Properties).toEqual(before[id]?.Properties);
  });

  test('in its rules', () => {
    expect(rules('before')).toMatchObject({
      'MangaAssist-ReviewSubmitted': {
        EventPattern: { source: ['mangaassist.reviews'], 'detail-type': ['ReviewSubmitted'] },
        Targets: [{ Arn: 'ModerationFunction.Arn' }],
      },
      'MangaAssist-ModerationSuggestion': {
        EventPattern: { source: ['mangaassist.reviews'], 'detail-type': ['ModerationFlagged'] },
        Targets: [{ Arn: 'SuggestionFunction.Arn' }],
      },
      'MangaAssist-AllEvents-Analytics': {
        EventPattern: { source: [{ prefix: 'mangaassist.' }] },
        Targets: [{ Arn: 'AnalyticsFunction.Arn' }, { Arn: 'SuggestionFunction.Arn' }],
      },
    });
    const raw = { processing_stage: ['raw'] };
    const sources = ['chat', 'payments', 'reviews', 'catalog'].map((name) => `mangaassist.${name}`);
    expect(rules('after')['MangaAssist-ModerationSuggestion']?.EventPattern).toHaveProperty('detail', raw);
    expect(rules('after')['MangaAssist-AllEvents-Analytics']?.EventPattern).toEqual({
      source: sources,
      detail: raw,
    });
    expect(rules('after')['MangaAssist-AI-Analytics-Terminal']).toMatchObject({
      EventPattern: { source: ['mangaassist.ai'] },
      Targets: [{ Arn: 'AiAnalyticsTerminalFunction.Arn' }],
    });
  });
});

describe.each(['before', 'after'])('%s: what the functions say of themselves', (name) => {
  const schemas = schemaFiles().map(({ source, detailType }) => `${source}@${detailType}`);

  test('every event type is published by somebody', () => {
    const events = functions(name).flatMap(([, { Metadata }]) => Metadata!.Busproof.publishes);
    expect(events.map(({ event }) => event).sort()).toEqual([...schemas].sort());
  });

  test.each(functions(name))('%s', (_, resource) => {
    const { Busproof, BuildProperties } = resource.Metadata!;
    const [file = ''] = BuildProperties.EntryPoints;
    const code = read(name, `src/${file}`);
    expect(resource.Properties['Handler']).toBe(file.replace(/ts$/, 'handler'));
    expect(code).toMatch(/export (async function|function|const) handler/);
    // The permissions say the same as the declaration, and so does the code.
    const actions = allowed(resource);
    expect(actions.includes('events:PutEvents')).toBe(Busproof.publishes.length > 0);
    expect(actions.includes('bedrock:InvokeModel')).toBe(Busproof.callsModel ?? false);
    expect(actions.includes('events:DisableRule')).toBe(Busproof.disables !== undefined);
    const consumes = `import * as consume from '../../../../generated/components/`;
    expect(code.includes(consumes)).toBe(Busproof.rejectsAtDepth !== undefined);
    expect(new Set(publishedBy(code))).toEqual(new Set(Busproof.publishes.map(({ event }) => event)));
  });

  test('a dead-letter queue and a bounded retry behind every target', () => {
    for (const rule of Object.values(rules(name)))
      for (const target of rule.Targets)
        expect(target).toMatchObject({
          DeadLetterConfig: { Arn: 'EventBridgeDLQ.Arn' },
          RetryPolicy: { MaximumRetryAttempts: 4 },
        });
  });
});

/** The event types a handler names: in PutEvents entries by hand, or as generated publishers. */
function publishedBy(code: string): string[] {
  const byHand = [...code.matchAll(/Source: '(.+)',\s+DetailType: '(.+)',/g)];
  const generated = [...code.matchAll(/\bpublish\.(\w+)(?:\.event)?\(/g)].map(([, name]) =>
    Object.values(catalog).find((entry) => entry.name === name),
  );
  return [
    ...byHand.map((match) => `${match[1]}@${match[2]}`),
    ...generated.map((entry) => `${entry?.source}@${entry?.detailType}`),
  ];
}

test('the circuit breaker disables rules that exist, as declared and as set', () => {
  const breaker = resources('after')['RuleDisablerFunction']!;
  const { Variables } = breaker.Properties['Environment'] as { Variables: { RULE_NAMES: string } };
  expect(Variables.RULE_NAMES.split(',')).toEqual(breaker.Metadata?.Busproof.disables);
  for (const rule of Variables.RULE_NAMES.split(',')) expect(Object.keys(rules('after'))).toContain(rule);
});
