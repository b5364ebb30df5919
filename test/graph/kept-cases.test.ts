import { expect, it } from 'vitest';
import { blankDisagreements } from '../support/agreement.ts';
import { Draws } from '../support/draws.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { numbersOf } from '../support/numbered-cases.ts';
import { DECISIONS, systemFrom, withBlanks, withoutSchemas } from '../support/random-systems.ts';

/** Systems that long runs of long-run.ts stumbled over, by their numbers, and why. */
const cases = [
  [1623260, 'an endless loop through one event type twice is listed where blanks hide a shorter one'],
];

it.each(cases)('case %d: %s', (number) => {
  const draws = numbersOf(Number(number), 2 * DECISIONS);
  const system = withoutSchemas(systemFrom(new Draws(draws.slice(0, DECISIONS))));
  const blanked = withBlanks(system, new Draws(draws.slice(DECISIONS)));
  expect(blankDisagreements(system, blanked, enumeratingOracle())).toEqual([]);
});
