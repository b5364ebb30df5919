// A large account, from template text to the report: rules on 50 linked buses, 1,000 event types with schemas. Prints
// CPU seconds and memory for a tenth of it and for all, and how the work grows between the two.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const sizes = [1_000, 10_000];

/** Rules of one block: two event types, in every other block a loop of one verdict, and traffic that goes on to later buses. */
const BLOCK = 20;
const BUSES = 50;

/**
 * One bus with its rules, functions and what they publish, in blocks of twenty rules. The traffic of a block leads to
 * later buses only; what may go round is one loop in every other block (every verdict in its turn), now and then two functions
 * on two buses or a forwarding rule and its re-publisher, a hub in which everything leads to everything, and one ring through
 * all buses.
 */
function templateOf(bus, blocks) {
  const block = new Template(bus);
  for (let k = 0; k < blocks; k++) {
    const number = bus * blocks + k;
    const hub = hubOf(number);
    for (let i = 0; i < BLOCK - 1; i++) {
      if (i < (hub?.size ?? 0)) block.rule(`hub-${k}-${i}`, [`A${k}`, `B${k}`], raw, ...hub.reaction(bus, k));
      else traffic(block, bus, k, i, blocks);
    }
    if (number % 2 === 0) loops[(number / 2) % loops.length](block, bus, k);
    else traffic(block, bus, k, BLOCK - 1, blocks);
  }
  ring(block, bus);
  return block.text();
}

class Template {
  constructor(bus) {
    this.bus = bus;
    this.resources = { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: `bus-${bus}` } } };
  }

  /** A rule on this bus with a function of its own. */
  rule(name, types, detail, publishes, guards = {}, source = `shop.s${this.bus}`) {
    const id = name.replaceAll('-', '');
    this.resources[`Function${id}`] = {
      Type: 'AWS::Lambda::Function',
      Properties: { FunctionName: `function-${this.bus}-${name}` },
      Metadata: { Busproof: { publishes, ...guards } },
    };
    this.target(name, types, detail, { 'Fn::GetAtt': [`Function${id}`, 'Arn'] }, source);
  }

  target(name, types, detail, arn, source = `shop.s${this.bus}`) {
    this.resources[`Rule${name.replaceAll('-', '')}`] = {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: `rule-${this.bus}-${name}`,
        EventBusName: { Ref: 'Bus' },
        EventPattern: {
          source: [source],
          'detail-type': types,
          ...(Object.keys(detail).length > 0 ? { detail } : {}),
        },
        Targets: [{ Id: 'one', Arn: arn }],
      },
    };
  }

  text() {
    return JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: this.resources });
  }
}

const on = (bus, type, more) => ({ event: `shop.s${bus}@${type}`, bus: `bus-${bus}`, ...more });
const counted = { depth: 'increment', stage: 'processed' };
const copied = { depth: 'copy', stage: 'copy' };
const guarded = { rejectsAtDepth: 3 };

/** A rule for one status of a raw event; its function tells a later bus of it. */
function traffic(block, bus, k, i, blocks) {
  const next = bus + 1 + ((i * 7) % 5);
  const type = `${i % 2 ? 'A' : 'B'}${(k + i) % blocks}`;
  const publishes = next < BUSES ? [on(next, type, counted)] : [];
  const detail = { processing_stage: ['raw'], status: [`status-${i % 4}`] };
  block.rule(`traffic-${k}-${i}`, [`${i % 4 < 2 ? 'A' : 'B'}${k}`], detail, publishes, guarded);
}

const raw = { processing_stage: ['raw'] };
/** One loop each, on the second event type of a block. */
const loops = [
  // Endless: nothing counts, nothing filters.
  (block, bus, k) => block.rule(`loop-${k}`, [`B${k}`], {}, [on(bus, `B${k}`, copied)]),
  // Bounded by the guard of its function.
  (block, bus, k) =>
    block.rule(`loop-${k}`, [`B${k}`], {}, [on(bus, `B${k}`, { ...copied, depth: 'increment' })], guarded),
  // Refuted by the stage.
  (block, bus, k) => block.rule(`loop-${k}`, [`B${k}`], raw, [on(bus, `B${k}`, counted)]),
  // Possible: nobody says which stage is published.
  (block, bus, k) => block.rule(`loop-${k}`, [`B${k}`], raw, [on(bus, `B${k}`, { depth: 'copy' })]),
  // Bounded by a filter on the depth.
  (block, bus, k) =>
    block.rule(`loop-${k}`, [`B${k}`], { _chain_depth: [{ numeric: ['<', 3] }] }, [
      on(bus, `B${k}`, { ...copied, depth: 'increment' }),
    ]),
  // Two functions that cause each other: refuted, since both take raw events only.
  (block, bus, k) => {
    block.rule(`loop-${k}`, [`B${k}`], raw, [on(bus, `A${k}`, counted)]);
    block.rule(`back-${k}`, [`A${k}`], raw, [on(bus, `B${k}`, counted)]);
  },
  // A rule that forwards, and whoever publishes it anew from the other bus: refuted by the stage.
  (block, bus, k) => forwarded(block, bus, k, counted),
  // Refuted by a value that is never published.
  (block, bus, k) =>
    block.rule(`loop-${k}`, [`B${k}`], { status: ['status-4'] }, [on(bus, `B${k}`, copied)], guarded),
  // Endless through two functions, though both filter.
  (block, bus, k) => {
    block.rule(`loop-${k}`, [`B${k}`], raw, [on(bus, `A${k}`, { ...copied, depth: 'increment' })]);
    block.rule(`back-${k}`, [`A${k}`], raw, [on(bus, `B${k}`, { ...copied, depth: 'increment' })]);
  },
  // Forwarded, and bounded by the guard on the other bus.
  (block, bus, k) => forwarded(block, bus, k, { ...copied, depth: 'increment' }, guarded),
];

