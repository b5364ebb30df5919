// Holds the analysis against the local bus and the simulator on many random systems, each made from its number: a run
// can be done in parts, and any case again. `node --import jiti/register test/testing/long-run.ts --from 0 --count 10000`
import { topologyFromSketch } from '../../src/testing/topology/sketch.ts';
import type { Seen } from '../support/agreement.ts';
import { Draws } from '../support/draws.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { certain, machineDisagreements } from '../support/machine-agreement.ts';
import { busMachine, simulator } from '../support/machines.ts';
import { numbersOf, option } from '../support/numbered-cases.ts';
import { DECISIONS, systemFrom } from '../support/random-systems.ts';

const from = option('from', 0);
const count = option('count', 10_000);
const oracle = enumeratingOracle();
const seen: Seen = { endless: 0, bounded: 0, refuted: 0, possible: 0, rounds: 0 };
let wrong = 0;

async function tryCase(number: number): Promise<void> {
  const system = certain(systemFrom(new Draws(numbersOf(number, DECISIONS))));
  const rounds = number % 50 === 0 ? 1000 : 20;
  const topology = topologyFromSketch(system);
  const found = await machineDisagreements(topology, oracle, [busMachine, simulator], seen, rounds);
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
