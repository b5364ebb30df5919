import { describe, expect, it } from 'vitest';
import { parsePattern, parsePatternValue } from '../../src/pattern/parse.ts';
import type { Pattern } from '../../src/pattern/pattern.ts';
import { canonicalText, patternValue, printPattern, samePattern } from '../../src/pattern/print.ts';
import { vectorFiles, vectorLines, vectorPattern } from '../support/pattern-vectors.ts';
import { describeShared } from '../support/shared.ts';

function parsed(text: string): Pattern {
  const { value, diagnostics } = parsePattern(text, { accepted: true });
  if (!value) throw new Error(`${text}: ${diagnostics[0]?.message}`);
  return value;
}

/** The alternatives as text, in their order: what printing must keep. */
function form({ alternatives }: Pattern): string {
  return JSON.stringify(alternatives, (key, value) =>
    key === 'span' || key === 'keySpan' ? undefined : typeof value === 'bigint' ? String(value) : value,
  );
}

describe('printPattern', () => {
  it.each([
    ['{"a":[1]}', '{"a":[1]}'],
    ['{"a.b":["x"],"a":{"c":[null]}}', '{"a":{"b":["x"],"c":[null]}}'],
    ['{"a":[1],"a.b":[2]}', '{"a":[1],"a.b":[2]}'],
    ['{"a":[1.50,9007199254740993]}', '{"a":[1.50,9007199254740993]}'],
    ['{"a":[{"numeric":[">=",-0,"<",1e3]}]}', '{"a":[{"numeric":[">=",0,"<",1000]}]}'],
    ['{"a":[{"prefix":{"equals-ignore-case":"x"}}]}', '{"a":[{"prefix":{"equals-ignore-case":"x"}}]}'],
    ['{"$or":[{"a":[1]},{"b":[2]}],"c":[3]}', '{"c":[3],"$or":[{"a":[1]},{"b":[2]}]}'],
    ['{"a":{"$or":[{"b":[1]},{"c":[1]}]}}', '{"$or":[{"a":{"b":[1]}},{"a":{"c":[1]}}]}'],
    ['{"$or":["x"]}', '{"$or":["x"]}'],
    ['{"$or":{"a":[1]}}', '{"$or.a":[1]}'],
    ['{"prefix":[1],"$or":[{"a":[1]},{"b":[2]}]}', '{"prefix":[1],"$or":[{"a":[1]},{"b":[2]}]}'],
    [
      '{"d":{"exists":[1]},"$or":[{"d.exists":[2]},{"b":[2]}]}',
      '{"$or":[{"d.exists":[2]},{"b":[2],"d.exists":[1]}]}',
    ],
    ['{"$or":[{"a":[1]},{"a":[1],"b":[2]}]}', '{"$or":[{"a":[1]},{"a":[1],"b":[2]}]}'],
    ['{"__proto__":{"x":[1]}}', '{"__proto__":{"x":[1]}}'],
  ])('%s', (text, printed) => {
    expect(printPattern(parsed(text))).toBe(printed);
    expect(form(parsed(printed))).toBe(form(parsed(text)));
  });

  it('indents', () => {
    expect(printPattern(parsed('{"a":["x",{"exists":false}]}'), { indent: 2 })).toBe(
      '{\n  "a": [\n    "x",\n    {\n      "exists": false\n    }\n  ]\n}',
    );
  });
});

describe('samePattern', () => {
  it.each([
    ['{"a":["x","y"]}', '{"a":["y","x","x"]}', true],
    ['{"a":[1]}', '{"a":[1.0,1e0]}', true],
    ['{"a.b":["x"]}', '{"a":{"b":["x"]}}', true],
    ['{"a":["::1"]}', '{"a":["0:0:0:0:0:0:0:1"]}', true],
    ['{"a":["::ffff:a00:1"]}', '{"a":["10.0.0.001"]}', true],
    ['{"a":["::1"]}', '{"a":[{"exactly":"::1"}]}', false],
    ['{"a":["x"]}', '{"a":[{"exactly":"x"}]}', true],
    ['{"a":[{"wildcard":"x\\\\*"}]}', '{"a":["x*"]}', true],
    ['{"a":[{"cidr":"10.0.0.7/24"}]}', '{"a":[{"cidr":"10.0.0.0/24"}]}', true],
    ['{"a":[{"cidr":"10.0.0.0/24"}]}', '{"a":[{"cidr":"10.0.0.0/25"}]}', false],
    ['{"a":[{"cidr":"1:0:0:2::/64"}]}', '{"a":[{"cidr":"1:0:0:2:ffff::/064"}]}', true],
    ['{"a":[{"anything-but":["y","x"]}]}', '{"a":[{"anything-but":["x","y","x"]}]}', true],
    ['{"a":[{"anything-but":"x"}]}', '{"a":[{"anything-but":["x"]}]}', true],
    ['{"a":[{"anything-but":{"prefix":"x"}}]}', '{"a":[{"anything-but":{"prefix":["x"]}}]}', true],
    ['{"$or":[{"a":[1]},{"b":[2]}]}', '{"$or":[{"b":[2]},{"a":[1]}]}', true],
    ['{"a":[1],"$or":[{"a":[2]},{"b":[3]}]}', '{"$or":[{"a":[2]},{"b":[3]}],"a":[1]}', false],
    ['{"a":[9007199254740993]}', '{"a":[9007199254740992]}', false],
    ['{"a":[1]}', '{"a":["1"]}', false],
    ['{"a":[{"prefix":"x"}]}', '{"a":[{"suffix":"x"}]}', false],
    ['{"a":[{"numeric":["=",5]}]}', '{"a":[{"numeric":["=",5.0]}]}', true],
  ])('%s and %s: %s', (a, b, same) => {
    expect(samePattern(parsed(a), parsed(b))).toBe(same);
    expect(samePattern(parsed(b), parsed(a))).toBe(same);
  });
});

describeShared('printing labelled patterns', () => {
  it.each(vectorFiles)('%s', { timeout: 120_000 }, (file) => {
    for (const line of vectorLines(file)) {
      const pattern = parsePattern(vectorPattern(line), { accepted: true }).value;
      if (!pattern) continue;
      const again = parsed(printPattern(pattern));
      expect(form(again), line.id).toBe(form(pattern));
      expect(canonicalText(parsed(canonicalText(pattern))), line.id).toBe(canonicalText(pattern));
      const value = parsePatternValue(patternValue(pattern), { accepted: true }).value;
      if (!line.raw) expect(value, line.id).toBeDefined();
    }
  });
});
