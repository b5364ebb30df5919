import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import type { JsonValue } from '../../src/json/value.ts';
import { explainText } from '../../src/pattern/explain.ts';
import { matchText, matchValue } from '../../src/pattern/match.ts';
import { parsePattern } from '../../src/pattern/parse.ts';
import { OutOfBudget } from '../../src/sets/budget.ts';

function parsed(text: string) {
  return parsePattern(documentOf('p.json', text)).value!;
}

const matches = (pattern: string, event: string) => matchText(parsed(pattern), event).value;

function nested(levels: number, wrap: (inner: JsonValue) => JsonValue): JsonValue {
  let value: JsonValue = 1;
  for (let i = 0; i < levels; i++) value = wrap(value);
  return value;
}

describe('events made to be hard', { timeout: 60_000 }, () => {
  it('many elements', () => {
    const elements = Array.from({ length: 100_000 }, (_, i) => ({ a: 1, b: i }));
    expect(matchValue(parsed('{"e":{"a":[1],"b":[99999]}}'), { e: elements })).toBe(true);
    expect(matchValue(parsed('{"e":{"a":[1],"b":[-1]}}'), { e: elements })).toBe(false);
    expect(
      matchValue(parsed('{"e":[1],"f":[2]}'), { e: elements.map(() => 1), f: elements.map(() => 1) }),
    ).toBe(false);
  });

  it('nesting without end', () => {
    expect(matchValue(parsed('{"a":[1]}'), { a: nested(100_000, (inner) => [inner]) })).toBe(true);
    expect(matchValue(parsed('{"a":[1]}'), { a: nested(100_000, (b) => ({ b })) })).toBe(false);
    expect(matchText(parsed('{"a":[1]}'), `{"a":${'['.repeat(100_000)}`).diagnostics[0]?.code).toBe(
      'input/too-large',
    );
  });

  it('names repeated, each with a list: an answer, not a hang', () => {
    const fields = Array.from({ length: 12 }, (_, i) => i);
    const element = (i: number) => `{${fields.map((f) => `"f${f}":${f === i % 12 ? 1 : 0}`).join()},"z":2}`;
    const list = `[${Array.from({ length: 100 }, (_, i) => element(i)).join()}]`;
    const event = `{${fields.map(() => `"a":${list}`).join()}}`;
    const pattern = parsed(`{"a":{${fields.map((f) => `"f${f}":[1]`).join()},"z":[1]}}`);
    expect(matchText(pattern, event).diagnostics.map(({ code }) => code)).toEqual(['pattern/too-costly']);
    expect(explainText(pattern, event).diagnostics.map(({ code }) => code)).toEqual(['pattern/too-costly']);
  });

  it('matchValue throws what it does not decide', () => {
    // Dotted names reach one path by several lists, as repeated names do in text.
    const names = ['a.b.c.d.e.f', 'a.b.c.d.e', 'a.b.c.d', 'a.b.c', 'a.b', 'a'];
    const fields = ['p', 'q', 'r', 's', 't', 'u'];
    const tail = (name: string, leaf: JsonValue): JsonValue => {
      const missing = 'a.b.c.d.e.f'.slice(name.length + 1);
      return missing === '' ? leaf : { [missing]: leaf };
    };
    const event = Object.fromEntries(
      names.map((name) => [
        name,
        Array.from({ length: 60 }, (_, i) => tail(name, { [fields[i % 6]!]: 1, z: 2 })),
      ]),
    );
    const conditions = Object.fromEntries(fields.map((field) => [`a.b.c.d.e.f.${field}`, [1]]));
    const pattern = parsed(JSON.stringify({ ...conditions, 'a.b.c.d.e.f.z': [1] }));
    expect(() => matchValue(pattern, event)).toThrow(OutOfBudget);
  });

  it('numbers of a million digits', () => {
    expect(matches('{"a":[1]}', `{"a":${'9'.repeat(1_000_000)}}`)).toBe(false);
    expect(matches('{"a":[1]}', `{"a":1.${'0'.repeat(1_000_000)}}`)).toBe(true);
    expect(matches('{"a":[1]}', `{"a":1e${'9'.repeat(1_000_000)}}`)).toBe(false);
    expect(matches('{"a":["::1"]}', `{"a":"::${'0'.repeat(100_000)}1"}`)).toBe(true);
  });
});

describe('patterns made to be hard', { timeout: 60_000 }, () => {
  it('wildcards that invite backtracking', () => {
    const text = 'a'.repeat(200_000);
    expect(matches(`{"a":[{"wildcard":"${'*a'.repeat(900)}*b"}]}`, `{"a":"${text}"}`)).toBe(false);
    expect(matches(`{"a":[{"wildcard":"${'*a'.repeat(900)}*"}]}`, `{"a":"${text}"}`)).toBe(true);
  });

  it('characters of several forms', () => {
    const folded = `{"a":[{"equals-ignore-case":"${'ß'.repeat(1000)}"}]}`;
    expect(matches(folded, `{"a":"${'ßSS'.repeat(500)}"}`)).toBe(true);
    expect(matches(folded, `{"a":"${'ßSS'.repeat(500)}s"}`)).toBe(false);
  });

  it('long lists and long paths', () => {
    expect(parsed(`{"a":[${Array.from({ length: 50_000 }, (_, i) => i).join()}]}`).alternatives).toHaveLength(
      1,
    );
    const wildcards = Array.from({ length: 1000 }, (_, i) => `{"wildcard":"*x${i}*y"}`).join();
    expect(parsed(`{"a":[${wildcards}]}`).alternatives).toHaveLength(1);
    expect(matches(`{"${'a.'.repeat(5000)}":[1]}`, '{"a":1}')).toBe(false);
  });

  it('nesting', () => {
    const nestedOr = (levels: number): string =>
      levels === 0 ? '{"a":[1]}' : `{"$or":[${nestedOr(levels - 1)},{"b":[${levels}]}]}`;
    expect(parsed(nestedOr(300)).alternatives).toHaveLength(301);
    const deep = parsePattern(documentOf('p.json', `${'{"a":'.repeat(5000)}[1]${'}'.repeat(5000)}`));
    expect(deep.value).toBeUndefined();
  });
});
