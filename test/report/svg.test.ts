import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as dagre from '@dagrejs/dagre';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, type Layout, layOut } from '../../src/report/picture/layout.ts';
import type { Picture, PictureEdge, PictureNode } from '../../src/report/picture/picture.ts';
import { printSvg } from '../../src/report/picture/svg.ts';
import { cli, projectRoot } from '../support/cli.ts';
import { xmlProblem } from './well-formed.ts';

const kinds = ['event', 'rule', 'component'] as const;

/** Events, rules and components of several buses, with edges between any two. */
const pictures: fc.Arbitrary<Picture> = fc
  .record({
    nodes: fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        label: fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 1, maxLength: 2 }),
        bus: fc.nat({ max: 2 }),
        loop: fc.option(fc.constantFrom('endless', 'possible', 'bounded', 'refuted'), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 25 },
    ),
    ends: fc.array(
      fc.tuple(fc.nat(), fc.nat(), fc.constantFrom('sure', 'perhaps', 'never'), fc.option(fc.string())),
      {
        maxLength: 40,
      },
    ),
  })
  .map(({ nodes, ends }) => ({
    nodes: nodes.map(({ kind, label, bus, loop }, i): PictureNode => {
      const inside = kind === 'component' ? {} : { bus: `bus ${bus}` };
      return { key: `${i}`, kind, label, ...inside, ...(loop ? { loop } : {}) };
    }),
    edges: [
      ...new Map(
        ends
          .map(([a, b, certainty, label]): PictureEdge => {
            const [from, to] = [`${a % nodes.length}`, `${b % nodes.length}`];
            return { from, to, certainty, ...(label === null ? {} : { label }) };
          })
          .filter(({ from, to }) => from !== to)
          .map((edge) => [`${edge.from} ${edge.to}`, edge]),
      ).values(),
    ],
  }));

function apart(a: Box, b: Box): boolean {
  const near = 0.5;
  return (
    Math.abs(a.x - b.x) >= (a.width + b.width) / 2 - near ||
    Math.abs(a.y - b.y) >= (a.height + b.height) / 2 - near
  );
}

function within(inner: Box, outer: Box): boolean {
  return (
    Math.abs(inner.x - outer.x) <= (outer.width - inner.width) / 2 + 0.5 &&
    Math.abs(inner.y - outer.y) <= (outer.height - inner.height) / 2 + 0.5
  );
}

function expectLegible({ nodes, clusters, width, height }: Layout): void {
  const sheet = { x: width / 2, y: height / 2, width, height };
  for (const [i, a] of nodes.entries()) {
    expect(within(a, sheet)).toBe(true);
    for (const b of nodes.slice(i + 1)) expect(apart(a, b)).toBe(true);
    const frame = clusters.find(({ bus }) => bus === a.node.bus);
    if (frame) expect(within(a, frame)).toBe(true);
  }
  for (const [i, a] of clusters.entries()) {
    for (const b of clusters.slice(i + 1)) expect(apart(a, b)).toBe(true);
  }
}

describe('the SVG', () => {
  it('has every node once, none over another, each in the frame of its bus, and is well-formed', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const layout = layOut(picture, dagre);
        expectLegible(layout);
        expect(layout.nodes.map(({ node }) => node)).toEqual(picture.nodes);
        expect(layout.edges.map(({ edge }) => edge)).toEqual(picture.edges);
        const svg = printSvg(layout);
        expect(xmlProblem(svg)).toBeUndefined();
        expect(svg).not.toContain('NaN');
        expect(printSvg(layOut(picture, dagre))).toBe(svg);
      }),
      { numRuns: 200 },
    );
  });

  it('of hundreds of rules has no node over another', () => {
    const nodes = Array.from({ length: 600 }, (_, i): PictureNode => {
      const kind = kinds[i % 3]!;
      return {
        key: `${i}`,
        kind,
        label: [`${kind} ${i}`],
        ...(kind === 'component' ? {} : { bus: `${i % 4}` }),
      };
    });
    const edges = nodes
      .slice(3)
      .map(({ key }, i): PictureEdge => ({ from: `${(i * 7) % 600}`, to: key, certainty: 'sure' }));
    expectLegible(layOut({ nodes, edges: edges.filter(({ from, to }) => from !== to) }, dagre));
  });

  it('in the README is current', async () => {
    const path = join(projectRoot, 'docs/mangaassist-loops.svg');
    const { out } = await cli(['graph', '--loops', '--format', 'svg', 'examples/mangaassist/before']);
    if (process.env['UPDATE_DOCS']) writeFileSync(path, out);
    expect(out).toBe(readFileSync(path, 'utf8'));
    expect(out.match(/endless</g)).toHaveLength(2);
  });
});
