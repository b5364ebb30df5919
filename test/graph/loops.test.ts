import { describe, expect, it } from 'vitest';
import { checkSystem } from '../../src/checks/run.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { amplifications } from '../../src/graph/amplification.ts';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import type { Loop } from '../../src/graph/loop.ts';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import { loopWords } from '../../src/graph/words.ts';
import { documentOf } from '../../src/json/document.ts';
import { hole } from '../../src/json/holes.ts';
import type { JsonObject } from '../../src/json/value.ts';
import { loadTemplates } from '../../src/load/index.ts';
import { topologyOf } from '../../src/model/topology.ts';
import { type PublicationSketch, type SystemSketch, systemOf } from '../support/system.ts';

const guarded: JsonObject = {
  type: 'object',
  properties: {
    processing_stage: { enum: ['raw', 'processed'] },
    _chain_depth: { type: 'integer', minimum: 0 },
  },
  required: ['processing_stage', '_chain_depth'],
};

function analyze(sketch: SystemSketch) {
  return analyzeLoops(systemOf(sketch), defaultSettings, schemaOracle(defaultSettings));
}

/** All loops, the strict ones first: `verdict: words`. */
function told(sketch: SystemSketch): string[] {
  const { groups, near } = analyze(sketch);
  const loops = [...groups.flatMap((group) => group.loops), ...near];
  return loops.map((loop) => `${loop.verdict.kind}: ${loopWords(loop.hops)}`).sort();
}

function only(sketch: SystemSketch): Loop {
  const { groups, near } = analyze(sketch);
  const loops = [...groups.flatMap((group) => group.loops), ...near];
  expect(loops).toHaveLength(1);
  return loops[0]!;
}

const self: SystemSketch = {
  rules: { R: { pattern: { source: ['a'] }, to: ['F'] } },
  functions: { F: { publishes: ['a@X'] } },
};

