import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amplifications } from '../../src/graph/amplification.ts';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import { parseEventType, printEventType } from '../../src/model/event-type.ts';
import type { Topology } from '../../src/model/topology.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { type ConcreteEvent, deliver } from '../support/interpreter.ts';
import { eventTypes, randomSystem } from '../support/random-systems.ts';
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
});

/** All events published in consequence of one, by following each; infinite beyond a hundred hops. */
function count(topology: Topology, event: ConcreteEvent, hops = 0): number {
  if (hops > 100) return Number.POSITIVE_INFINITY;
  let total = 1;
  for (const step of deliver(topology, event)) {
    total += count(topology, step.event, hops + 1);
    if (total === Number.POSITIVE_INFINITY) break;
  }
  return total;
}

describe('the analysis and an interpreter of concrete events', () => {
  const oracle = enumeratingOracle(eventTypes);
  it('count the same events on random systems', () => {
    fc.assert(
      fc.property(randomSystem, (sketch) => {
        const topology = systemOf(sketch);
        for (const { node, events } of amplifications(analyzeLoops(topology, defaultSettings, oracle))) {
          const { source, detailType } = parseEventType(printEventType(node.type!))!;
          const counts = ['raw', 'processed'].map((processing_stage) =>
            count(topology, {
              bus: 'bus',
              source,
              'detail-type': detailType,
              detail: { _chain_depth: 0, processing_stage },
            }),
          );
          expect(events).toBe(Math.max(...counts));
        }
      }),
      { numRuns: 500 },
    );
  });
});
