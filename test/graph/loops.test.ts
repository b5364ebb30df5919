import { describe, expect, it } from 'vitest';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import type { Loop } from '../../src/graph/loop.ts';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import { loopWords } from '../../src/graph/words.ts';
import { hole } from '../../src/json/holes.ts';
import type { JsonObject } from '../../src/json/value.ts';
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