describe('verdicts', () => {
  const cases: [why: string, sketch: SystemSketch, loops: string[]][] = [
    ['a function that publishes what triggers it', self, ['endless: X → R → F → X']],
    [
      'a rule on another detail-type',
      { ...self, rules: { R: { pattern: { source: ['a'], 'detail-type': ['Y'] }, to: ['F'] } } },
      [],
    ],
    [
      'a disabled rule',
      { ...self, rules: { R: { ...self.rules['R']!, state: 'disabled' } } },
      ['refuted: X → R → F → X'],
    ],
    [
      'a rule of which nobody knows whether it is enabled',
      { ...self, rules: { R: { ...self.rules['R']!, state: 'unknown' } } },
      ['possible: X → R → F → X'],
    ],
    [
      'a rule under a condition',
      { ...self, rules: { R: { ...self.rules['R']!, condition: { name: 'IsProd', holds: false } } } },
      ['possible: X → R → F → X'],
    ],
    [
      'a rule whose filter could not be read',
      { ...self, rules: { R: { ...self.rules['R']!, filter: { kind: 'unknown', why: 'Fn::Transform' } } } },
      ['possible: X → R → F → X'],
    ],
    [
      'two functions that only cause each other',
      {
        rules: {
          R: { pattern: { 'detail-type': ['X'] }, to: ['F'] },
          S: { pattern: { 'detail-type': ['Y'] }, to: ['G'] },
        },
        functions: { F: { publishes: ['a@Y'] }, G: { publishes: ['a@X'] } },
      },
      ['endless: X → R → F → Y → S → G → X'],
    ],
    [
      'a publication that follows on another event only',
      { ...self, functions: { F: { publishes: [{ event: 'a@X', on: ['a@Other'] }] } } },
      [],
    ],
    [
      'an entry publisher is not caused by what it receives',
      { ...self, functions: { F: { publishes: [{ event: 'a@X', entry: true }] } } },
      [],
    ],
    [
      'a detail condition without a schema is not decided',
      { ...self, rules: { R: { pattern: { source: ['a'], detail: { kind: ['new'] } }, to: ['F'] } } },
      ['possible: X → R → F → X'],
    ],
    [
      'a detail condition the schema refutes',
      {
        ...self,
        rules: { R: { pattern: { source: ['a'], detail: { kind: ['new'] } }, to: ['F'] } },
        schemas: { 'a@X': { type: 'object', properties: { kind: { const: 'done' } }, required: ['kind'] } },
      },
      ['refuted: X → R → F → X'],
    ],
    [
      'a source that is known only at deployment is equal to itself',
      {
        rules: { R: { pattern: { source: [`${hole('param:Stage')}.orders`] }, to: ['F'] } },
        functions: { F: { publishes: [`${hole('param:Stage')}.orders@X`] } },
      },
      ['endless: X → R → F → X'],
    ],
    [
      'a source that is known only at deployment may be another one',
      {
        rules: { R: { pattern: { source: ['prod.orders'] }, to: ['F'] } },
        functions: { F: { publishes: [`${hole('param:Stage')}.orders@X`] } },
      },
      ['possible: X → R → F → X'],
    ],
    [
      'a source that no value of the parameter makes match',
      {
        rules: { R: { pattern: { source: ['prod.invoices'] }, to: ['F'] } },
        functions: { F: { publishes: [`${hole('param:Stage')}.orders@X`] } },
      },
      [],
    ],
    [
      "the deployment's own account",
      { ...self, rules: { R: { pattern: { account: [hole('AWS::AccountId')] }, to: ['F'] } } },
      ['endless: X → R → F → X'],
    ],
    [
      'an account that may be the own one',
      { ...self, rules: { R: { pattern: { account: ['111122223333'] }, to: ['F'] } } },
      ['possible: X → R → F → X'],
    ],
    [
      'anything-but an unknown source may let it pass',
      {
        rules: { R: { pattern: { source: [{ 'anything-but': [hole('param:Own')] }] }, to: ['F'] } },
        functions: { F: { publishes: ['a@X'] } },
      },
      ['possible: X → R → F → X'],
    ],
    [
      'rules alone forward an event to another bus once, not in a ring',
      {
        rules: {
          R: { pattern: { source: ['a'] }, to: ['bus:two'] },
          S: { pattern: { source: ['a'] }, to: ['bus:bus'], from: { kind: 'bus', bus: 'two' } },
        },
        functions: { F: { publishes: [{ event: 'a@X', entry: true }] } },
      },
      ['refuted: X → R → bus two → X → S → bus bus → X'],
    ],
    [
      'a re-publisher on the other bus closes the ring again',
      {
        rules: {
          R: { pattern: { source: ['a'] }, to: ['bus:two'] },
          S: { pattern: { source: ['a'] }, to: ['F'], from: { kind: 'bus', bus: 'two' } },
        },
        functions: { F: { publishes: ['a@X'] } },
      },
      ['endless: X → R → bus two → X → S → F → X'],
    ],
  ];
  it.each(cases)('%s', (_why, sketch, loops) => {
    expect(told(sketch)).toEqual(loops);
  });

  it('of more event types than are listed are told at least once', () => {
    const types = Array.from({ length: 9 }, (_, i) => `a@T${i}`);
    const loops = told({
      rules: { R: { pattern: { source: ['a'], detail: { unknown: ['x'] } }, to: ['F'] } },
      functions: { F: { publishes: types } },
    });
    expect(loops.length).toBeGreaterThan(0);
    expect(loops.every((loop) => loop.startsWith('possible'))).toBe(true);
  });
});

const far = '222233334444/eu-west-1/far';

