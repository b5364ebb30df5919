import { describe, expect, test } from 'vitest';
import { loadTopology } from '../../src/io/load-topology.ts';
import '../../src/io/testing-vitest.ts';
import fc from 'fast-check';
import {
  HandlerCheckError,
  testTopology,
  topologyFromSketch,
  topologyProperties,
} from '../../src/testing/index.ts';
import { contracts } from './contracts.ts';

const event = {
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': 'ReviewApproved',
  source: 'mangaassist.reviews',
  account: '111122223333',
  time: '2026-01-01T00:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail: {
    processing_stage: 'raw',
    _chain_depth: 1,
    correlation_id: '5d4b3a2c-1f0e-4d9c-8b7a-6f5e4d3c2b1a',
    review_id: 'rev_8Kq2mZ01xY',
    product_id: 'man_frieren12',
    rating: 4,
    locale: 'ja-JP',
    approved_at: '2026-05-03T09:14:22+09:00',
  },
};

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
};

describe('matchers', () => {
  test('toMatchEventPattern explains field by field', () => {
    const pattern = { source: ['mangaassist.reviews'], detail: { rating: [{ numeric: ['<', 3] }] } };
    expect(event).toMatchEventPattern({ source: [{ prefix: 'mangaassist.' }] });
    expect(event).not.toMatchEventPattern(pattern);
    const message = messageOf(() => expect(event).toMatchEventPattern(pattern));
    expect(message).toContain('✓ source: source = "mangaassist.reviews"');
    expect(message).toContain('✗ detail.rating: no value there is one of those asked for');
    expect(message).toContain('found detail.rating = 4');
    expect(() => expect(event).toMatchEventPattern({ source: [{ prefx: 'a' }] })).toThrow('prefx');
  });

  test('toBeValidEvent says what is refused', () => {
    const options = { contracts };
    expect(event).toBeValidEvent(undefined, options);
    expect(event).toBeValidEvent('ReviewApproved', options);
    const wrong = { ...event, detail: { ...event.detail, rating: 6 } };
    expect(wrong).not.toBeValidEvent(undefined, options);
    expect(messageOf(() => expect(wrong).toBeValidEvent(undefined, options))).toContain(
      'expected a valid mangaassist.reviews@ReviewApproved: detail.rating is refused by "maximum": 5',
    );
    expect(
      messageOf(() => expect({ ...event, 'detail-type': 'X' }).toBeValidEvent(undefined, options)),
    ).toContain('mangaassist.reviews@X: no event type is called so');
  });

  test('toHaveNoEndlessLoop shows the event that goes round', async () => {
    expect(await loadTopology('examples/mangaassist/after')).toHaveNoEndlessLoop();
    const before = await loadTopology('examples/mangaassist/before');
    expect(before).not.toHaveNoEndlessLoop();
    const message = messageOf(() => expect(before).toHaveNoEndlessLoop());
    expect(message).toContain(
      'AnalyticsProcessed → MangaAssist-AllEvents-Analytics → AnalyticsFunction → AnalyticsProcessed',
    );
    expect(message).toContain('this event goes round: {');
  });
});

describe('the invariants of a topology', () => {
  test('hold for the worked example after, and are broken before', async () => {
    const options = { numRuns: 40, aws: {} };
    const after = await testTopology(await loadTopology('examples/mangaassist/after'), options);
    expect(after.results.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'passed']);
    const before = await loadTopology('examples/mangaassist/before');
    const error = await testTopology(before, { ...options, numRuns: 20 }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(HandlerCheckError);
    const failed = (error as HandlerCheckError).results.flatMap((result) =>
      result.verdict === 'failed' ? [result.check] : [],
    );
    expect(failed).toEqual(['deepEvents', 'processedEvents', 'boundedEvents']);
    expect(error.message).toContain('it leads to events without end');
  });

  test('are properties for assertions of one’s own', async () => {
    const topology = topologyFromSketch({
      rules: { R: { pattern: { source: ['a'] }, to: ['F'] } },
      functions: {
        F: { publishes: [{ event: 'b@Y', depth: { kind: 'increment' } }], rejectsAtDepth: { depth: 3 } },
      },
      schemas: {
        'a@X': {
          type: 'object',
          properties: { _chain_depth: { type: 'integer', minimum: 0 } },
          required: ['_chain_depth'],
        },
        'b@Y': { type: 'object' },
      },
    });
    const { deepEvents, boundedEvents, processedEvents } = topologyProperties(topology);
    await fc.assert(deepEvents!, { numRuns: 30 });
    await fc.assert(boundedEvents!, { numRuns: 30 });
    // Nobody says that F calls a model.
    expect(processedEvents).toBeUndefined();
  });
});
