import { describe, expect, test } from 'vitest';
import { handler as generatedModeration } from '../../examples/mangaassist/generated/moderation.ts';
import * as moderation from '../../generated/components/moderationFunction.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { gatherFiles } from '../../src/io/gather.ts';
import { loadContracts } from '../../src/load/contracts/contracts.ts';
import { testConsumer } from '../../src/testing/handler/consumer.ts';
import { HandlerCheckError } from '../../src/testing/handler/failure.ts';
import { after, before } from '../examples/systems.ts';
import { projectRoot } from '../support/cli.ts';
import { answerWith } from '../support/intercept.ts';

const files = gatherFiles(
  { cwd: projectRoot },
  projectRoot,
  { ...defaultConfig, schemas: ['schemas/mangaassist'], templates: [] },
  [],
);
const contracts = loadContracts(files.schemas).value;
const aws = { InvokeModel: answerWith('{"topic": "payment", "sentiment": "neutral"}') };

test('x', async () => {
  for (const [name, sys] of Object.entries({ before, after })) {
    for (const [what, run] of Object.entries({
      moderation: () => testConsumer(sys.moderation, 'ReviewSubmitted', { contracts }),
      analytics: () => testConsumer(sys.analytics, 'PaymentSucceeded', { contracts, aws, callsModel: true }),
    })) {
      const start = performance.now();
      try {
        const r = await run();
        console.log(name, what, 'PASSED', r.repeat, performance.now() - start);
      } catch (e) {
        console.log(name, what, performance.now() - start, (e as Error).message);
      }
    }
  }
  const r = await testConsumer(generatedModeration, moderation.reviewSubmitted, { contracts });
  console.log(r);
});
