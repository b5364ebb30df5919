// Simulated events per second of real time: MangaAssist's loop with enough concurrency to go on doubling, and a stream.
//   node bench/simulate.mjs [events]
import { fileURLToPath } from 'node:url';
import { settingsOf, systemOf } from '../dist/checks/run.js';
import { Collector } from '../dist/diagnostic/diagnostic.js';
import { loadSystem } from '../dist/io/load-system.js';
import { completeScenario } from '../dist/simulate/read-scenario.js';
import { defaultEntry } from '../dist/simulate/scenario.js';
import { simulate } from '../dist/simulate/simulate.js';

const most = Number(process.argv[2] ?? 1_000_000);
const cwd = fileURLToPath(new URL('..', import.meta.url));

async function topologyOf(name) {
  const place = {
    folder: fileURLToPath(new URL(`../examples/mangaassist/${name}`, import.meta.url)),
    named: [],
  };
  const { system, config } = await loadSystem({ cwd }, place, undefined);
  const { depthField: depth, stageField: stage } = settingsOf(config);
  return { topology: systemOf(system, config, new Collector()).topology, members: { depth, stage } };
}

async function measure(what, name, entries, limits) {
  const { topology, members } = await topologyOf(name);
  const scenario = completeScenario({ length: 1e9, step: 60_000, entries, limits, stopAt: { events: most } });
  const start = process.cpuUsage();
  const { totals, happenings } = simulate(topology, scenario, { members, budget: 1e9 });
  const { user, system } = process.cpuUsage(start);
  const seconds = (user + system) / 1e6;
  const rate = Math.round(totals.accepted / seconds).toLocaleString('en');
  console.log(
    `  ${what.padEnd(44)} ${totals.accepted.toLocaleString('en')} events, ${happenings.toLocaleString('en')} happenings: ${seconds.toFixed(1)} s of CPU, ${rate} events/s`,
  );
}

const event = 'mangaassist.reviews@ReviewSubmitted';
const unlimited = { accountConcurrency: 1e9, putEvents: 1e9, invocations: 1e9 };
await measure('the loop, without limits', 'before', [{ ...defaultEntry, event, count: 1 }], unlimited);
await measure(
  'the loop, at 1,000 concurrent executions',
  'before',
  [{ ...defaultEntry, event, count: 1 }],
  {},
);
await measure('a stream of 20 reviews a second', 'after', [{ ...defaultEntry, event, rate: 20 }], {});
