import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimalHittingSet } from '../../src/incident/minimal-set.ts';

const options = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Every subset, the small ones and the cheap ones first. */
function smallest(
  sets: readonly (readonly string[])[],
  cost: (option: string) => number,
): { size: number; cost: number } {
  let best = { size: Number.POSITIVE_INFINITY, cost: 0 };
  for (let bits = 0; bits < 1 << options.length; bits++) {
    const chosen = options.filter((_option, i) => bits & (1 << i));
    if (!sets.every((set) => set.some((option) => chosen.includes(option)))) continue;
    const found = { size: chosen.length, cost: chosen.reduce((sum, option) => sum + cost(option), 0) };
    if (found.size < best.size || (found.size === best.size && found.cost < best.cost)) best = found;
  }
  return best;
}

describe('the smallest choice that hits every set', () => {
  it('is what trying every subset finds', () => {
    const sets = fc.array(fc.subarray(options, { minLength: 1, maxLength: 4 }), { maxLength: 14 });
    fc.assert(
      fc.property(sets, fc.array(fc.nat({ max: 5 }), { minLength: 8, maxLength: 8 }), (given, costs) => {
        const cost = (option: string): number => costs[options.indexOf(option)]!;
        const { chosen, exact } = minimalHittingSet(given, cost);
        const found = { size: chosen.length, cost: chosen.reduce((sum, option) => sum + cost(option), 0) };
        expect(exact).toBe(true);
        expect(given.every((set) => set.some((option) => chosen.includes(option)))).toBe(true);
        expect(found).toEqual(smallest(given, cost));
      }),
      { numRuns: 1500 },
    );
  });

  it('is greedy, and says so, where the search would take too long', () => {
    // Every pair of twelve: eleven are needed, while no more than six pairs are apart.
    const twelve = Array.from('abcdefghijkl');
    const many = twelve.flatMap((a, i) => twelve.slice(i + 1).map((b) => [a, b]));
    expect(minimalHittingSet(many)).toMatchObject({ chosen: { length: 11 }, exact: true });
    const { chosen, exact } = minimalHittingSet(many, () => 0, 20);
    expect(exact).toBe(false);
    expect(many.every((set) => set.some((option) => chosen.includes(option)))).toBe(true);
  });

  it('is empty for nothing', () => {
    expect(minimalHittingSet([])).toEqual({ chosen: [], exact: true });
  });
});
