// Generating code, and what generated code costs.
//   node bench/codegen.mjs [number of schemas]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { compile } from 'json-schema-to-typescript';
import { generateFiles } from '../dist/codegen/generate.js';
import { generateInputs } from '../dist/io/generate-inputs.js';
import { isCurrent, manifestFile, replaceFolder } from '../dist/io/generated-folder.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'busproof-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const row = (what, value, goal = '') => console.log(`  ${what.padEnd(58)} ${value.padStart(12)}  ${goal}`);
const ms = (value) => `${value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en')} ms`;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/** Schemas like MangaAssist's: a dozen members, an enum, a nested object, a union, a shared definition. */
async function generating(count) {
  const files = Array.from({ length: count }, (_, n) => [`bench.source${n % 20}@Event${n}`, schemaOf(n)]);
  mkdirSync(join(folder, 'schemas'));
  for (const [id, schema] of files)
    writeFileSync(join(folder, 'schemas', `${id}.json`), JSON.stringify(schema, null, 2));
  // Warm both, so that loading and compiling their own code is not measured.
  await compile(structuredClone(files[0][1]), 'Warm');

  // They take turns, and the best of three counts: the first round also pays for compiling the code of both. Each turn
  // writes to a folder that was not there before. Nothing is deleted meanwhile: after thousands of deletions a file
  // system (ext4) takes four times as long to make a file.
  const times = { own: [], again: [], other: [] };
  for (let round = 0; round < 3; round++) {
    const types = join(folder, `types-${round}`);
    mkdirSync(types);
    if (round > 0) renameSync(join(folder, 'generated'), join(folder, `generated-${round}`));
    times.own.push(await timed(() => generate(true)));
    times.again.push(await timed(() => generate(false)));
    times.other.push(
      await timed(async () => {
        for (const [id] of files) {
          const text = readFileSync(join(folder, 'schemas', `${id}.json`), 'utf8');
          writeFileSync(join(types, `${id.replace('@', '-')}.d.ts`), await compile(JSON.parse(text), id));
        }
      }),
    );
  }
  const [own, again, other] = [times.own, times.again, times.other].map((each) => Math.min(...each));
  row(`generate ${count} schemas`, ms(own));
  row(
    'json-schema-to-typescript alone, the same files',
    ms(other),
    `ours is ${(own / other).toFixed(2)}× (at most 1.3×)`,
  );
  row(
    'generate again, nothing changed',
    ms(again),
    `${(again / own).toFixed(3)}× of the first (at most 0.1×)`,
  );
}

async function generate(expectWork) {
  const inputs = await generateInputs({ cwd: folder }, folder, undefined, undefined, '0.0.0');
  if (isCurrent(inputs.out, inputs.fingerprint) === expectWork)
    throw new Error('not the work that was expected');
  if (!expectWork) return;
  const { value, diagnostics } = await generateFiles(
    inputs.contracts({ examine: false }).value,
    inputs.options,
  );
  if (diagnostics.length > 0) throw new Error(diagnostics[0].message);
  replaceFolder(inputs.out, [...value, manifestFile(value, '0.0.0', inputs.fingerprint)]);
}

function schemaOf(n) {
  const text = { type: 'string', minLength: 1, maxLength: 80 };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `Event${n}`,
    description: `The event number ${n}.`,
    type: 'object',
    properties: {
      processing_stage: { enum: ['raw', 'processed'] },
      _chain_depth: { type: 'integer', minimum: 0 },
      correlation_id: { type: 'string', format: 'uuid' },
      [`thing_${n}_id`]: { type: 'string', pattern: `^t${n}_[a-z0-9]{6,24}$` },
      name: text,
      note: text,
      count: { type: 'integer', minimum: 1, maximum: n + 1 },
      price: { $ref: '#/$defs/Money' },
      status: { type: 'string', enum: ['new', 'open', `state-${n % 7}`] },
      tags: { type: 'array', items: text },
      who: {
        oneOf: [
          {
            type: 'object',
            properties: { kind: { const: 'guest' } },
            required: ['kind'],
            additionalProperties: false,
          },
          {
            type: 'object',
            properties: { kind: { const: 'customer' }, id: text },
            required: ['kind', 'id'],
            additionalProperties: false,
          },
        ],
      },
      happened_at: { type: 'string', format: 'date-time' },
    },
    required: ['_chain_depth', 'name', 'price', 'who', 'happened_at'],
    additionalProperties: false,
    $defs: {
      Money: {
        type: 'object',
        properties: { amount: { type: 'integer' }, currency: { enum: ['JPY', 'USD'] } },
        required: ['amount', 'currency'],
      },
    },
  };
}

