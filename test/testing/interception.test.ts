import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { build } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { invoke } from '../../src/testing/handler/invoke.ts';
import { withAnswers } from '../../src/testing/index.ts';
import { projectRoot } from '../support/cli.ts';

// Inside node_modules, so that what a copy needs beside itself is found above it.
const folder = join(projectRoot, `node_modules/.busproof-copy-${process.pid}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry = (n: number) => ({ Source: 'a', DetailType: 'X', Detail: JSON.stringify({ n }) });

describe('calls of the AWS SDK are answered in the process', () => {
  test('of clients made before, meanwhile, and with every service', async () => {
    const early = new EventBridgeClient({});
    const { sent, calls, result } = await invoke(
      async () => {
        await early.send(new PutEventsCommand({ Entries: [entry(1)] }));
        await new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [entry(2)] }));
        return new SQSClient({}).send(new ListQueuesCommand({}));
      },
      {
        aws: {
          ListQueues: ({ MaxResults }: { MaxResults?: number }) => ({
            QueueUrls: [`${MaxResults ?? 'all'}`],
          }),
        },
      },
    );
    expect(sent.map(({ detail }) => detail)).toEqual([{ n: 1 }, { n: 2 }]);
    expect(calls).toMatchObject([{ client: 'SQSClient', command: 'ListQueues' }]);
    expect(result).toMatchObject({ QueueUrls: ['all'] });
  });

  test('of a second copy of the SDK', async () => {
    for (const name of ['@aws-sdk/client-eventbridge', '@smithy/core']) {
      mkdirSync(join(folder, 'node_modules', name), { recursive: true });
      cpSync(join(projectRoot, 'node_modules', name), join(folder, 'node_modules', name), {
        recursive: true,
      });
    }
    const copy = createRequire(join(folder, 'index.js'))('@aws-sdk/client-eventbridge');
    expect(Object.getPrototypeOf(copy.EventBridgeClient)).not.toBe(Object.getPrototypeOf(EventBridgeClient));
    const client = new copy.EventBridgeClient({});
    const { sent } = await invoke(() => client.send(new copy.PutEventsCommand({ Entries: [entry(3)] })));
    expect(sent.map(({ detail }) => detail)).toEqual([{ n: 3 }]);
  });

  test('of a copy inside a bundle, when it is named', async () => {
    mkdirSync(folder, { recursive: true });
    const outfile = join(folder, 'bundle.mjs');
    const contents = "export { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';";
    await build({
      stdin: { contents, resolveDir: projectRoot },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      logLevel: 'error',
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
    const bundled = await import(outfile);
    const client = new bundled.EventBridgeClient({});
    const run = () => client.send(new bundled.PutEventsCommand({ Entries: [entry(4)] }));
    const { sent } = await invoke(run, { clients: [client] });
    expect(sent.map(({ detail }) => detail)).toEqual([{ n: 4 }]);
  });

  test('each run by itself, also where several are under way', async () => {
    const client = new EventBridgeClient({});
    const runs = await Promise.all(
      [5, 6, 7].map((n) =>
        invoke(async () => {
          await new Promise((next) => setTimeout(next, 10 - n));
          await client.send(new PutEventsCommand({ Entries: [entry(n)] }));
        }),
      ),
    );
    expect(runs.map(({ sent }) => sent.map(({ detail }) => detail))).toEqual([
      [{ n: 5 }],
      [{ n: 6 }],
      [{ n: 7 }],
    ]);
  });

  test('entries as EventBridge takes them, and requests that are too large not at all', async () => {
    const client = new EventBridgeClient({});
    const Entries = [
      entry(1),
      { Source: 'a' },
      { ...entry(1), Detail: '[]' },
      { ...entry(1), Source: 'aws.s3' },
    ];
    const { sent, result } = await invoke(() => client.send(new PutEventsCommand({ Entries })));
    expect(sent.map(({ errorCode }) => errorCode)).toEqual([
      undefined,
      'InvalidArgument',
      'MalformedDetail',
      'NotAuthorizedForSourceException',
    ]);
    expect(result).toMatchObject({ FailedEntryCount: 3 });
    const many = Array.from({ length: 11 }, (_, n) => entry(n));
    const { error } = await invoke(() => client.send(new PutEventsCommand({ Entries: many })));
    expect(error).toMatchObject({ name: 'ValidationException' });
  });

  test('by an answer of one’s own', async () => {
    const client = new EventBridgeClient({});
    const answer = await withAnswers(
      ({ command }) => ({ FailedEntryCount: command.length }),
      () => client.send(new PutEventsCommand({ Entries: [] })),
    );
    expect(answer.FailedEntryCount).toBe('PutEvents'.length);
  });
});
