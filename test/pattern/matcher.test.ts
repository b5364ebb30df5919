import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { matchText } from '../../src/pattern/match.ts';
import { createMatcher } from '../../src/pattern/matcher/matcher.ts';
import { parsePattern } from '../../src/pattern/parse.ts';
import type { Pattern } from '../../src/pattern/pattern.ts';
import { crowd, patternAndEvent } from '../support/pattern-arbitraries.ts';

const parse = (text: string) => parsePattern(documentOf('pattern', text)).value;

/** The keys of the patterns that the reference finds to match. */
function expected(patterns: ReadonlyMap<number, Pattern>, event: string): number[] {
  return [...patterns].filter(([, pattern]) => matchText(pattern, event).value).map(([key]) => key);
}

describe('the compiled matcher agrees with the reference', () => {
  it('on one random pattern', () => {
    fc.assert(
      fc.property(patternAndEvent(), ({ pattern, event }) => {
        const parsed = parse(pattern);
        if (!parsed) return;
        const matcher = createMatcher<string>().add('it', parsed);
        expect(matcher.matchText(event).value).toEqual(matchText(parsed, event).value ? ['it'] : []);
      }),
      { numRuns: 1500 },
    );
  });

  it('on random patterns that come and go', () => {
    fc.assert(
      fc.property(crowd(), fc.array(fc.nat(7), { maxLength: 6 }), ({ patterns, events }, removals) => {
        const present = new Map<number, Pattern>();
        const matcher = createMatcher<number>();
        for (const [key, text] of patterns.entries()) {
          const parsed = parse(text);
          if (!parsed) continue;
          present.set(key, parsed);
          matcher.add(key, parsed);
        }
        const agree = () => {
          for (const event of events)
            expect(matcher.matchText(event).value).toEqual(expected(present, event));
        };
        agree();
        for (const key of removals) {
          expect(matcher.remove(key)).toBe(present.delete(key));
          agree();
        }
        for (const [key, text] of patterns.entries()) {
          const parsed = parse(text);
          if (!parsed || present.has(key)) continue;
          present.set(key, parsed);
          matcher.add(key, parsed);
        }
        for (const event of events)
          expect(new Set(matcher.matchText(event).value)).toEqual(new Set(expected(present, event)));
      }),
      { numRuns: 200 },
    );
  });
});