/** The real client on a transport that answers at once: what is left is our work and the client's. */
async function publishing() {
  const code = `
    export { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
    export { connect } from '../src/runtime/index.ts';
    export * as publish from '../generated/publish.ts';`;
  const file = join(here, `.publish-${process.pid}.mjs`);
  await bundleTo(file, {
    stdin: { contents: code, resolveDir: here, loader: 'ts' },
    external: ['@aws-sdk/*'],
  });
  try {
    const { EventBridgeClient, PutEventsCommand, connect, publish } = await import(file);
    const body = () => new TextEncoder().encode('{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}');
    const requestHandler = {
      handle: async () => ({ response: { statusCode: 200, headers: {}, body: body() } }),
      metadata: {},
    };
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
    const client = new EventBridgeClient({ region: 'us-east-1', credentials, requestHandler });
    connect({ client, bus: 'main' });
    const [detail] = JSON.parse(
      readFileSync(join(here, '../schemas/mangaassist/mangaassist.reviews/ReviewSubmitted.json')),
    ).examples;
    const bare = () => {
      const entry = {
        Source: 'mangaassist.reviews',
        DetailType: 'ReviewSubmitted',
        Detail: JSON.stringify(detail),
        EventBusName: 'main',
      };
      return client.send(new PutEventsCommand({ Entries: [entry] }));
    };
    const own = () => publish.reviewSubmitted(detail);
    const [a, b] = await compareCalls(bare, own, 1500);
    row('a bare SDK call with one event', `${a.toFixed(0)} µs`);
    row(
      'publish.reviewSubmitted(detail)',
      `${b.toFixed(0)} µs`,
      `${(b - a).toFixed(0)} µs over the bare call`,
    );
  } finally {
    rmSync(file, { force: true });
  }
}

/** Medians in microseconds; the two take turns, so that both see the same weather. */
async function compareCalls(first, second, rounds) {
  const times = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const [i, call] of [first, second].entries()) {
      const start = performance.now();
      await call();
      if (round > 200) times[i].push((performance.now() - start) * 1000);
    }
  }
  return times.map(median);
}

/** One publisher and one consumer, without the SDK. */
async function bundling() {
  for (const [what, name, goal] of [
    ['generated by Busproof', 'generated', 'at most 12 KB, 5 ms'],
    ['the same with Ajv at run time', 'ajv', ''],
    ['the same with Powertools parser and zod', 'powertools', ''],
  ]) {
    const file = join(folder, `${name}.mjs`);
    await bundleTo(file, {
      entryPoints: [join(here, `functions/${name}.mjs`)],
      minify: true,
      plugins: [withoutSdk],
    });
    const size = gzipSync(readFileSync(file), { level: 9 }).length;
    const times = Array.from({ length: 15 }, () => importTime(file));
    row(`${what}: minified and gzipped`, `${(size / 1024).toFixed(1)} KB`, goal);
    row(`${what}: import, the best of 15`, ms(Math.min(...times)));
  }
}

function importTime(file) {
  const code = `const s = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - s);`;
  return Number(
    spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }).stdout,
  );
}

const withoutSdk = {
  name: 'without-sdk',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@aws-sdk\// }, () => ({ path: 'sdk', namespace: 'sdk' }));
    const contents =
      'export class EventBridgeClient { async send() { return {}; } }\nexport class PutEventsCommand {}';
    onLoad({ filter: /.*/, namespace: 'sdk' }, () => ({ contents }));
  },
};

function bundleTo(outfile, options) {
  return build({
    bundle: true,
    outfile,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
    ...options,
  });
}

/** CPU milliseconds of this process: what else runs on the machine does not count. */
async function timed(work) {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

await generating(Number(process.argv[2] ?? 1000));
await publishing();
await bundling();
