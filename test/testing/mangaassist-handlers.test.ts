import { beforeAll, describe, expect, test } from 'vitest';
import * as moderation from '../../generated/components/moderationFunction.ts';
import { testConsumer } from '../../src/testing/handler/consumer.ts';
import type { ConsumerTestOptions } from '../../src/testing/handler/consumer-options.ts';
import { HandlerCheckError } from '../../src/testing/handler/failure.ts';
import { testPublisher } from '../../src/testing/handler/publisher.ts';
import { after, before, systems } from '../examples/systems.ts';
import { answerWith } from '../support/intercept.ts';
import { contracts } from './contracts.ts';

const model = { InvokeModel: answerWith('{"topic": "payment", "sentiment": "neutral"}') };
const options: ConsumerTestOptions = { contracts, numRuns: 60 };

async function failing(run: Promise<unknown>): Promise<string[]> {
  try {
    await run;
    return [];
  } catch (error) {
    if (!(error instanceof HandlerCheckError)) throw error;
    return error.results.flatMap((result) => (result.verdict === 'failed' ? [result.check] : []));
  }
}

describe('the handlers of MangaAssist', () => {
  beforeAll(() => {
    process.env['BUS_NAME'] = 'MangaAssist-AI-Events';
  });

  test.each(systems)('$name: moderation', async ({ name, system }) => {
    const failed = await failing(testConsumer(system.moderation, 'ReviewSubmitted', options));
    expect(failed).toEqual(name === 'before' ? ['depth', 'maxChainDepth', 'invalidEvents'] : []);
  });

  test.each(systems)('$name: analytics and suggestion call a model', async ({ name, system }) => {
    const calling = { ...options, aws: model, callsModel: true };
    const expected = name === 'before' ? ['depth', 'stage', 'maxChainDepth', 'invalidEvents'] : [];
    expect(await failing(testConsumer(system.analytics, 'PaymentSucceeded', calling))).toEqual(expected);
    expect(await failing(testConsumer(system.suggestion, 'ModerationFlagged', calling))).toEqual(expected);
  });

  test('before: the failure tells the event and how to see it again', async () => {
    const error = await testConsumer(before.moderation, 'ReviewSubmitted', options).catch((thrown) => thrown);
    expect(error.message).toContain('with _chain_depth 0; 1 is expected');
    expect(error.message).toMatch(
      /BUSPROOF_REPLAY='maxChainDepth -?\d+ [\d:]+ testConsumer mangaassist.reviews@ReviewSubmitted #\d+' npx vitest run test\/testing\/mangaassist-handlers\.test\.ts/,
    );
    const shown = /deeper\n.*\n.*:\n([\s\S]*?)\n {4}seed/.exec(error.message)![1]!;
    expect(JSON.parse(shown).detail).toMatchObject({ _chain_depth: 3, body: 'body', locale: 'en-US' });
    // Nothing that the failure does without: no title, which is optional.
    expect(JSON.parse(shown).detail).not.toHaveProperty('title');
  });

  test('a generated consumer says itself what it receives and may publish', async () => {
    const { results, repeat } = await testConsumer(after.moderation, moderation.reviewSubmitted, {
      contracts,
      numRuns: 60,
    });
    expect(results.map(({ verdict }) => verdict)).toEqual(results.map(() => 'passed'));
    expect(repeat).toEqual({
      safe: false,
      text: expect.stringContaining('not safe to run twice on the same event'),
    });
  });

  test('a replay runs one check on one event', async () => {
    const error = await testConsumer(before.moderation, 'ReviewSubmitted', options).catch((thrown) => thrown);
    const [, asked] = /BUSPROOF_REPLAY='(maxChainDepth [^']*)'/.exec(error.message)!;
    const number = Number(/#(\d+)$/.exec(asked!)![1]);
    process.env['BUSPROOF_REPLAY'] = asked!.replace(/#\d+$/, `#${number + 1}`);
    try {
      const again = await testConsumer(before.moderation, 'ReviewSubmitted', options).catch(
        (thrown) => thrown,
      );
      expect(again.results).toHaveLength(1);
      expect(again.results[0]).toMatchObject({ check: 'maxChainDepth', verdict: 'failed', runs: 1 });
      expect(again.results[0].event).toEqual(
        error.results.find(({ check }: { check: string }) => check === 'maxChainDepth').event,
      );
    } finally {
      delete process.env['BUSPROOF_REPLAY'];
    }
  });

  test('a call without an answer is said, whatever the handler makes of it', async () => {
    await expect(testConsumer(after.analytics, 'PaymentSucceeded', options)).rejects.toThrow(
      'BedrockRuntimeClient was sent InvokeModel, and the test has no answer for it: give aws: { InvokeModel: (input) => ({ … }) }',
    );
  });

  test('the chat starts its chains well', async () => {
    const request = (detail: { text: string }) => ({
      requestContext: { routeKey: '$default', connectionId: 'chs_0123456789abcdef' },
      body: JSON.stringify(detail),
    });
    const chat = (detail: { text: string }) => after.chat(request(detail) as never);
    const failed = await failing(
      testPublisher(chat, 'ChatMessageReceived', {
        contracts,
        numRuns: 40,
        skip: { invalidEvents: 'its input is not the detail' },
      }),
    );
    expect(failed).toEqual([]);
  });
});
