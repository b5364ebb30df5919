// Holds the analysis against the interpreter on many random systems, each made from its number: a run can be done in
// parts, and any case again. `node --import jiti/register test/graph/long-run.ts --from 0 --count 100000`
import { blankDisagreements, disagreements, type Seen } from '../support/agreement.ts';
import { Draws } from '../support/draws.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { numbersOf, option } from '../support/numbered-cases.ts';
import { DECISIONS, systemFrom, withBlanks, withoutSchemas } from '../support/random-systems.ts';

const from = option('from', 0);
const count = option('count', 100_000);
const oracle = enumeratingOracle();
const seen: Seen = { endless: 0, bounded: 0, refuted: 0, possible: 0, rounds: 0 };
let wrong = 0;
for (let number = from; number < from + count; number++) {
  const draws = numbersOf(number, 2 * DECISIONS);
  const system = systemFrom(new Draws(draws.slice(0, DECISIONS)));
  const found = disagreements(system, oracle, seen, {
    replay: number % 100 === 0 ? 1000 : 0,
    layers: number % 5 === 0,
  });
  if (number % 10 === 0) {
    const open = withoutSchemas(system);
    const blanked = withBlanks(open, new Draws(draws.slice(DECISIONS)));
    found.push(...blankDisagreements(open, blanked, oracle));
  }
  if (found.length > 0) {
    console.log(`case ${number}: ${found.join('; ')}`);
    if (process.argv.includes('--show')) console.log(JSON.stringify(system));
    if (++wrong >= 20) break;
  }
  if ((number - from + 1) % 10_000 === 0) {
    console.log(`${from} to ${number}: ${wrong} disagreements; ${JSON.stringify(seen)}`);
  }
}
console.log(`${from} to ${from + count - 1}: ${wrong} disagreements; ${JSON.stringify(seen)}`);
process.exitCode = wrong > 0 ? 1 : 0;
