import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import { systemSketchArbitrary, topologyFromSketch } from '../../src/testing/index.ts';
import type { Seen } from '../support/agreement.ts';
import { drawn } from '../support/draws.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { certain, machineDisagreements } from '../support/machine-agreement.ts';
import { busMachine, simulator } from '../support/machines.ts';
import { DECISIONS, systemFrom } from '../support/random-systems.ts';

const machines = [busMachine, simulator];

/** The gate does ten thousand others, and longer runs go on from there: see long-run.ts. */
const runs = Number(process.env['BUSPROOF_RANDOM_SYSTEMS'] ?? 1000);

/** Often enough to have met every guard and filter; and as often as an endless loop is to be passed. */
const SOME_ROUNDS = 20;
const MANY_ROUNDS = 1000;

function nothingSeen(): Seen {
  return { endless: 0, bounded: 0, refuted: 0, possible: 0, rounds: 0 };
}

describe('the proofs, the local bus and the simulator give the same answer', { timeout: 900_000 }, () => {
  it('on every loop, and on what one event leads to, in random systems', async () => {
    const seen = nothingSeen();
    const oracle = enumeratingOracle();
    await fc.assert(
      fc.asyncProperty(drawn(systemFrom, DECISIONS), async (system) => {
        const topology = topologyFromSketch(certain(system));
        expect(await machineDisagreements(topology, oracle, machines, seen, SOME_ROUNDS)).toEqual([]);
      }),
      { numRuns: runs },
    );
    expect(Math.min(seen.endless, seen.bounded, seen.refuted)).toBeGreaterThan(runs / 10);
  });

  it('on the events of endless loops, which go round a thousand times', async () => {
    const seen = nothingSeen();
    const oracle = enumeratingOracle();
    await fc.assert(
      fc.asyncProperty(drawn(systemFrom, DECISIONS), async (system) => {
        const topology = topologyFromSketch(certain(system));
        expect(await machineDisagreements(topology, oracle, machines, seen, MANY_ROUNDS)).toEqual([]);
      }),
      { numRuns: runs / 10 },
    );
    expect(seen.endless).toBeGreaterThan(runs / 100);
  });

  it('on the systems that users get, decided by schemas and patterns', async () => {
    const seen = nothingSeen();
    const oracle = schemaOracle(defaultSettings);
    await fc.assert(
      fc.asyncProperty(systemSketchArbitrary({ maxCount: 2 }), async (sketch) => {
        const topology = topologyFromSketch(sketch);
        expect(await machineDisagreements(topology, oracle, machines, seen, SOME_ROUNDS)).toEqual([]);
      }),
      { numRuns: runs },
    );
    expect(Math.min(seen.endless, seen.bounded, seen.refuted)).toBeGreaterThan(runs / 10);
  });
});
