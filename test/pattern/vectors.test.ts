import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { itemsOf, membersOf, type Node } from '../../src/json/node.ts';
import { parseJson } from '../../src/json/parse-json.ts';
import type { JsonValue } from '../../src/json/value.ts';
import { matchText, matchValue } from '../../src/pattern/match.ts';
import { patternNumber } from '../../src/pattern/numbers.ts';
import { parsePattern, parsePatternValue } from '../../src/pattern/parse.ts';
import { type VectorLine, vectorFiles, vectorLines, vectorPattern } from '../support/pattern-vectors.ts';
import { describeShared, sharedPath } from '../support/shared.ts';

const expected = ({ valid, match }: VectorLine) => (valid ? `match: ${match}` : 'invalid');

function answerFromText(line: VectorLine): string {
  const pattern = parsePattern(documentOf('pattern.json', vectorPattern(line))).value;
  return pattern ? `match: ${matchText(pattern, line.event).value}` : 'invalid';
}

/** The value of a text, or undefined if `JSON.parse` does not read it (text after the value, say). */
function jsonOf(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function answerFromValue(line: VectorLine): string {
  const value = jsonOf(vectorPattern(line));
  const event = jsonOf(line.event);
  if (value === undefined || event === undefined) return expected(line);
  const pattern = parsePatternValue(value, { accepted: true }).value;
  return pattern ? `match: ${matchValue(pattern, event)}` : 'invalid';
}

/** What makes a text invalid may be lost in its value: a number that no double holds, a key written twice. */
function losesText(line: VectorLine): boolean {
  const { value: node } = parseJson(documentOf('pattern.json', vectorPattern(line)), { allowTrailing: true });
  return node !== undefined && loses(node);
}

function loses(node: Node): boolean {
  if (node.kind === 'number') return !patternNumber(node.raw, node.value).comparable;
  if (new Set(membersOf(node).map(({ key }) => key)).size < membersOf(node).length) return true;
  return itemsOf(node).some(loses) || membersOf(node).some(({ value }) => loses(value));
}

describeShared('patterns and events with the verdict of the service', () => {
  it('agree, limits of the service included', () => {
    const lines = readFileSync(sharedPath('corpus/cases/pattern-event-cases.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean);
    for (const line of lines) {
      const { name, pattern: value, event, expected: wanted } = JSON.parse(line);
      const { value: pattern, diagnostics } = parsePatternValue(value);
      const refused = !pattern || diagnostics.some(({ severity }) => severity === 'error');
      expect(refused ? 'invalid' : matchValue(pattern, event) ? 'match' : 'nomatch', name).toBe(wanted);
    }
    expect(lines.length).toBeGreaterThan(60);
  });

  it('read patterns that projects wrote without a crash', () => {
    const lines = readFileSync(sharedPath('corpus/patterns/patterns.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean);
    for (const line of lines) expect(parsePatternValue(JSON.parse(line).pattern)).toBeDefined();
  });
});

describeShared('labelled patterns and events', () => {
  for (const file of vectorFiles) {
    it(`${file} from text`, { timeout: 120_000 }, () => {
      const lines = vectorLines(file);
      expect(lines.length).toBeGreaterThan(1000);
      expect(lines.filter((line) => answerFromText(line) !== expected(line)).map(({ id }) => id)).toEqual([]);
    });

    it(`${file} from values`, { timeout: 120_000 }, () => {
      const lines = vectorLines(file).filter((line) => !line.raw && (line.valid || !losesText(line)));
      const wrong = lines.filter((line) => answerFromValue(line) !== expected(line));
      expect(wrong.map(({ id }) => id)).toEqual([]);
    });
  }
});
