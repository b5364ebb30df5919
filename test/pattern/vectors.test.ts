import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { itemsOf, membersOf, type Node } from '../../src/json/node.ts';
import { parseJson } from '../../src/json/parse-json.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import { matchText, matchValue } from '../../src/pattern/match.ts';
import { patternNumber } from '../../src/pattern/numbers.ts';
import { parsePattern, parsePatternValue } from '../../src/pattern/parse.ts';
import { describeShared, sharedPath } from '../support/shared.ts';

interface Line {
  readonly id: string;
  readonly pattern: string | JsonObject;
  readonly event: string;
  readonly valid: boolean;
  readonly match: boolean;
  readonly raw?: boolean;
}

function linesOf(path: string): Line[] {
  const bytes = readFileSync(sharedPath(path));
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

const expected = ({ valid, match }: Line) => (valid ? `match: ${match}` : 'invalid');
const patternText = ({ pattern }: Line) => (typeof pattern === 'string' ? pattern : JSON.stringify(pattern));

function answerFromText(line: Line): string {
  const pattern = parsePattern(documentOf('pattern.json', patternText(line))).value;
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

function answerFromValue(line: Line): string {
  const value = jsonOf(patternText(line));
  const event = jsonOf(line.event);
  if (value === undefined || event === undefined) return expected(line);
  const pattern = parsePatternValue(value).value;
  return pattern ? `match: ${matchValue(pattern, event)}` : 'invalid';
}

/** What makes a text invalid may be lost in its value: a number that no double holds, a key written twice. */
function losesText(line: Line): boolean {
  const { value: node } = parseJson(documentOf('pattern.json', patternText(line)), { allowTrailing: true });
  return node !== undefined && loses(node);
}

function loses(node: Node): boolean {
  if (node.kind === 'number') return !patternNumber(node.raw, node.value).comparable;
  if (new Set(membersOf(node).map(({ key }) => key)).size < membersOf(node).length) return true;
  return itemsOf(node).some(loses) || membersOf(node).some(({ value }) => loses(value));
}

describeShared('labelled patterns and events', () => {
  for (const file of ['vectors/patterns-dev.jsonl.gz', 'vectors/ruler-unit-cases.jsonl']) {
    it(`${file} from text`, { timeout: 120_000 }, () => {
      const lines = linesOf(file);
      expect(lines.length).toBeGreaterThan(1000);
      expect(lines.filter((line) => answerFromText(line) !== expected(line)).map(({ id }) => id)).toEqual([]);
    });

    it(`${file} from values`, { timeout: 120_000 }, () => {
      const lines = linesOf(file).filter((line) => !line.raw && (line.valid || !losesText(line)));
      const wrong = lines.filter((line) => answerFromValue(line) !== expected(line));
      expect(wrong.map(({ id }) => id)).toEqual([]);
    });
  }
});
