import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { type Node, nodeAt, valueOf } from '../../src/json/node.ts';
import { parseData } from '../../src/json/parse-data.ts';
import { parseYaml } from '../../src/json/parse-yaml.ts';

function read(text: string): unknown {
  const [node] = parseYaml(documentOf('a.yaml', text)).value;
  return node && valueOf(node);
}

function slice(text: string, node: Node | undefined): string {
  return node ? text.slice(node.span.start, node.span.end) : 'nothing';
}

describe('plain scalars, as CloudFormation reads them', () => {
  it.each([
    ['text', 'text'],
    ['', null],
    ['~', null],
    ['null', null],
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['True', true],
    ['12', 12],
    ['-12', -12],
    ['1_000', 1000],
    ['1.50', 1.5],
    ['0x1F', 31],
    ['1e3', '1e3'],
    ['012345678901', '012345678901'],
    ['0123', '0123'],
    ['0', 0],
    ['12:30:45', '12:30:45'],
    ['2012-10-17', '2012-10-17'],
    ['2012-10-17T00:00:00Z', '2012-10-17T00:00:00Z'],
    ['.inf', '.inf'],
    ["'12'", '12'],
    ['"yes"', 'yes'],
    ['!!str 12', '12'],
  ])('%s', (written, value) => {
    expect(read(`a: ${written}\n`)).toEqual({ a: value });
  });

  it('keep the spelling of numbers', () => {
    const [node] = parseYaml(documentOf('a.yaml', 'a: 1.50\nb: 12345678901234567890')).value;
    expect(nodeAt(node, 'a')).toMatchObject({ raw: '1.50' });
    expect(nodeAt(node, 'b')).toMatchObject({ raw: '12345678901234567890' });
  });
});

describe('short forms', () => {
  it.each([
    ['!Ref A', { Ref: 'A' }],
    ['!GetAtt A.B.C', { 'Fn::GetAtt': ['A', 'B.C'] }],
    ['!GetAtt [A, B]', { 'Fn::GetAtt': ['A', 'B'] }],
    ["!Join ['', [a, !Ref B]]", { 'Fn::Join': ['', ['a', { Ref: 'B' }]] }],
    ['!Condition A', { Condition: 'A' }],
    ['!If [A, !Sub x, !Ref AWS::NoValue]', { 'Fn::If': ['A', { 'Fn::Sub': 'x' }, { Ref: 'AWS::NoValue' }] }],
    ['!Transform {Name: A}', { 'Fn::Transform': { Name: 'A' } }],
    ['!Unheard x', 'x'],
  ])('%s', (written, value) => {
    expect(read(`a: ${written}\n`)).toEqual({ a: value });
  });

  it('stand where they are written, tag and value', () => {
    const text = 'a: &x !Sub   "b ${C}"\nd: !GetAtt\n  - E\n  - F\n';
    const [node] = parseYaml(documentOf('a.yaml', text)).value;
    expect(slice(text, nodeAt(node, 'a'))).toBe('!Sub   "b ${C}"');
    expect(slice(text, nodeAt(node, 'a', 'Fn::Sub'))).toBe('"b ${C}"');
    expect(slice(text, nodeAt(node, 'd'))).toBe('!GetAtt\n  - E\n  - F\n');
  });
});

describe('aliases and merges', () => {
  it('repeat what they name', () => {
    expect(read('a: &x {k: 1}\nb: *x\nc: [*x, *x]')).toEqual({
      a: { k: 1 },
      b: { k: 1 },
      c: [{ k: 1 }, { k: 1 }],
    });
    expect(read('&k a: 1\nb: *k\n*k : 3')).toEqual({ a: 3, b: 'a' });
  });

  it('merge, own keys first, then the first of several', () => {
    const text = 'a: &a {k: 1, l: 1}\nb: &b {k: 2, m: 2}\nc: {<<: [*a, *b], l: 3}\nd: {<<: *b}';
    expect(read(text)).toMatchObject({ c: { k: 1, l: 3, m: 2 }, d: { k: 2, m: 2 } });
  });

  it.each([
    ['an anchor that is not there', 'a: *x', 'input/syntax'],
    ['an alias inside of what it names', 'a: &x [*x]', 'input/syntax'],
    ['a merge of a text', 'a: {<<: text}', 'input/syntax'],
    [
      'aliases of aliases of aliases',
      `a: &a [x]\n${Array.from({ length: 8 }, (_, i) => {
        const name = 'abcdefghij'[i + 1];
        return `${name}: &${name} [${Array(10).fill(`*${'abcdefghij'[i]}`).join(', ')}]`;
      }).join('\n')}`,
      'input/too-large',
    ],
    ['nesting without measure', '['.repeat(100_000), 'input/too-large'],
    ['nesting without measure, by lists', `${'- '.repeat(1500)}x`, 'input/too-large'],
    ['a tab for indentation', 'a:\n\tb: 1', 'input/syntax'],
  ])('refuse %s', (_, text, code) => {
    const { value, diagnostics } = parseYaml(documentOf('a.yaml', text));
    expect(diagnostics.map((each) => each.code)).toContain(code);
    if (code === 'input/too-large') expect(value).toEqual([]);
  });

  it('refuse a file beyond the size they are asked to read', () => {
    const { diagnostics } = parseYaml(documentOf('a.yaml', 'a: 1'), { maxLength: 3 });
    expect(diagnostics[0]?.message).toBe('the file exceeds the limit of 3 characters');
  });
});

describe('files', () => {
  it.each([
    ['a.yaml', '{"a": 1}', { a: 1 }],
    ['a.yaml', '{a: !Ref B}', { a: { Ref: 'B' } }],
    ['a.json', ' [1]', [1]],
    ['template', '\uFEFFa: 1', { a: 1 }],
    ['a.yaml', '---\na: 1\n---\nb: 2', { a: 1 }],
    ['a.yaml', '# nothing\n', undefined],
    ['a.yaml', '', undefined],
  ])('%s %j', (path, text, value) => {
    const node = parseData(documentOf(path, text)).value;
    expect(node && valueOf(node)).toEqual(value);
  });

  it('report keys written twice, in JSON and in YAML, once for what aliases share', () => {
    for (const text of ['{"a": 1, "a": 2}', 'a: 1\na: 2']) {
      const { value, diagnostics } = parseData(documentOf('a', text));
      expect(value && valueOf(value)).toEqual({ a: 2 });
      expect(diagnostics.map(({ code, related }) => [code, related?.[0]?.message])).toEqual([
        ['input/duplicate-key', 'first here'],
      ]);
    }
    const shared = parseData(documentOf('a', 'a: &x {k: 1, k: 2}\nb: *x'));
    expect(shared.diagnostics.length).toBe(1);
  });
});
