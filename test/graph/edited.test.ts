import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyzeLoops, type LoopAnalysis } from '../../src/graph/analyze.ts';
import { afterEdit, type Edit, nearby } from '../../src/graph/edited.ts';
import type { Loop } from '../../src/graph/loop.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import { withComponent, withRoute } from '../../src/model/topology.ts';
import { type Draws, drawn } from '../support/draws.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { DECISIONS, systemFrom } from '../support/random-systems.ts';
import { type SystemSketch, systemOf } from '../support/system.ts';

const oracle = enumeratingOracle();

function loopsOf({ groups, near }: LoopAnalysis): readonly Loop[] {
  return [...groups.flatMap(({ loops }) => loops), ...near];
}

/** A system with another pattern in one rule, or another guard and other publications in one function. */
function editOf(system: SystemSketch, other: SystemSketch, draws: Draws): Edit {
  const topology = systemOf(system);
  const edited = systemOf(other);
  if (draws.once(3)) {
    const id = draws.pick(topology.components).id;
    const { rejectsAtDepth } = edited.componentById.get(id)!;
    const { rejectsAtDepth: _, ...component } = topology.componentById.get(id)!;
    const own = (topology.emissionsOf.get(id) ?? []).map((each) => ({
      ...each,
      depth: draws.once(2) ? ({ kind: 'increment' } as const) : each.depth,
    }));
    return {
      topology: withComponent(topology, { ...component, ...(rejectsAtDepth ? { rejectsAtDepth } : {}) }, own),
      component: id,
    };
  }
  const route = draws.pick(topology.routes);
  const { filter } = draws.pick(edited.routes);
  return { topology: withRoute(topology, { ...route, filter }), route: route.id };
}

describe('an edit', () => {
  it('does what the analysis of the whole edited system says', () => {
    let near = 0;
    let opened = 0;
    fc.assert(
      fc.property(
        drawn((draws) => {
          const system = systemFrom(draws);
          return { system, edit: editOf(system, systemFrom(draws), draws) };
        }, 3 * DECISIONS),
        ({ system, edit }) => {
          const before = analyzeLoops(systemOf(system), defaultSettings, oracle);
          const after = analyzeLoops(edit.topology, defaultSettings, oracle);
          // A loop that is no candidate any more is refuted, whatever else would stop it.
          const candidates = after.groups.flatMap(({ loops }) => loops);
          const verdicts = new Map(candidates.map(({ id, verdict }) => [id, verdict.kind]));
          if (nearby(before, edit)) near++;
          const edited = afterEdit(before, edit, oracle);
          const told = loopsOf(before).map((loop) => [loop.id, edited.verdictOf(loop)] as const);
          // What is not listed of too many may be anything.
          const cut = after.groups.some(({ truncated }) => truncated);
          const listed = told.filter(([id]) => !cut || verdicts.has(id));
          expect(listed).toEqual(listed.map(([id]) => [id, verdicts.get(id) ?? 'refuted']));
          const known = new Set(
            before.groups.flatMap(({ loops }) =>
              loops.flatMap(({ id, verdict }) => (verdict.kind === 'endless' ? [id] : [])),
            ),
          );
          const opens = after.groups.some(({ loops }) =>
            loops.some(({ id, verdict }) => verdict.kind === 'endless' && !known.has(id)),
          );
          expect(edited.opensAnother).toBe(opens);
          if (opens) opened++;
        },
      ),
      { numRuns: 300 },
    );
    // Both ways are taken, and some edits open what was closed.
    expect(near).toBeGreaterThan(30);
    expect(near).toBeLessThan(290);
    expect(opened).toBeGreaterThan(3);
  });
});
