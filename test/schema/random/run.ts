import { parseArgs } from 'node:util';
import { recheck } from '../../../src/schema/witness.ts';
import { askPairs, askTriples, Tally } from './rounds.ts';

/**
 * Asks random questions whose answers are known to be wrong if they are "no" (or "contained").
 *   --triples N, --pairs N  how many (100,000 each)      --seed S  the first seed; every round takes the next
 * Exit codes: 0 none wrong; 1 some wrong, or a witness that a judge refused.
 */
const { values } = parseArgs({
  options: {
    triples: { type: 'string', default: '100000' },
    pairs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
const first = Number(values.seed);
const tally = new Tally();
const started = Date.now();
let failed = false;

interface Kind {
  readonly name: string;
  readonly total: number;
  readonly ask: (seed: number, tally: Tally) => void;
  next: number;
}

/** Questions of one kind before those of the other have their turn. */
const TURN = 50_000;

const kinds: readonly Kind[] = [
  { name: 'triples', total: Number(values.triples), ask: askTriples, next: first },
  { name: 'pairs', total: Number(values.pairs), ask: askPairs, next: first },
];

for (let turn = 1; kinds.some(isOpen); turn++) {
  for (const kind of kinds) {
    while (isOpen(kind) && tally.of(kind.name) < turn * TURN) kind.ask(kind.next++, tally);
    report(kind);
  }
}
process.exitCode = failed ? 1 : 0;

function isOpen({ name, total }: Kind): boolean {
  return tally.of(name) < total && tally.wrong.length < 20;
}

function report({ name, next }: Kind): void {
  const seconds = Math.round((Date.now() - started) / 1000);
  const counts = [...tally.counts].sort(([, a], [, b]) => b - a).map(([what, count]) => `${what}: ${count}`);
  console.log(`${seconds} s, ${name} of seeds ${first} to ${next - 1}; ${counts.slice(0, 40).join('; ')}`);
  for (const wrong of tally.wrong.splice(0)) {
    failed = true;
    console.log(`WRONG ${JSON.stringify(wrong)}`);
  }
  for (const refused of recheck.examples.splice(0)) {
    failed = true;
    console.log(`REFUSED ${JSON.stringify(refused)}`);
  }
}
