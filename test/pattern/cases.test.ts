import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import shipped from '../../src/pattern/cases/pattern-cases.json' with { type: 'json' };
import { explainText } from '../../src/pattern/explain.ts';
import { matchText, matchValue } from '../../src/pattern/match.ts';
import { parsePattern, parsePatternValue } from '../../src/pattern/parse.ts';
import { survivingValue } from '../support/survives-json.ts';

interface Case {
  readonly id: string;
  readonly why: string;
  readonly pattern: string;
  readonly event: string;
  readonly valid: boolean;
  /** Null where the event is no event. */
  readonly match: boolean | null;
  /** What Event Ruler answers otherwise, and why. */
  readonly eventRuler?: string;
}

const groups: readonly { readonly group: string; readonly cases: readonly Case[] }[] = shipped.groups;

describe.each(groups)('$group', ({ cases: group }) => {
  it.each(group)('$id: $why', ({ pattern: patternText, event: eventText, valid, match }) => {
    const { value: pattern, diagnostics } = parsePattern(documentOf('pattern.json', patternText));
    expect(pattern !== undefined).toBe(valid);
    if (!pattern) {
      expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
      return;
    }
    expect(matchText(pattern, eventText).value ?? null).toBe(match);
    expect(explainText(pattern, eventText).value?.match ?? null).toBe(match);
    const value = survivingValue(patternText);
    const event = survivingValue(eventText);
    if (value === undefined || event === undefined) return;
    const fromValue = parsePatternValue(value).value;
    expect(fromValue && matchValue(fromValue, event)).toBe(match ?? false);
  });
});

describe('the shipped cases', () => {
  const all = groups.flatMap((group) => group.cases);

  it('are many, each with a name and a reason of its own', () => {
    expect(all.length).toBeGreaterThan(600);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ pattern, event }) => `${pattern}\n${event}`)).size).toBeGreaterThan(
      all.length - 20,
    );
  });

  it('mostly survive as values, too', () => {
    const surviving = all.filter(
      ({ pattern, event }) => survivingValue(pattern) !== undefined && survivingValue(event) !== undefined,
    );
    expect(surviving.length).toBeGreaterThan(500);
  });
});
