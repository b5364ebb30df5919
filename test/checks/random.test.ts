import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownTypes } from '../../src/checks/common/known-types.ts';
import { Reaches } from '../../src/checks/common/reach.ts';
import { namesEvents, type PatternRule, patternRules } from '../../src/checks/common/rules.ts';
import { sharedEvent } from '../../src/checks/common/shared-event.ts';
import { schemaOracle } from '../../src/graph/oracle.ts';
import { matchValue } from '../../src/pattern/match.ts';
import { drawn } from '../support/draws.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { DECISIONS, systemFrom } from '../support/random-systems.ts';
import { systemOf } from '../support/system.ts';

/** Tries every event of a small domain: the second way to each answer. */
const tried = enumeratingOracle();
const runs = 300;

describe('the questions of the checks, on random systems in which everything has a schema', () => {
  it('a rule is dead exactly where none of all events matches it', () => {
    let dead = 0;
    fc.assert(
      fc.property(drawn(systemFrom, DECISIONS), (sketch) => {
        const topology = systemOf(sketch);
        const known = new KnownTypes(topology);
        const reaches = new Reaches(known, schemaOracle({ dottedKeys: false }));
        for (const rule of patternRules(topology)) {
          const matched = topology.contracts.some(
            (contract) => tried.ask(contract, true, rule.filter.pattern).answer === 'yes',
          );
          const { kind } = reaches.of(rule);
          // Of a rule that names no events of one's own nothing is said, though it may be dead.
          if (!namesEvents(rule)) expect(matched && kind === 'none').toBe(false);
          else expect(kind === 'some', `${rule.name}: ${kind}`).toBe(matched);
          if (!matched) dead++;
        }
      }),
      { numRuns: runs },
    );
    expect(dead).toBeGreaterThan(runs / 20);
  });

  it('two rules share an event exactly where one of all events matches both', () => {
    const seen = { shared: 0, apart: 0 };
    fc.assert(
      fc.property(drawn(systemFrom, DECISIONS), (sketch) => {
        const topology = systemOf(sketch);
        const known = new KnownTypes(topology);
        const config = { dottedKeys: false } as Parameters<typeof sharedEvent>[2]['config'];
        const context = { known, config } as Parameters<typeof sharedEvent>[2];
        const [a, b] = patternRules(topology) as (PatternRule | undefined)[];
        if (!a || !b || a.from.bus !== b.from.bus) return;
        const both = topology.contracts.some(
          (contract) => tried.askAll(contract, true, [a.filter.pattern, b.filter.pattern]).answer === 'yes',
        );
        const shared = sharedEvent(a, b, context);
        // Where no known type fits both, one may still include the other: an event of another type then is shared.
        const types = new Set(known.takenBy(a));
        if (!known.takenBy(b).some((each) => types.has(each))) {
          expect(shared?.eventType).toBeUndefined();
          return;
        }
        expect(shared !== undefined).toBe(both);
        if (shared?.event !== undefined) {
          expect(matchValue(a.filter.pattern, shared.event)).toBe(true);
          expect(matchValue(b.filter.pattern, shared.event)).toBe(true);
        }
        seen[both ? 'shared' : 'apart']++;
      }),
      { numRuns: runs },
    );
    expect(Math.min(seen.shared, seen.apart)).toBeGreaterThan(runs / 20);
  });
});