function forwarded(block, bus, k, effects, guards = {}) {
  const next = (bus + 1) % BUSES;
  const arn = `arn:aws:events:us-east-1:111122223333:event-bus/bus-${next}`;
  block.target(`loop-${k}`, [`B${k}`], raw, arn);
  // It stands on this bus's template and listens on the next one.
  block.rule(`back-${k}`, [`B${k}`], {}, [on(bus, `B${k}`, effects)], guards);
  block.resources[`Ruleback${k}`].Properties.EventBusName = `bus-${next}`;
}

/** Functions that all take and publish both event types of a block: loops that share their events, up to hundreds. */
function hubOf(number) {
  const through = (bus, k, stage) => [
    on(bus, `A${k}`, { depth: 'increment', stage }),
    on(bus, `B${k}`, { depth: 'increment', stage }),
  ];
  if (number % 250 === 7) return { size: 16, reaction: (bus, k) => [through(bus, k, 'copy'), guarded] };
  if (number % 50 === 7) return { size: 5, reaction: (bus, k) => [through(bus, k, 'processed'), guarded] };
  return number % 100 === 32 ? { size: 3, reaction: (bus, k) => [through(bus, k, 'copy')] } : undefined;
}

/** Each bus hands it on to the next, and the last to the first: one loop of fifty hops. */
function ring(block, bus) {
  block.rule(
    'ring',
    ['Ring'],
    raw,
    [on((bus + 1) % BUSES, 'Ring', { ...copied, depth: 'increment' })],
    guarded,
  );
}

function schemaOf(bus, type) {
  return JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    'x-amazon-events-source': `shop.s${bus}`,
    'x-amazon-events-detail-type': type,
    'x-bus': `bus-${bus}`,
    type: 'object',
    properties: {
      id: { type: 'string', format: 'uuid' },
      status: { enum: ['status-0', 'status-1', 'status-2', 'status-3'] },
      amount: { type: 'number', minimum: 0 },
      processing_stage: { enum: ['raw', 'processed'] },
      _chain_depth: { type: 'integer', minimum: 0 },
    },
    required: ['id', 'status', 'processing_stage', '_chain_depth'],
  });
}

async function run(rules) {
  const dist = new URL('../dist/', import.meta.url);
  const { documentOf } = await import(new URL('json/document.js', dist).href);
  const { parseData } = await import(new URL('json/parse-data.js', dist).href);
  const { loadTemplates } = await import(new URL('load/index.js', dist).href);
  const { loadContracts } = await import(new URL('load/contracts/contracts.js', dist).href);
  const { checkSystem } = await import(new URL('checks/run.js', dist).href);
  const { reportJson } = await import(new URL('report/json.js', dist).href);
  const { defaultConfig } = await import(new URL('config/config.js', dist).href);
  const blocks = rules / BUSES / BLOCK;
  const templates = [];
  const schemas = [];
  for (let bus = 0; bus < BUSES; bus++) {
    templates.push(documentOf(`template-${bus}.json`, templateOf(bus, blocks)));
    const names = Array.from({ length: blocks }, (_, k) => [`A${k}`, `B${k}`]).flat();
    for (const type of [...names, 'Ring']) {
      const document = documentOf(`schemas/s${bus}-${type}.json`, schemaOf(bus, type));
      schemas.push({ path: document.path, node: parseData(document).value });
    }
  }
  const before = process.cpuUsage();
  const loaded = loadTemplates(templates);
  const contracts = loadContracts(schemas);
  const system = {
    parts: loaded.value,
    contracts: contracts.value,
    diagnostics: [...loaded.diagnostics, ...contracts.diagnostics],
    templates: templates.length,
    schemas: schemas.length,
  };
  const report = checkSystem(system, defaultConfig, '2026-01-01');
  const text = reportJson(report, '0');
  const { user, system: kernel } = process.cpuUsage(before);
  const cpu = (user + kernel) / 1e6;
  const { counts } = report;
  const memory = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(
    JSON.stringify({
      cpu,
      memory,
      rules: counts.rules,
      types: schemas.length,
      loops: counts.loops,
      bytes: text.length,
    }),
  );
}

if (process.argv[2] === '--child') await run(Number(process.argv[3]));
else {
  const results = sizes.map((size) => {
    const line = [fileURLToPath(import.meta.url), '--child', String(size)];
    return JSON.parse(execFileSync(process.execPath, line, { encoding: 'utf8' }));
  });
  for (const { cpu, memory, rules, types, loops } of results) {
    const verdicts = Object.entries(loops).map(([kind, count]) => `${count} ${kind}`);
    console.log(
      `${String(rules).padStart(6)} rules, ${String(types).padStart(5)} event types: ${cpu.toFixed(1)} s CPU, ${memory.toFixed(0)} MB; ${verdicts.join(', ')}`,
    );
  }
  const [small, large] = results;
  console.log(
    `10 × the rules cost ${(large.cpu / small.cpu).toFixed(1)} × the CPU (goal: under 20 s and 1,024 MB for 10,000)`,
  );
}
