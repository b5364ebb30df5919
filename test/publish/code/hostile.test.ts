import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { published, readCode } from './read.ts';

const client = "const { PutEventsCommand } = require('@aws-sdk/client-eventbridge');\n";
const put = "new PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'T', Detail: '' }] })";
const handler = `exports.handler = async () => ${put};\n`;

/** Sources that nobody should read and somebody will hand in; each still ends, and most still tell. */
const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ['a syntax error before', `${client}const x = ;;; function ( {\n}\n${handler}`, ['s@T on default']],
  [
    'a syntax error within',
    `${client}exports.handler = async () => { const y = [1, 2 ${put}; return ${put}; };`,
    ['s@T on default'],
  ],
  ['nothing at all', '', []],
  ['binary rubbish', '\u0000\uFFFD\u0001'.repeat(2000), []],
  [
    'brackets 20,000 deep',
    `${client}${handler}const d = ${'['.repeat(20_000)}${']'.repeat(20_000)};`,
    ['s@T on default'],
  ],
  [
    'a sum of 5,000 parts',
    `${client}${handler}const d = ${Array.from({ length: 5000 }, (_, i) => `'${i}'`).join(' + ')};`,
    ['s@T on default'],
  ],
  [
    'recursion',
    `${client}const f = (n) => n > 0 ? f(n - 1) : g(n); const g = (n) => f(n);\nexports.handler = async () => { f(3); return ${put}; };`,
    ['s@T on default'],
  ],
  [
    'prototype names',
    `${client}const o = { __proto__: { a: 1 }, constructor: 2, toString: 3 };\n${handler}`,
    ['s@T on default'],
  ],
  [
    'calls that multiply',
    `${client}${Array.from({ length: 25 }, (_, i) => `const f${i} = () => { f${i + 1}(); f${i + 1}(); };`).join('\n')}\nconst f25 = () => 1;\nexports.handler = async () => { f0(); };`,
    [],
  ],
];

describe('any source', { timeout: 60_000 }, () => {
  it.each(cases)('%s', (_name, text, expected) => {
    const started = Date.now();
    const reading = readCode({ 'a.js': text });
    expect(Date.now() - started).toBeLessThan(30_000);
    expect(published(reading)).toEqual(expected);
  });

  it('does not take for silent what it could not read', () => {
    const open = (text: string, others = {}) =>
      readCode({ 'a.js': text, ...others }, {}).open.map((each) => each.text);
    expect(
      open(`import { gone } from './b.js'; export const handler = () => gone();`, { 'b.js': handler }),
    ).toEqual(['PutEvents is called where the code could not be followed']);
    expect(open('export const handler = () => { const = ; };')).toEqual([
      'a.js has a syntax error, and something may be missing',
    ]);
    expect(open('export const handler = () => {};')).toEqual([]);
  });

  it('says so where its budget is used up', () => {
    const text = cases.find(([name]) => name === 'calls that multiply')![1];
    expect(readCode({ 'a.js': text }, {}, 10_000).open.map((each) => each.text)).toEqual([
      'its code takes more than 10000 steps to follow',
    ]);
  });

  it('of five megabytes, minified', () => {
    const line = Array.from(
      { length: 60_000 },
      (_, i) => `function a${i}(e,t){return e?t+${i}:a${i}.call(this,t,{b:e,c:[t]})}`,
    ).join(';');
    const text = `${client}${line};${handler}`;
    expect(text.length).toBeGreaterThan(3_500_000);
    expect(published(readCode({ 'a.js': text }))).toEqual(['s@T on default']);
  }, 60_000);

  it('cut off anywhere', () => {
    const whole = `${client}class A extends B { static x = { ...y, [z]: \`a\${b}c\` }; async *m({ a = 1, ...r }, [c]) { for await (const k of this.x) yield k ?? (await r)?.[0]; } }\n${handler}`;
    const python =
      'import os\nclass A(B):\n    @property\n    def f(self, *a, k=1, **kw):\n        return [f"{x!r:>{w}}" for x in a if x] or {**kw, "a": (yield)}\ndef handler(e, c):\n    try:\n        with open(e) as f: pass\n    except (A, B) as x: raise\n';
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(python.length), fc.string(), (at, other, noise) => {
        readCode({ 'a.ts': whole.slice(0, at) + noise + whole.slice(at + noise.length) });
        readCode({ 'a.py': python.slice(0, other) + noise + python.slice(other) });
      }),
      { numRuns: 300 },
    );
  });
});