describe('buses', () => {
  /** A rule on each bus that forwards what it takes; the last leads back. */
  const ring = (kinds: Record<string, 'custom' | 'v2'>, kind: 'rule' | 'subscriber' = 'rule') => {
    const names = Object.keys(kinds);
    const topology = systemOf({
      rules: Object.fromEntries(
        names.map((bus, i) => [
          `R${i}`,
          {
            pattern: { source: ['a'] },
            to: [`bus:${names[(i + 1) % names.length]}`],
            from: { kind: 'bus' as const, bus },
            kind,
          },
        ]),
      ),
      functions: { F: { publishes: [{ event: 'a@X', entry: true, bus: names[0]! }] } },
    });
    const buses = names.map((id) => ({ id, kind: kinds[id]!, declared: true }));
    const { groups } = analyzeLoops(
      topologyOf({ ...topology, buses }),
      defaultSettings,
      schemaOracle(defaultSettings),
    );
    return groups.flatMap(({ loops }) => loops.map(({ verdict }) => verdict));
  };

  it('of the first generation take an event from a rule once, in other accounts and Regions too', () => {
    for (const verdict of [
      ring({ one: 'custom', two: 'custom' }),
      ring({ one: 'custom', [far]: 'custom' }),
    ]) {
      expect(verdict).toMatchObject([{ kind: 'refuted', stop: { layer: 'hop limit' } }]);
    }
  });

  it('of the second generation stop nothing: their loop detection is best effort', () => {
    expect(ring({ one: 'v2', two: 'v2' }, 'subscriber')).toMatchObject([{ kind: 'endless' }]);
  });

  it('of both kinds in a row leave open whether a rule may forward again', () => {
    const verdicts = ring({ one: 'custom', new: 'v2', two: 'custom' });
    const limit = { layer: 'hop limit' };
    expect(verdicts).toMatchObject([{ kind: 'possible', doubts: [limit, limit] }]);
  });

  it('far away close a loop when somebody publishes anew', () => {
    const sketch: SystemSketch = {
      rules: {
        R: { pattern: { source: ['a'] }, to: [`bus:${far}`] },
        S: { pattern: { source: ['a'] }, to: ['F'], from: { kind: 'bus', bus: far } },
      },
      functions: { F: { publishes: ['a@X'] } },
    };
    expect(told(sketch)).toEqual([`endless: X → R → bus ${far} → X → S → F → X`]);
    const off = { ...sketch.rules['S']!, state: 'disabled' as const };
    expect(told({ ...sketch, rules: { ...sketch.rules, S: off } })).toEqual([
      `refuted: X → R → bus ${far} → X → S → F → X`,
    ]);
  });

  it('keep the event: what one rule asked for holds on the next bus', () => {
    const system = (there: string): SystemSketch => ({
      rules: {
        R: { pattern: { detail: { status: ['paid'] } }, to: ['bus:two'] },
        S: { pattern: { detail: { status: [there] } }, to: ['F'], from: { kind: 'bus', bus: 'two' } },
      },
      functions: { F: { publishes: ['a@X'] } },
      schemas: {
        'a@X': { type: 'object', properties: { status: { enum: ['paid', 'sent'] } }, required: ['status'] },
      },
    });
    expect(only(system('paid')).verdict.kind).toBe('endless');
    expect(only(system('sent')).verdict.kind).toBe('refuted');
  });
});

describe('one event', () => {
  it('that two rules never take together counts for one of them', () => {
    const sketch: SystemSketch = {
      rules: {
        R: { pattern: { source: ['a'], detail: { status: ['paid'] } }, to: ['F'] },
        S: { pattern: { source: ['a'], detail: { status: ['sent'] } }, to: ['F', 'G'] },
        T: { pattern: { source: ['a'] }, to: ['G'] },
      },
      functions: { F: { publishes: ['b@Y'] }, G: {} },
      schemas: {
        'a@X': { type: 'object', properties: { status: { enum: ['paid', 'sent'] } }, required: ['status'] },
      },
    };
    const [first] = amplifications(analyze(sketch));
    expect(first).toMatchObject({ events: 2, fanOut: 3, deliveries: 3, certain: true });
  });
});

describe('schemas', () => {
  it('that demand a depth do not hide a loop', () => {
    const deep: JsonObject = {
      ...guarded,
      properties: { ...(guarded['properties'] as JsonObject), _chain_depth: { type: 'integer', minimum: 1 } },
    };
    const loop = only({
      ...self,
      functions: {
        F: {
          publishes: [{ event: 'a@X', depth: { kind: 'copy' }, stage: { kind: 'copy' } }],
          rejectsAtDepth: { depth: 3 },
        },
        G: { publishes: [{ event: 'a@X', entry: true }] },
        H: { publishes: [{ event: 'a@X', depth: { kind: 'increment' }, stage: { kind: 'copy' } }] },
      },
      rules: {
        R: { pattern: { source: ['a'] }, to: ['F'] },
        S: { pattern: { source: ['b'] }, to: ['H'] },
      },
      schemas: { 'a@X': deep, 'b@In': guarded },
    });
    expect(loop.verdict.kind).toBe('endless');
  });

  it('that end the count bound the loop', () => {
    const short: JsonObject = {
      ...guarded,
      properties: {
        ...(guarded['properties'] as JsonObject),
        _chain_depth: { type: 'integer', minimum: 0, maximum: 5 },
      },
    };
    const loop = only({
      ...self,
      functions: {
        F: { publishes: [{ event: 'a@X', depth: { kind: 'increment' }, stage: { kind: 'copy' } }] },
      },
      schemas: { 'a@X': short },
    });
    expect(loop.verdict).toMatchObject({ kind: 'bounded', bound: { events: 5 } });
  });
});

