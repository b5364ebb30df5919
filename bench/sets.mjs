// The set algebra: questions per second, the median and the 99th percentile on the labelled cases beside the checkout
// (if they are there), and 1,000 event types against 1,000 and 10,000 rules from cold, with the memory they take.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compilePattern } from '../dist/pattern/compile.js';
import { parsePatternValue } from '../dist/pattern/index.js';
import { Candidates } from '../dist/schema/candidates.js';
import { compileSchema } from '../dist/schema/compiled.js';
import { includes } from '../dist/schema/includes.js';
import { satisfiable } from '../dist/schema/satisfiable.js';
import { patterns, schemas } from './sets-workload.mjs';

/** Megabytes of heap that the large runs may take: what is kept for later is given up earlier. */
const HEAP = 256;

const vectors = fileURLToPath(new URL('../../shared/vectors/', import.meta.url));

function cpuSeconds(since) {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(2);
}

/** Asks every question several times, each time compiled anew; the first round, from cold, is printed apart. */
function measureCases(name, cases, ask) {
  for (const [round, times] of [
    ['cold', 1],
    ['warm', 5],
  ]) {
    const took = [];
    const start = process.cpuUsage();
    for (let i = 0; i < times; i++) {
      for (const one of cases) {
        const before = performance.now();
        ask(one);
        took.push(performance.now() - before);
      }
    }
    const seconds = cpuSeconds(start);
    took.sort((a, b) => a - b);
    const perSecond = Math.round(took.length / seconds);
    console.log(
      `${name.padEnd(24)} ${round}  ${String(perSecond).padStart(6)} questions/CPU-s  median ${percentile(took, 0.5)} ms  p99 ${percentile(took, 0.99)} ms`,
    );
  }
}

/** Every rule against every event type, from nothing. */
function measureScale(count) {
  const start = process.cpuUsage();
  const compiled = schemas().map((schema) => compileSchema(schema).value);
  const candidates = new Candidates(compiled);
  const took = [];
  const answers = { yes: 0, no: 0, unknown: 0 };
  let peak = 0;
  let seen = 0;
  for (const value of patterns(count)) {
    const pattern = compilePattern(parsePatternValue(value).value);
    for (const position of candidates.of(pattern.pattern)) {
      const before = performance.now();
      const verdict = satisfiable(compiled[position], pattern, { recheck: false, readable: false });
      took.push(performance.now() - before);
      answers[verdict.answer]++;
    }
    if (seen++ % 100 === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }
  const seconds = cpuSeconds(start);
  took.sort((a, b) => a - b);
  console.log(
    `${count} × ${compiled.length}`.padEnd(16) +
      `${took.length} pairs asked, ${answers.yes} yes, ${answers.no} no, ${answers.unknown} unknown` +
      `  ${seconds.toFixed(1)} s CPU  ${Math.round(peak / 1e6)} MB` +
      `  median ${percentile(took, 0.5)} ms  p99 ${percentile(took, 0.99)} ms`,
  );
  return { seconds, pairs: took.length };
}

const [part] = process.argv.slice(2);
if (part !== undefined) {
  console.log(JSON.stringify(measureScale(Number(part))));
} else {
  if (existsSync(vectors)) {
    const read = (file) => JSON.parse(readFileSync(vectors + file, 'utf8'));
    measureCases('satisfiability cases', read('sat-dev.json'), (one) =>
      satisfiable(
        compileSchema(one.schema, one.options).value,
        compilePattern(parsePatternValue(one.pattern).value),
      ),
    );
    measureCases('containment cases', read('containment-dev.json'), (one) =>
      includes(compileSchema(one.sub, one.options).value, compileSchema(one.super, one.options).value),
    );
  }
  // Each size in a process of its own: from cold, and with its own memory.
  const [small, large] = [1_000, 10_000].map((count) => {
    const line = [`--max-old-space-size=${HEAP}`, fileURLToPath(import.meta.url), String(count)];
    const output = execFileSync(process.execPath, line, { encoding: 'utf8' });
    const [told, measured] = output.trim().split('\n');
    console.log(told);
    return JSON.parse(measured);
  });
  const times = (a, b) => (b / a).toFixed(1);
  console.log(
    `ten times the rules: ${times(small.pairs, large.pairs)} times the pairs that can match, ` +
      `${times(small.seconds, large.seconds)} times the work`,
  );
}
