import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankDisagreements, disagreements, type Seen } from '../support/agreement.ts';
import { drawn } from '../support/draws.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { DECISIONS, systemFrom, withBlanks, withoutSchemas } from '../support/random-systems.ts';

const oracle = enumeratingOracle();

/** Longer runs, in parts: see long-run.ts. */
const runs = Number(process.env['BUSPROOF_RANDOM_SYSTEMS'] ?? 10_000);

describe('the analysis and an interpreter of concrete events agree', { timeout: 600_000 }, () => {
  it('on every loop, growth and amplification factor of random systems', () => {
    const seen: Seen = { endless: 0, bounded: 0, refuted: 0, possible: 0, rounds: 0 };
    let tried = 0;
    fc.assert(
      fc.property(drawn(systemFrom, DECISIONS), (system) => {
        const layers = tried++ % 5 === 0;
        expect(disagreements(system, oracle, seen, { layers })).toEqual([]);
      }),
      { numRuns: runs },
    );
    expect(seen.possible).toBe(0);
    expect(Math.min(seen.endless, seen.bounded, seen.refuted, seen.rounds)).toBeGreaterThan(runs / 10);
  });

  it('on the events of endless loops, which go round a thousand times', () => {
    const seen: Seen = { endless: 0, bounded: 0, refuted: 0, possible: 0, rounds: 0 };
    fc.assert(
      fc.property(drawn(systemFrom, DECISIONS), (system) => {
        expect(disagreements(system, oracle, seen, { replay: 1000 })).toEqual([]);
      }),
      { numRuns: runs / 20 },
    );
    expect(seen.endless).toBeGreaterThan(runs / 500);
  });

  it('on what may be, where something is left unsaid', () => {
    const pair = drawn((draws) => {
      const system = withoutSchemas(systemFrom(draws));
      return [system, withBlanks(system, draws)] as const;
    }, 2 * DECISIONS);
    fc.assert(
      fc.property(pair, ([system, blanked]) => {
        expect(blankDisagreements(system, blanked, oracle)).toEqual([]);
      }),
      { numRuns: runs / 20 },
    );
  });
});
