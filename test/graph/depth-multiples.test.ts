import { describe, expect, it } from 'vitest';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import type { FieldEffect } from '../../src/model/emission.ts';
import { wayOf } from '../support/agreement.ts';
import { Interpreter } from '../support/interpreter.ts';
import { type SystemSketch, systemOf } from '../support/system.ts';

function detail(depth: Record<string, JsonValue>): JsonObject {
  return {
    type: 'object',
    properties: { _chain_depth: { type: 'integer', minimum: 0, ...depth } },
    required: ['_chain_depth'],
  };
}

/** X leads to Y and Y to X; whatever In is, it brings an X of some depth. */
function system(x: Record<string, JsonValue>, first: number, ...then: FieldEffect<number>[]): SystemSketch {
  const [toY = { kind: 'increment' }, toX = { kind: 'increment' }] = then;
  return {
    rules: {
      In: { pattern: { source: ['in'] }, to: ['H'] },
      R: { pattern: { source: ['a'], 'detail-type': ['X'] }, to: ['F'] },
      S: { pattern: { source: ['a'], 'detail-type': ['Y'] }, to: ['G'] },
    },
    functions: {
      H: { publishes: [{ event: 'a@X', depth: { kind: 'set', value: first } }] },
      F: { publishes: [{ event: 'a@Y', depth: toY }] },
      G: { publishes: [{ event: 'a@X', depth: toX }] },
    },
    schemas: { 'a@X': detail(x), 'a@Y': detail({}), 'in@In': { type: 'object' } },
  };
}

function verdictOf(sketch: SystemSketch) {
  const { groups } = analyzeLoops(systemOf(sketch), defaultSettings, schemaOracle(defaultSettings));
  return groups.flatMap(({ loops }) => loops)[0]!;
}

/** Whether an X that comes in at depth 0 or at the first depth goes round three hundred times, its depth counted without a limit. */
function goesOn(sketch: SystemSketch, first: number): boolean {
  const interpreter = new Interpreter(systemOf(sketch));
  const way = wayOf(verdictOf(sketch).hops);
  return [0, first].some((depth) => {
    let event = {
      bus: 'bus',
      source: 'a',
      'detail-type': 'X',
      detail: { _chain_depth: depth } as JsonObject,
    };
    if (!interpreter.valid(event)) return false;
    const begin = way.findIndex(({ rule }) => rule === 'R');
    for (let hop = 0; hop < 600; hop++) {
      const step = interpreter.follow(event, way[(begin + hop) % way.length]!);
      if (!step) return false;
      event = step.event as typeof event;
    }
    return true;
  });
}

const copy = { kind: 'copy' } as const;
const increment = { kind: 'increment' } as const;

describe('schemas that allow multiples of a depth alone', () => {
  const cases: [x: Record<string, JsonValue>, first: number, effects: FieldEffect<number>[]][] = [
    [{ multipleOf: 5 }, 10, [increment, increment]],
    [{ multipleOf: 5 }, 10, [copy, copy]],
    [{ multipleOf: 2 }, 10, [increment, increment]],
    [{ multipleOf: 2 }, 10, [increment, copy]],
    [{ multipleOf: 3 }, 9, [increment, increment]],
    [{ allOf: [{ multipleOf: 2 }, { not: { multipleOf: 6 } }] }, 8, [increment, increment]],
    [{ multipleOf: 0.5 }, 4, [increment, increment]],
    [{ multipleOf: 2.5 }, 20, [increment, increment]],
    [{ maximum: 7.5 }, 1, [increment, increment]],
    [{ exclusiveMaximum: 9.25, multipleOf: 2 }, 2, [increment, increment]],
  ];
  it.each(cases)('%o from %i on', (x, first, effects) => {
    const sketch = system(x, first, ...effects);
    const { verdict } = verdictOf(sketch);
    expect(verdict.kind).not.toBe('possible');
    expect(verdict.kind === 'endless').toBe(goesOn(sketch, first));
  });

  it('are not decided where they are too large to be followed', () => {
    expect(verdictOf(system({ multipleOf: 2_000 }, 6_000)).verdict.kind).toBe('possible');
  });
});