/** The runbook's incident with any of its layers switched on. */
function incident({ source = false, stage = false, depth = false }): SystemSketch {
  const sources: JsonObject = { source: source ? ['m.chat', 'm.reviews'] : [{ prefix: 'm.' }] };
  const filter: JsonObject = stage ? { detail: { processing_stage: ['raw'] } } : {};
  const publication = (event: string): PublicationSketch => ({
    event,
    depth: depth ? { kind: 'increment' } : { kind: 'copy' },
    stage: stage ? { kind: 'set', value: 'processed' } : { kind: 'copy' },
  });
  const guard = depth ? { rejectsAtDepth: { depth: 3 } } : {};
  return {
    rules: { All: { pattern: { ...sources, ...filter }, to: ['Analytics', 'Suggestion'] } },
    functions: {
      Analytics: { publishes: [publication('m.ai@AnalyticsProcessed')], ...guard },
      Suggestion: { publishes: [publication('m.ai@SuggestionGenerated')], ...guard },
    },
    schemas: { 'm.ai@AnalyticsProcessed': guarded, 'm.ai@SuggestionGenerated': guarded },
  };
}

describe('the layers of the runbook', () => {
  const switches = [false, true];
  const combinations = switches.flatMap((source) =>
    switches.flatMap((stage) => switches.map((depth) => ({ source, stage, depth }))),
  );

  it.each(combinations)('in combination: %o', (layers) => {
    const { groups, near } = analyze(incident(layers));
    const loops = [...groups.flatMap((group) => group.loops), ...near];
    expect(loops).toHaveLength(3);
    const expected = layers.source || layers.stage ? 'refuted' : layers.depth ? 'bounded' : 'endless';
    for (const loop of loops) {
      expect(loop.verdict.kind).toBe(expected);
      const stops = Object.fromEntries(loop.layers.map((effect) => [effect.layer, effect.stops]));
      expect(stops).toEqual({
        'source differentiation': layers.source,
        'processing stage': layers.stage,
        'chain depth': layers.depth,
        'content filter': false,
      });
    }
  });

  it('are looked at alone where events arise only without the others', () => {
    const deep: JsonObject = {
      ...guarded,
      properties: { ...(guarded['properties'] as JsonObject), _chain_depth: { type: 'integer', minimum: 1 } },
    };
    const kind: JsonObject = { type: 'object', properties: { kind: { const: 'b' } }, required: ['kind'] };
    const loop = only({
      rules: {
        R: { pattern: { source: ['a'] }, to: ['F'] },
        // No b@In is of this kind: so no a@X arises at all.
        S: { pattern: { source: ['b'], detail: { kind: ['a'] } }, to: ['H'] },
      },
      functions: {
        F: { publishes: [{ event: 'a@X', depth: { kind: 'copy' }, stage: { kind: 'copy' } }] },
        H: {
          publishes: [{ event: 'a@X', depth: { kind: 'increment' }, stage: { kind: 'set', value: 'raw' } }],
        },
      },
      schemas: { 'a@X': deep, 'b@In': kind },
    });
    expect(loop.verdict.kind).toBe('refuted');
    const stops = loop.layers.filter((layer) => layer.stops).map(({ layer }) => layer);
    expect(stops).toEqual(['content filter']);
  });

  it('grows by two per round when nothing stops it', () => {
    const { groups } = analyze(incident({}));
    expect(groups).toHaveLength(1);
    expect(groups[0]!.growth).toMatchObject({ perRound: 2, certain: true });
  });

  it('stops at the depth of the guard, and says what that costs', () => {
    const loop = analyze(incident({ depth: true })).groups[0]!.loops.find(({ hops }) => hops.length === 1)!;
    expect(loop.verdict).toMatchObject({ kind: 'bounded', bound: { depth: 3, events: 3 } });
  });
});

