// A large account, from template text to the report: rules on 50 linked buses, 1,000 event types with schemas. Prints
// CPU seconds and memory for a tenth of it and for all, and how the work grows between the two.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const sizes = [1_000, 10_000];

/** One bus with its rules, functions and what they publish; every tenth function publishes what closes a loop. */
function templateOf(bus, rules, typesPerBus) {
  const resources = { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: `bus-${bus}` } } };
  for (let i = 0; i < rules; i++) {
    const [from, to] = [i % typesPerBus, (i * 7 + 3) % typesPerBus];
    const loops = i % 10 === 0;
    resources[`Function${i}`] = {
      Type: 'AWS::Lambda::Function',
      Properties: { FunctionName: `function-${bus}-${i}` },
      Metadata: {
        Busproof: {
          publishes: loops
            ? [{ event: `shop.s${bus}@Type${to}`, bus: `bus-${bus}`, depth: 'increment', stage: 'processed' }]
            : [
                {
                  event: `shop.s${(bus + 1) % 50}@Type${to}`,
                  bus: `bus-${(bus + 1) % 50}`,
                  depth: 'increment',
                  stage: 'processed',
                },
              ],
          rejectsAtDepth: 3,
        },
      },
    };
    resources[`Rule${i}`] = {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: `rule-${bus}-${i}`,
        EventBusName: { Ref: 'Bus' },
        EventPattern: {
          source: [`shop.s${bus}`],
          'detail-type': [`Type${from}`],
          detail: { processing_stage: ['raw'], status: [`status-${i % 5}`] },
        },
        Targets: [{ Id: 'one', Arn: { 'Fn::GetAtt': [`Function${i}`, 'Arn'] } }],
      },
    };
  }
  return JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: resources });
}

function schemaOf(bus, type) {
  return JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    'x-amazon-events-source': `shop.s${bus}`,
    'x-amazon-events-detail-type': `Type${type}`,
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
  const types = rules / 10;
  const perBus = types / 50;
  const templates = [];
  const schemas = [];
  for (let bus = 0; bus < 50; bus++) {
    templates.push(documentOf(`template-${bus}.json`, templateOf(bus, rules / 50, perBus)));
    for (let type = 0; type < perBus; type++) {
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
    JSON.stringify({ cpu, memory, rules: counts.rules, types, loops: counts.loops, bytes: text.length }),
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
