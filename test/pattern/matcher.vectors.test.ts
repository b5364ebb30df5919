import { expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { matchValue } from '../../src/pattern/match.ts';
import { createMatcher } from '../../src/pattern/matcher/matcher.ts';
import { parsePattern } from '../../src/pattern/parse.ts';
import type { Pattern } from '../../src/pattern/pattern.ts';
import { type VectorLine, vectorFiles, vectorLines, vectorPattern } from '../support/pattern-vectors.ts';
import { describeShared } from '../support/shared.ts';

interface Case {
  readonly line: VectorLine;
  readonly pattern: Pattern;
}

/** Patterns in one matcher at a time. */
const CROWD = 200;

function casesOf(file: (typeof vectorFiles)[number]): Case[] {
  return vectorLines(file).flatMap((line) => {
    const pattern = parsePattern(documentOf('pattern.json', vectorPattern(line))).value;
    return pattern ? [{ line, pattern }] : [];
  });
}

function crowds(cases: readonly Case[]): Case[][] {
  const result: Case[][] = [];
  for (let i = 0; i < cases.length; i += CROWD) result.push(cases.slice(i, i + CROWD));
  return result;
}

describeShared('many labelled patterns at once', () => {
  for (const file of vectorFiles) {
    it(`${file}: every event finds its own pattern in the crowd, from text`, { timeout: 120_000 }, () => {
      const wrong: unknown[] = [];
      for (const crowd of crowds(casesOf(file))) {
        const matcher = createMatcher<VectorLine>();
        for (const { line, pattern } of crowd) matcher.add(line, pattern);
        for (const { line } of crowd) {
          const keys = matcher.matchText(line.event).value ?? [];
          if (keys.includes(line) !== line.match) wrong.push(line.id);
        }
      }
      expect(wrong).toEqual([]);
    });

    it(`${file}: and from values, as the single pattern does`, { timeout: 120_000 }, () => {
      const wrong: unknown[] = [];
      for (const crowd of crowds(casesOf(file))) {
        const matcher = createMatcher<VectorLine>();
        for (const { line, pattern } of crowd) matcher.add(line, pattern);
        for (const { line, pattern } of crowd) {
          const event = JSON.parse(line.event);
          const keys = matcher.match(event).value ?? [];
          if (keys.includes(line) !== matchValue(pattern, event)) wrong.push(line.id);
        }
      }
      expect(wrong).toEqual([]);
    });
  }
});
