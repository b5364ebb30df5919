import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cyclicComponents } from '../../src/graph/components.ts';
import { elementaryCycles, shortCycles } from '../../src/graph/cycles.ts';
import { spectralRadius } from '../../src/graph/spectral-radius.ts';

const edgesOf = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
  maxLength: 14,
});
const nodes = [0, 1, 2, 3, 4, 5];

/** Every simple closed path by trying all, begun at its smallest node: slow and plain. */
function cyclesByTrying(edges: readonly (readonly [number, number])[]): string[] {
  const found: string[] = [];
  const extend = (path: number[], used: number[]): void => {
    for (const [i, [from, to]] of edges.entries()) {
      if (from !== path.at(-1)) continue;
      if (to === path[0]) found.push([...used, i].join(','));
      else if (to > path[0]! && !path.includes(to)) extend([...path, to], [...used, i]);
    }
  };
  for (const node of nodes) extend([node], []);
  return found.sort();
}

describe('elementary cycles', () => {
  it('are those that trying all paths finds, parallel edges told apart', () => {
    fc.assert(
      fc.property(edgesOf, (pairs) => {
        const edges = pairs.map(([from, to], id) => ({ from, to, id }));
        const { cycles, truncated } = elementaryCycles(nodes, edges, 100_000);
        expect(truncated).toBe(false);
        expect(cycles.map((cycle) => cycle.map(({ id }) => id).join(',')).sort()).toEqual(
          cyclesByTrying(pairs),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('that are short are those of all that have few edges', () => {
    fc.assert(
      fc.property(edgesOf, fc.integer({ min: 1, max: 6 }), (pairs, length) => {
        const edges = pairs.map(([from, to], id) => ({ from, to, id }));
        const told = shortCycles(nodes, edges, length, 100_000).map((cycle) =>
          cycle.map(({ id }) => id).join(','),
        );
        const short = cyclesByTrying(pairs).filter((cycle) => cycle.split(',').length <= length);
        expect([...told].sort()).toEqual(short);
      }),
    );
  });

  it('stop at the limit and say so', () => {
    const complete = nodes.flatMap((from) => nodes.map((to) => ({ from, to })));
    const { cycles, truncated } = elementaryCycles(nodes, complete, 10);
    expect(cycles).toHaveLength(10);
    expect(truncated).toBe(true);
  });
});

describe('cyclic components', () => {
  it('hold two nodes together exactly when each reaches the other', () => {
    fc.assert(
      fc.property(edgesOf, (pairs) => {
        const reach = nodes.map((from) => reachable(from, pairs));
        const component = new Map<number, number[]>();
        const successors = (node: number) => pairs.filter(([from]) => from === node).map(([, to]) => to);
        for (const members of cyclicComponents(nodes, successors))
          for (const node of members) component.set(node, members);
        for (const a of nodes) {
          for (const b of nodes) {
            const together = component.get(a)?.includes(b) ?? false;
            expect(together).toBe(reach[a]!.has(b) && reach[b]!.has(a));
          }
        }
      }),
    );
  });

  it('of a very long chain do not need a deep stack', () => {
    const long = Array.from({ length: 200_000 }, (_, i) => i);
    expect(cyclicComponents(long, (node) => [(node + 1) % long.length])).toHaveLength(1);
  });
});

function reachable(from: number, pairs: readonly (readonly [number, number])[]): Set<number> {
  const seen = new Set<number>();
  const open = [from];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const [a, b] of pairs) {
      if (a === node && !seen.has(b)) {
        seen.add(b);
        open.push(b);
      }
    }
  }
  return seen;
}

describe('spectral radius', () => {
  const cases: [name: string, rows: number[][], radius: number][] = [
    ['one event causes one', [[1]], 1],
    ['one event causes three', [[3]], 3],
    [
      'two events cause both',
      [
        [1, 1],
        [1, 1],
      ],
      2,
    ],
    [
      'two events cause only each other',
      [
        [0, 1],
        [1, 0],
      ],
      1,
    ],
    [
      'a ring of three that doubles once',
      [
        [0, 2, 0],
        [0, 0, 1],
        [1, 0, 0],
      ],
      2 ** (1 / 3),
    ],
    [
      'Fibonacci',
      [
        [1, 1],
        [1, 0],
      ],
      (1 + Math.sqrt(5)) / 2,
    ],
    ['a half', [[0.5]], 0.5],
    ['nothing', [], 0],
  ];
  it.each(cases)('%s', (_name, rows, radius) => {
    const sparse = rows.map((row) =>
      row.map((weight, i) => [i, weight] as const).filter(([, weight]) => weight > 0),
    );
    expect(spectralRadius(sparse)).toBeCloseTo(radius, 6);
  });
});
