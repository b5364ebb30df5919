import { describe, expect, it } from 'vitest';
import { documentOf, spanOf } from '../../src/json/document.ts';
import { nodeAt } from '../../src/json/node.ts';
import { parseData } from '../../src/json/parse-data.ts';
import { editPattern } from '../../src/mend/edit-pattern.ts';

/** Sets a field of the pattern at `P`. */
function edit(
  text: string,
  path: readonly [string, ...string[]],
  value: readonly never[] | readonly unknown[],
): string {
  const document = documentOf(text.startsWith('{') ? 'a.json' : 'a.yaml', text);
  const span = nodeAt(parseData(document).value, 'P')?.span ?? spanOf(document, 0, 0);
  const edited = editPattern(document, span, path, value as readonly string[]);
  return 'refused' in edited ? `refused: ${edited.refused}` : edited.text;
}

const source = (text: string, value: readonly unknown[] = ['a', 'b.c']): string =>
  edit(text, ['source'], value);
const stage = (text: string): string => edit(text, ['detail', 'stage'], ['raw']);

describe('an edit of a pattern', () => {
  it('replaces a list in the form that it has', () => {
    expect(source('P: { source: [x] } # why\nQ: 1\n')).toBe('P: { source: [a, b.c] } # why\nQ: 1\n');
    expect(source('P:\n  source: # of us\n    - x # old\n  z: [1]\n')).toBe(
      'P:\n  source: # of us\n    - a\n    - b.c # old\n  z: [1]\n',
    );
    expect(source('P:\n  source:\n  - prefix: x\n')).toBe('P:\n  source:\n  - a\n  - b.c\n');
    expect(source('P:\r\n  source:\r\n  - x\r\n')).toBe('P:\r\n  source:\r\n  - a\r\n  - b.c\r\n');
    expect(source("P:\n  source: ['x']\n")).toBe("P:\n  source: ['a', 'b.c']\n");
    expect(source('P:\n  source: !Split [",", "a,b"]\n')).toBe('P:\n  source: ["a", "b.c"]\n');
    expect(source('P:\n  source:\n    !Split [",", x]\n')).toBe('P:\n  source:\n    ["a", "b.c"]\n');
  });

  it('writes JSON as the file does', () => {
    expect(source('{"P":{"source":["x"]}}')).toBe('{"P":{"source":["a","b.c"]}}');
    expect(source('{\n\t"P": {\n\t\t"source": [\n\t\t\t"x"\n\t\t]\n\t}\n}')).toBe(
      '{\n\t"P": {\n\t\t"source": [\n\t\t\t"a",\n\t\t\t"b.c"\n\t\t]\n\t}\n}',
    );
    expect(stage('{\n  "P": {\n    "source": ["x"]\n  }\n}')).toBe(
      '{\n  "P": {\n    "source": ["x"],\n    "detail": { "stage": ["raw"] }\n  }\n}',
    );
    expect(stage('{"P":{"detail":{"k":["v"]}}}')).toBe('{"P":{"detail":{"k":["v"],"stage":["raw"]}}}');
  });

  it('takes no number for a text without quotes', () => {
    expect(source('{"P":{"detail":{"n":[0]}}}')).toBe('{"P":{"detail":{"n":[0]},"source":["a","b.c"]}}');
  });

  it('adds what is not there where it belongs', () => {
    expect(source('P:\n  detail-type: [X] # note\n')).toBe(
      'P:\n  source: [a, b.c]\n  detail-type: [X] # note\n',
    );
    expect(stage('P:\n  source: [x] # note\nQ: 1\n')).toBe(
      'P:\n  source: [x] # note\n  detail:\n    stage: [raw]\nQ: 1\n',
    );
    expect(stage('P:\n  source:\n    - x\n')).toBe(
      'P:\n  source:\n    - x\n  detail:\n    stage:\n      - raw\n',
    );
    expect(stage('P: {source: [x]}')).toBe('P: {source: [x], detail: { stage: [raw] }}');
    expect(stage('P: {\n  source: [x] # note\n}')).toBe(
      'P: {\n  detail: { stage: [raw] },\n  source: [x] # note\n}',
    );
    expect(stage('P:\n  detail: { k: [v] }')).toBe('P:\n  detail: { k: [v], stage: [raw] }');
    expect(source('P:\n  source: [x]\n', [{ 'anything-but': ['true', 'a b'] }])).toBe(
      'P:\n  source: [{ anything-but: ["true", "a b"] }]\n',
    );
  });

  it('is refused where others would change, or where there is nothing to change', () => {
    expect(source('P: &p\n  source: [x]\nQ: *p\n')).toContain('through the anchor &p');
    expect(source('B: &b\n  P: 1\nP: *b\n')).toContain('through the anchor &b');
    expect(source('P:\n  source: &s [x]\nQ: *s\n')).toContain('through an anchor');
    expect(stage('P:\n  source: [x]\n  detail: &d { k: [v] }\nQ: *d\n')).toContain('"detail" is shared');
    expect(source('P: \'{"source":["x"]}\'\n')).toContain('not written out in the file');
    // An anchor that nobody names is no reason, and an alias may be replaced: the anchor stays.
    expect(source('P: &p\n  source: [x]\n')).toBe('P: &p\n  source: [a, b.c]\n');
    expect(source('Q: &s [x]\nP:\n  source: *s\n')).toBe('Q: &s [x]\nP:\n  source: [a, b.c]\n');
  });
});
