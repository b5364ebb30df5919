// Events per second of CPU time against event patterns, beside JSON.parse alone on the same events in the same
// round: medians over rounds, and their ratios. Where there is Java, Event Ruler on the same rules and events.
//   node bench/run.mjs patterns [rounds] [lots]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { createMatcher } from '../dist/pattern/matcher/matcher.js';
import { parsePattern } from '../dist/pattern/parse.js';
import { busRules, envelopes } from './pattern-bus.mjs';
import { lotRules, lots } from './pattern-lots.mjs';

const rounds = Number(process.argv[2] ?? 3);
const lotTexts = lots(Number(process.argv[3] ?? 40_000));
const envelopeTexts = envelopes(40_000);

const { 'complex arrays': arrays, ...single } = lotRules;
const allSingle = Object.values(single).flat();

/** Name, rules, events, and the ratios to reach: on whole texts, with early stop. */
const workloads = [
  ...Object.entries(single).map(([name, rules]) => ({
    name,
    rules,
    events: lotTexts,
    goal: 1.4,
    trustedGoal: 5,
  })),
  { name: 'complex arrays', rules: arrays, events: lotTexts, goal: 0.4 },
  { name: 'all but arrays', rules: allSingle, events: lotTexts },
  { name: 'all rules', rules: [...allSingle, ...arrays], events: lotTexts, goal: 0.3 },
  { name: '10,000 bus rules', rules: busRules(10_000), events: envelopeTexts, goal: 0.6 },
  { name: '100,000 bus rules', rules: busRules(100_000), events: envelopeTexts, goal: 0.5 },
];

/** Events per second of CPU time, user and system. */
function rate(events, work) {
  const before = process.cpuUsage();
  for (const event of events) work(event);
  const { user, system } = process.cpuUsage(before);
  return events.length / ((user + system) / 1e6);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Compiles from text; what that takes counts for the large sets. */
function build(rules) {
  const texts = rules.map((rule) => JSON.stringify(rule));
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed;
  const before = process.cpuUsage();
  const matcher = createMatcher();
  for (const [key, text] of texts.entries()) matcher.add(key, parsePattern({ path: 'rule', text }).value);
  matcher.match({});
  const { user, system } = process.cpuUsage(before);
  globalThis.gc?.();
  return {
    matcher,
    seconds: (user + system) / 1e6,
    megabytes: (process.memoryUsage().heapUsed - heap) / 1e6,
  };
}

function measure({ rules, events }) {
  const { matcher, ...built } = build(rules);
  const rates = { parse: [], whole: [], trusted: [] };
  let hits = 0;
  for (let round = -1; round < rounds; round++) {
    const parse = rate(events, JSON.parse);
    hits = 0;
    const whole = rate(events, (event) => {
      hits += matcher.matchText(event).value.length;
    });
    const trusted = rate(events, (event) => matcher.matchText(event, { trusted: true }));
    // The first round warms up.
    if (round >= 0)
      for (const [key, value] of Object.entries({ parse, whole, trusted })) rates[key].push(value);
  }
  const ratio = (key) => median(rates[key].map((value, round) => value / rates.parse[round]));
  return {
    ...built,
    hits,
    parse: median(rates.parse),
    whole: median(rates.whole),
    wholeRatio: ratio('whole'),
    trustedRatio: ratio('trusted'),
  };
}

/** Event Ruler's events per second and its hits, or why there are none. */
async function rulerOf() {
  const judge = await createJiti(import.meta.url).import('../test/oracle/judge.ts');
  const missing = judge.missingTool();
  if (missing) return { missing };
  const path = judge.classPath(fileURLToPath(new URL('../test/oracle/RulerBench.java', import.meta.url)));
  const folder = mkdtempSync(join(tmpdir(), 'busproof-bench-'));
  const write = (name, lines) => {
    const file = join(folder, name);
    writeFileSync(file, lines.join('\n'));
    return file;
  };
  const files = new Map(
    [lotTexts, envelopeTexts].map((texts, index) => [texts, write(`events${index}`, texts)]),
  );
  return {
    measure({ rules, events }) {
      const rulesFile = write(
        'rules',
        rules.map((rule) => JSON.stringify(rule)),
      );
      const options = [
        '-Xmx4g',
        '-XX:+UseSerialGC',
        '-cp',
        path,
        'RulerBench',
        rulesFile,
        files.get(events),
        String(rounds),
      ];
      const { stdout, status, stderr } = spawnSync('java', options, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`Event Ruler's benchmark failed: ${stderr}`);
      return JSON.parse(stdout);
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}

const mark = (ratio, goal) =>
  `${ratio.toFixed(2)}${goal === undefined ? '' : ratio >= goal ? ' ok' : ` (${goal})`}`;
const ruler = await rulerOf();
console.log(
  'events per second of CPU time; ratios to JSON.parse in the same round, goals not reached in brackets',
);
if (ruler.missing) console.log(`(without Event Ruler: "${ruler.missing}" is not here)`);
console.log(
  [
    'workload'.padEnd(24),
    'JSON.parse',
    '  matcher',
    ' ratio'.padEnd(12),
    'early stop'.padEnd(12),
    'Event Ruler',
  ].join(' '),
);
for (const workload of workloads) {
  const ours = measure(workload);
  const line = [
    workload.name.padEnd(24),
    ours.parse.toFixed(0).padStart(10),
    ours.whole.toFixed(0).padStart(9),
    ` ${mark(ours.wholeRatio, workload.goal)}`.padEnd(12),
    mark(ours.trustedRatio, workload.trustedGoal).padEnd(12),
  ];
  if (ruler.measure) {
    const { perSecond, hits } = ruler.measure(workload);
    line.push(`${median(perSecond).toFixed(0)} (${(median(perSecond) / ours.parse).toFixed(2)})`);
    if (hits !== ours.hits) line.push(`DIFFERENT HITS: ${hits}, not ${ours.hits}`);
  }
  if (workload.rules.length >= 10_000) {
    line.push(
      ` built in ${ours.seconds.toFixed(1)} s CPU`,
      globalThis.gc ? `${ours.megabytes.toFixed(0)} MB` : '',
    );
  }
  console.log(line.join(' ').trimEnd());
}
ruler.close?.();