describe('the depth guard', () => {
  it('does not bound what copies the depth instead of counting', () => {
    const loop = only({
      ...self,
      functions: {
        F: { publishes: [{ event: 'a@X', depth: { kind: 'copy' } }], rejectsAtDepth: { depth: 3 } },
      },
      schemas: { 'a@X': guarded },
    });
    expect(loop.verdict.kind).toBe('endless');
  });

  it('leaves open what happens when nobody says what becomes of the depth', () => {
    const loop = only({
      ...self,
      functions: { F: { publishes: ['a@X'], rejectsAtDepth: { depth: 3 } } },
      schemas: { 'a@X': guarded },
    });
    expect(loop.verdict.kind).toBe('possible');
  });

  it.each([1, 2, 3, 7, 200])('at %i costs that many events', (depth) => {
    const loop = only({
      ...self,
      functions: {
        F: { publishes: [{ event: 'a@X', depth: { kind: 'increment' } }], rejectsAtDepth: { depth } },
      },
      schemas: { 'a@X': guarded },
    });
    expect(loop.verdict).toMatchObject({ kind: 'bounded', bound: { depth, events: depth } });
  });

  it('is passed by a component that starts the count anew', () => {
    const loop = only({
      ...self,
      functions: {
        F: { publishes: [{ event: 'a@X', depth: { kind: 'set', value: 0 } }], rejectsAtDepth: { depth: 3 } },
      },
      schemas: { 'a@X': guarded },
    });
    expect(loop.verdict.kind).toBe('endless');
  });
});

describe('identity', () => {
  it('does not depend on the files, their names and what else stands in them', () => {
    const resources = {
      F: {
        Type: 'AWS::Lambda::Function',
        Metadata: { Busproof: { publishes: ['a@Y'] } },
      },
      G: { Type: 'AWS::Lambda::Function', Metadata: { Busproof: { publishes: ['a@X'] } } },
      R: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Name: 'to-f',
          EventPattern: { 'detail-type': ['X'] },
          Targets: [{ Id: 'f', Arn: { 'Fn::GetAtt': ['F', 'Arn'] } }],
        },
      },
      S: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Name: 'to-g',
          EventPattern: { 'detail-type': ['Y'] },
          Targets: [{ Id: 'g', Arn: { 'Fn::GetAtt': ['G', 'Arn'] } }],
        },
      },
    };
    const idsIn = (path: string, entries: [string, unknown][]): string[] => {
      const text = JSON.stringify({ Resources: Object.fromEntries(entries) });
      const { value } = loadTemplates([documentOf(path, text)]);
      const system = { parts: value, contracts: [], diagnostics: [], templates: 1, schemas: 0 };
      return checkSystem(system, defaultConfig, '2026-01-01').loops.map(({ loop }) => loop.id);
    };
    const ids = idsIn('one.json', Object.entries(resources));
    expect(ids).toHaveLength(1);
    const more: [string, unknown][] = [
      ['Topic', { Type: 'AWS::SNS::Topic', Properties: {} }],
      ...Object.entries(resources).reverse(),
    ];
    expect(idsIn('other/place/renamed.json', more)).toEqual(ids);
  });

  it('does not depend on where the loop is entered or on the order of rules', () => {
    const sketch: SystemSketch = {
      rules: {
        R: { pattern: { 'detail-type': ['X'] }, to: ['F'] },
        S: { pattern: { 'detail-type': ['Y'] }, to: ['G'] },
      },
      functions: { F: { publishes: ['a@Y'] }, G: { publishes: ['a@X'] } },
    };
    const turned: SystemSketch = {
      rules: { S: sketch.rules['S']!, R: sketch.rules['R']! },
      functions: { G: sketch.functions['G']!, F: sketch.functions['F']! },
    };
    expect(only(turned).id).toBe(only(sketch).id);
  });
});
