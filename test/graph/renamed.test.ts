import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import { topologyFromSketch } from '../../src/testing/index.ts';
import { disagreements, type Seen } from '../support/agreement.ts';
import { drawn } from '../support/draws.ts';
import { certain, machineDisagreements } from '../support/machine-agreement.ts';
import { busMachine, simulator } from '../support/machines.ts';
import { RENAMED_DECISIONS, renamedSystemFrom } from '../support/renamed-systems.ts';

const runs = Number(process.env['BUSPROOF_RANDOM_SYSTEMS'] ?? 300);
const systems = drawn(renamedSystemFrom, RENAMED_DECISIONS);

describe('systems in which fields are copied from one another', { timeout: 900_000 }, () => {
  it('are to the analysis what they are to an interpreter of concrete events', () => {
    const seen: Seen = { endless: 0, bounded: 0, refuted: 0, possible: 0, rounds: 0 };
    const oracle = schemaOracle(defaultSettings);
    fc.assert(
      fc.property(systems, (system) => {
        expect(disagreements(system, oracle, seen, { replay: 20 })).toEqual([]);
      }),
      { numRuns: runs },
    );
    expect(Math.min(seen.endless, seen.bounded, seen.refuted)).toBeGreaterThan(runs / 10);
  });

  it('are to the analysis what they are to the local bus and the simulator', async () => {
    const seen: Seen = { endless: 0, bounded: 0, refuted: 0, possible: 0, rounds: 0 };
    const oracle = schemaOracle(defaultSettings);
    await fc.assert(
      fc.asyncProperty(systems, async (system) => {
        const topology = topologyFromSketch(certain(system));
        expect(await machineDisagreements(topology, oracle, [busMachine, simulator], seen, 20)).toEqual([]);
      }),
      { numRuns: runs / 5 },
    );
  });
});
