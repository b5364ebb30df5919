import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyzeLoops, type LoopAnalysis } from '../../src/graph/analyze.ts';
import type { Loop } from '../../src/graph/loop.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import { planIncident, withDisabled } from '../../src/incident/plan.ts';
import type { Topology } from '../../src/model/topology.ts';
import { topologyFromSketch } from '../../src/testing/topology/sketch.ts';
import { systemSketchArbitrary } from '../../src/testing/topology/topology-arbitrary.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';

const oracle = enumeratingOracle();

function endless({ groups }: LoopAnalysis): readonly Loop[] {
  return groups.flatMap(({ loops }) => loops.filter(({ verdict }) => verdict.kind === 'endless'));
}

function analyze(topology: Topology): LoopAnalysis {
  return analyzeLoops(topology, defaultSettings, oracle);
}

/** The size of the smallest set of rules that breaks all loops, by trying every set. */
function smallest(topology: Topology): number {
  const loops = endless(analyze(topology));
  const rules = topology.routes.map(({ id }) => id);
  let best = Number.POSITIVE_INFINITY;
  for (let bits = 0; bits < 1 << rules.length; bits++) {
    const disabled = rules.filter((_rule, i) => bits & (1 << i));
    if (disabled.length >= best) continue;
    if (!loops.every(({ hops }) => hops.some(({ route }) => disabled.includes(route.id)))) continue;
    if (endless(analyze(withDisabled(topology, disabled))).length === 0) best = disabled.length;
  }
  return best;
}

describe('the rules to disable in an incident', { timeout: 600_000 }, () => {
  it('are as few as trying every set finds, and nothing goes round without them', () => {
    let looping = 0;
    const sizes = new Map<number, number>();
    fc.assert(
      fc.property(systemSketchArbitrary({ maxRules: 6 }), (sketch) => {
        const topology = topologyFromSketch(sketch);
        const analysis = analyze(topology);
        if (endless(analysis).length === 0) return;
        looping++;
        const { disabled, exact, unbroken } = planIncident(analysis, oracle, endless);
        sizes.set(disabled.length, (sizes.get(disabled.length) ?? 0) + 1);
        expect([exact, unbroken]).toEqual([true, []]);
        const ids = disabled.map(({ route }) => route.id);
        expect(endless(analyze(withDisabled(topology, ids)))).toEqual([]);
        expect(disabled.length).toBe(smallest(topology));
        for (const { breaks, delivers } of disabled) {
          expect(breaks.length).toBeGreaterThan(0);
          expect(delivers.some(({ round }) => round)).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
    expect(looping).toBeGreaterThan(40);
    expect([...sizes.keys()].some((size) => size > 1)).toBe(true);
  });
});
