import { describe, expect, it } from 'vitest';
import { amplifications } from '../../src/graph/amplification.ts';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import { printEventType } from '../../src/model/event-type.ts';
import { type SystemSketch, systemOf } from '../support/system.ts';

function factors(sketch: SystemSketch): Record<string, number> {
  const analysis = analyzeLoops(systemOf(sketch), defaultSettings, schemaOracle(defaultSettings));
  const all = amplifications(analysis).map(({ node, events }) => [printEventType(node.type!), events]);
  return Object.fromEntries(all);
}

describe('the amplification factor', () => {
  it('counts the event and everything published in consequence', () => {
    const sketch: SystemSketch = {
      rules: {
        R: { pattern: { 'detail-type': ['A'] }, to: ['F', 'G'] },
        S: { pattern: { 'detail-type': ['B'] }, to: ['H'] },
      },
      functions: {
        F: { publishes: [{ event: 's@B', count: 3 }] },
        G: { publishes: ['s@C'] },
        H: { publishes: [{ event: 's@C', count: 2 }] },
      },
      schemas: { 's@A': { type: 'object' } },
    };
    // A itself, three B, each with two C, and one C.
    expect(factors(sketch)).toEqual({ 's@A': 1 + 3 * (1 + 2) + 1, 's@B': 3, 's@C': 1 });
  });

  it('is infinite for what goes round, and for what leads to it', () => {
    const sketch: SystemSketch = {
      rules: {
        R: { pattern: { 'detail-type': ['A'] }, to: ['F'] },
        S: { pattern: { 'detail-type': ['B'] }, to: ['F'] },
      },
      functions: { F: { publishes: ['s@B'] } },
      schemas: { 's@A': { type: 'object' } },
    };
    expect(factors(sketch)).toEqual({ 's@A': Number.POSITIVE_INFINITY, 's@B': Number.POSITIVE_INFINITY });
  });

  it('weighs with probabilities only what is expected', () => {
    const sketch: SystemSketch = {
      rules: { R: { pattern: { 'detail-type': ['A'] }, to: ['F'] } },
      functions: { F: { publishes: [{ event: 's@B', count: 4, probability: 0.25 }] } },
      schemas: { 's@A': { type: 'object' } },
    };
    const analysis = analyzeLoops(systemOf(sketch), defaultSettings, schemaOracle(defaultSettings));
    expect(amplifications(analysis)[0]).toMatchObject({ events: 5, expectedEvents: 2, fanOut: 1 });
  });

  it('expects an end where chance makes one, and none where each event leads to more', () => {
    const expected = (count: number, probability: number) => {
      const analysis = analyzeLoops(
        systemOf({
          rules: { R: { pattern: { source: ['a'] }, to: ['F'] } },
          functions: { F: { publishes: [{ event: 'a@X', count, probability }] } },
        }),
        defaultSettings,
        schemaOracle(defaultSettings),
      );
      const [first] = amplifications(analysis);
      expect(first!.events).toBe(Number.POSITIVE_INFINITY);
      return first!.expectedEvents;
    };
    expect(expected(1, 0.5)).toBeCloseTo(2, 6);
    expect(expected(3, 0.25)).toBeCloseTo(4, 6);
    expect(expected(2, 0.5)).toBe(Number.POSITIVE_INFINITY);
    expect(expected(2, 0.75)).toBe(Number.POSITIVE_INFINITY);
  });
});
