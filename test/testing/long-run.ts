// Holds the analysis against the local bus and the simulator on many random systems, each made from its number: a run
// can be done in parts, and any case again. `--in-turn`: against both on every tenth, against one of them on the others.
// `node --import jiti/register test/testing/long-run.ts --from 0 --count 10000`
import { topologyFromSketch } from '../../src/testing/topology/sketch.ts';
import type { Seen } from '../support/agreement.ts';
import { Draws } from '../support/draws.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { certain, machineDisagreements } from '../support/machine-agreement.ts';
import { busMachine, type Machine, simulator } from '../support/machines.ts';
import { numbersOf, option } from '../support/numbered-cases.ts';
import { DECISIONS, systemFrom } from '../support/random-systems.ts';

const from = option('from', 0);
const count = option('count', 10_000);
const inTurn = process.argv.includes('--in-turn');
const oracle = enumeratingOracle();
const seen: Seen = { endless: 0, bounded: 0, refuted: 0, possible: 0, rounds: 0 };
let wrong = 0;

/** The machines that a system is held against. */
function machinesFor(number: number): readonly Machine[] {
  if (!inTurn || number % 10 === 0) return [busMachine, simulator];
  return number % 2 === 0 ? [busMachine] : [simulator];
}

async function tryCase(number: number): Promise<void> {
  const system = certain(systemFrom(new Draws(numbersOf(number, DECISIONS))));
  const rounds = number % 50 === 0 ? 1000 : 20;
  const topology = topologyFromSketch(system);
  const found = await machineDisagreements(topology, oracle, machinesFor(number), seen, rounds);
  if (found.length === 0) return;
  wrong++;
  console.log(`case ${number}: ${found.join('; ')}`);
  if (process.argv.includes('--show')) console.log(JSON.stringify(system));
}

let number = from;
const tell = () => console.log(`${from} to ${number - 1}: ${wrong} disagreements; ${JSON.stringify(seen)}`);
while (number < from + count && wrong < 20) {
  await tryCase(number++);
  if ((number - from) % 10_000 === 0) tell();
}
tell();
process.exitCode = wrong > 0 ? 1 : 0;
