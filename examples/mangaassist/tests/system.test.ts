import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
// An application of its own imports these from 'busproof/testing' and 'busproof/testing/vitest'.
import {
  eventArbitrary,
  loadContracts,
  loadTopology,
  localBus,
  nearMissArbitrary,
  type Topology,
  testConsumer,
  testTopology,
} from '../../../src/io/testing.ts';
import '../../../src/io/testing-vitest.ts';

process.env['BUS_NAME'] = 'MangaAssist-AI-Events';
process.env['MODEL_ID'] = 'anthropic.claude-3-haiku-20240307-v1:0';
const { handler: moderation } = await import('../after/src/moderation.ts');
const { handler: analytics } = await import('../after/src/analytics.ts');
const { handler: suggestion } = await import('../after/src/suggestion.ts');

/** Claude's answer, as Bedrock hands it over. */
const message = {
  content: [{ type: 'text', text: '{"topic": "content", "sentiment": "neutral"}' }],
  usage: { input_tokens: 120, output_tokens: 30 },
};
const aws = { InvokeModel: { body: new TextEncoder().encode(JSON.stringify(message)) } };

const contracts = await loadContracts('examples/mangaassist/after');
const numRuns = 25;

describe('each handler', () => {
  test('moderation', async () => {
    await testConsumer(moderation, 'ReviewSubmitted', { contracts, numRuns });
  });

  test('suggestion calls a model', async () => {
    await testConsumer(suggestion, 'ModerationFlagged', { contracts, numRuns, aws, callsModel: true });
  });

  test('a blocked term is always found, whatever stands round it', async () => {
    const reviews = eventArbitrary('ReviewSubmitted', { contracts });
    const { verdictOn } = await import('../after/src/verdict.ts');
    fc.assert(
      fc.property(reviews, ({ detail }) => {
        expect(verdictOn(`${detail['body']} 詐欺`)).toMatchObject({ kind: 'blocked_terms' });
      }),
      { numRuns },
    );
  });
});

describe('the whole system', () => {
  let topology: Topology;
  beforeAll(async () => {
    topology = await loadTopology('examples/mangaassist/after');
  });

  test('has no endless loop', () => {
    expect(topology).toHaveNoEndlessLoop();
  });

  test('keeps its invariants, with the real handlers', async () => {
    const handlers = {
      ModerationFunction: moderation,
      AnalyticsFunction: analytics,
      SuggestionFunction: suggestion,
    };
    await testTopology(topology, { handlers, aws, numRuns });
  });

  test('answers a flagged review, and an outage of the model loses nothing', async () => {
    let answers = 0;
    const bus = localBus(topology, {
      handlers: {
        ModerationFunction: moderation,
        SuggestionFunction: suggestion,
        AnalyticsFunction: () => {},
      },
      aws: {
        InvokeModel: () => {
          answers += 1;
          if (answers < 3) throw new Error('the model is busy');
          return aws.InvokeModel;
        },
      },
    });
    const [review] = fc.sample(
      eventArbitrary('ReviewSubmitted', { contracts, where: { properties: { _chain_depth: { const: 0 } } } }),
      { numRuns: 1, seed: 1 },
    );
    bus.publish({ ...review!, detail: { ...review!.detail, body: 'この店は詐欺です' } });
    await bus.settle();
    expect(bus.events('mangaassist.reviews@ModerationFlagged')).toHaveLength(1);
    const [suggested] = bus.events('mangaassist.ai@SuggestionGenerated');
    expect(suggested?.event).toBeValidEvent('SuggestionGenerated', { contracts });
    // What failed, Lambda tried again; in the end every event has its answer, and no queue of dead letters has any.
    const outcomes = bus.deliveries('SuggestionFunction').map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(2);
    expect(outcomes.filter((outcome) => outcome !== 'failed')).toEqual(
      bus.events('mangaassist.ai@SuggestionGenerated').map(() => 'delivered'),
    );
    expect(bus.messages('EventBridgeDLQ')).toEqual([]);
  });

  test('a rule takes what it should, and nothing that misses it by one condition', () => {
    const pattern = { source: ['mangaassist.reviews'], 'detail-type': ['ModerationFlagged'] };
    fc.assert(
      fc.property(nearMissArbitrary(pattern), ({ event }) => {
        expect(event).not.toMatchEventPattern(pattern);
      }),
      { numRuns },
    );
  });
});
