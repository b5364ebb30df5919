import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawn } from '../support/draws.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { type OpeningsSeen, openingDisagreements } from '../support/opening-agreement.ts';
import { DECISIONS, systemFrom } from '../support/random-systems.ts';

const oracle = enumeratingOracle();

describe('an edit that is named as opening a loop', () => {
  it('makes events go round, and every single edit that does is named', () => {
    const seen: OpeningsSeen = { named: {}, opening: {}, missed: [] };
    fc.assert(
      fc.property(drawn(systemFrom, DECISIONS), (system) => {
        expect(openingDisagreements(system, oracle, seen)).toEqual([]);
      }),
      { numRuns: Number(process.env['SYSTEMS'] ?? 300) },
    );
    const kinds = ['drop', 'enable', 'publish', 'unguard'];
    expect(Object.keys(seen.named).sort()).toEqual(kinds);
    expect(Object.keys(seen.opening).sort()).toEqual(kinds);
    // Only lists of sources of one family make candidates of what they keep apart.
    const limits = /^drop R\d (source|detail-type)$/;
    expect(seen.missed.filter((words) => !limits.test(words))).toEqual([]);
  });
});
