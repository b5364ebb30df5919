import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { parseEmbeddedJson } from '../../src/json/embedded.ts';
import { nodeAt } from '../../src/json/node.ts';
import { parseData } from '../../src/json/parse-data.ts';

/** Ways to write one JSON text inside of a file; the finding must underline the same word in each. */
const ways: readonly (readonly [name: string, text: string, underlined: string])[] = [
  ['plain', 'a: {}\nb: \'{"k": ["word"]}\'', '"word"'],
  ['single quotes with an escape before', 'b: \'{"it\'\'s": 1, "k": ["word"]}\'', '"word"'],
  ['double quotes', 'b: "{\\"k\\": [\\"word\\"]}"', '\\"word\\"'],
  ['JSON', '{"b": "{\\"k\\": [\\"word\\"]}"}', '\\"word\\"'],
  ['a literal block', 'b: |\n  {\n    "k": ["word"]\n  }\n', '"word"'],
  ['a literal block with a header', 'b: |2-\n  {"x": 1,\n\n   "k": ["word"]}\n', '"word"'],
];

describe('JSON inside of a text', () => {
  it.each(ways)('has its places in the file: %s', (_, text, underlined) => {
    const outer = nodeAt(parseData(documentOf('a.yaml', text)).value, 'b');
    expect(outer?.kind).toBe('string');
    if (outer?.kind !== 'string') return;
    const inner = nodeAt(parseEmbeddedJson(outer).value, 'k', 0);
    expect(inner && text.slice(inner.span.start, inner.span.end)).toBe(underlined);
  });

  it('has the whole text as its place where characters cannot be told apart', () => {
    const text = 'b: >\n  {"k":\n  ["word"]}\n';
    const outer = nodeAt(parseData(documentOf('a.yaml', text)).value, 'b');
    if (outer?.kind !== 'string') throw new Error('no text');
    const inner = nodeAt(parseEmbeddedJson(outer).value, 'k', 0);
    expect(inner?.span).toEqual(outer.span);
  });

  it('has its errors where the text stops being JSON', () => {
    const text = 'b: \'{"k": word}\'';
    const outer = nodeAt(parseData(documentOf('a.yaml', text)).value, 'b');
    if (outer?.kind !== 'string') throw new Error('no text');
    const [problem] = parseEmbeddedJson(outer).diagnostics;
    expect(text.slice(problem?.span?.start)).toBe("word}'");
  });
});
