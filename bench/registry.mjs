// Planning and applying many schemas against the registry on this machine: time, and calls.
//   node bench/registry.mjs [number of schemas]
import * as sdk from '@aws-sdk/client-schemas';
import { RegistryServer } from '../dist/io/registry-server/server.js';
import { schemasService } from '../dist/io/schemas-service.js';
import { documentOf } from '../dist/json/document.js';
import { parseJson } from '../dist/json/parse-json.js';
import { loadContracts } from '../dist/load/contracts/contracts.js';
import { applyPlan } from '../dist/registry/apply.js';
import { makePlan } from '../dist/registry/make-plan.js';
import { wantedSchemas } from '../dist/registry/wanted.js';

const count = Number(process.argv[2] ?? 1000);
const CONCURRENCY = 8;
const row = (what, value, note = '') => console.log(`  ${what.padEnd(52)} ${value.padStart(12)}  ${note}`);
const ms = (value) => `${Math.round(value).toLocaleString('en')} ms`;

/** Schemas like MangaAssist's: a dozen members, an enum, a nested object, a shared definition. */
function schemaOf(n, maximum) {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    'x-amazon-events-source': `bench.source${n % 20}`,
    'x-amazon-events-detail-type': `Event${n}`,
    type: 'object',
    properties: {
      id: { $ref: '#/$defs/Id' },
      parent: { $ref: '#/$defs/Id' },
      rating: { type: 'integer', exclusiveMinimum: 0, maximum },
      channel: { enum: ['web', 'app', 'chat'] },
      stage: { const: 'raw' },
      note: { type: ['string', 'null'], maxLength: 500 },
      place: {
        type: 'object',
        properties: { city: { type: 'string' }, zip: { type: 'string' } },
        required: ['city'],
      },
      tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
      at: { type: 'string', format: 'date-time' },
    },
    required: ['id', 'rating', 'channel'],
    unevaluatedProperties: false,
    $defs: { Id: { type: 'string', pattern: '^[a-z]{3}_[a-z0-9]{8}$' } },
  };
}

function wantedFor(changed) {
  const files = Array.from({ length: count }, (_, n) => {
    const text = JSON.stringify(schemaOf(n, n < changed ? 9 : 5));
    return { path: `e${n}.json`, node: parseJson(documentOf(`e${n}.json`, text)).value };
  });
  const contracts = loadContracts(files, { examine: false }).value;
  return wantedSchemas(contracts, { type: 'JSONSchemaDraft4', allowLossy: false, names: {}, schemas: count })
    .value;
}

// Real answers take their time: so the calls under way show.
const server = new RegistryServer({ delay: 2, quotas: { registries: 10, schemas: count, versions: 100 } });
const endpoint = await server.start();
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
const client = new sdk.SchemasClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
const service = schemasService(sdk, client);
const options = {
  registry: 'bench',
  type: 'JSONSchemaDraft4',
  description: '',
  tags: {},
  deleteOrphans: false,
  prune: false,
  versions: 100,
  schemas: count,
  concurrency: CONCURRENCY,
  known: new Set(),
  now: new Date(),
};

async function timed(what, work) {
  server.requests.length = 0;
  server.mostOpen = 0;
  const start = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const took = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const calls = new Map();
  for (const operation of server.requests) calls.set(operation, (calls.get(operation) ?? 0) + 1);
  const told = [...calls].map(([operation, times]) => `${times} ${operation}`).join(', ');
  row(
    what,
    ms(took),
    `${ms((user + system) / 1000)} CPU` +
      (told === '' ? '' : `; ${told}; at most ${server.mostOpen} at a time`),
  );
  return result;
}

const wanted = await timed(`read and convert ${count} schemas`, async () => wantedFor(0));
const first = await timed('plan, nothing is there', () => makePlan(wanted, service, options));
await timed('apply it', () => applyPlan(first.value, service, CONCURRENCY));
const second = await timed('plan, all are in step', () => makePlan(wanted, service, options));
const changed = wantedFor(100);
const third = await timed('plan, 100 have changed', () => makePlan(changed, service, options));
const actions = (plan) => plan.items.filter(({ action }) => action !== 'keep').length;
row('to do: first, second, third plan', [first, second, third].map(({ value }) => actions(value)).join(', '));
client.destroy();
await server.stop();
