import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { matchText, parseEvent } from '../../src/pattern/match.ts';
import { createMatcher } from '../../src/pattern/matcher/matcher.ts';
import { parsePattern } from '../../src/pattern/parse.ts';
import type { Pattern } from '../../src/pattern/pattern.ts';

function parse(text: string): Pattern {
  return parsePattern(documentOf('pattern', text)).value!;
}

function matcherOf(...patterns: readonly string[]) {
  const matcher = createMatcher<string>();
  for (const text of patterns) matcher.add(text, parse(text));
  return matcher;
}

const wanted = '{"a":{"b":[1]}}';

/** Texts around which a reader may go wrong: in what is skipped, in what is wanted, and at the end. */
const eventTexts = [
  ...[
    '{}',
    ' {} ',
    '{"a":{"b":1}}',
    '{"a":{"b":1}} trailing',
    '{"x":{},"a":{"b":1}}',
    '{"a":{"b":1},}',
    '{"a":{"b":1',
  ],
  ...[
    '',
    ' ',
    '[]',
    '[{"a":{"b":1}}]',
    '"a"',
    '1',
    'null',
    'nul',
    '[1',
    '{"a":1}}',
    '\ufeff{}',
    '{"a" :\t{ "b"\n:\r1 } }',
  ],
  ...[
    '{"x":01}',
    '{"x":-}',
    '{"x":1.}',
    '{"x":.5}',
    '{"x":1e}',
    '{"x":+1}',
    '{"x":1e+}',
    '{"x":0x1}',
    '{"x":-01}',
  ],
  ...[
    '{"x":-0.0e-0}',
    '{"x":1E5}',
    '{"x":NaN}',
    '{"x":truE}',
    '{"x":true}',
    '{"x":falsey}',
    '{"x":nullnull}',
  ],
  ...[
    '{"x":"\\u00e9\\n\\/"}',
    '{"x":"\\x"}',
    '{"x":"\\u00g0"}',
    '{"x":"\\u12"}',
    '{"x":"a\nb"}',
    '{"x":"a',
    '{"x":"\\',
  ],
  ...[
    '{"x":"\ud800"}',
    '{"x":"\u2028\u007f"}',
    "{'x':1}",
    '{x:1}',
    '{"x"}',
    '{"x":}',
    '{"x":1 "y":2}',
    '{"x":1,,"y":2}',
  ],
  ...[
    '{,}',
    '{"x":[1,]}',
    '{"x":[,1]}',
    '{"x":[1 2]}',
    '{"x":[[],{}]}',
    '{"x":[}',
    '{"x":{"y":[]}',
    '{"x":[1}}',
  ],
  ...[
    '{"a":{"b":01}}',
    '{"a":{"b":"\\x"}}',
    '{"a":{"b":[1,]}}',
    '{"a":{"b":[1 ,1]}}',
    '{"a":[{"b":1},]}',
    '{"a":{"\\u0062":1}}',
  ],
  ...[
    '{"a.b":1}',
    '{"a":{"b":1.0}}',
    '{"a":{"b":2},"a":{"b":1}}',
    '{"a"\u00a0:1}',
    '{"a":{"b":1}\u0000',
    '{"a\u0000":1}',
  ],
];

describe('text that is not an event', () => {
  const matcher = matcherOf(wanted);
  it.each(eventTexts)('%j is answered as by the reference', (text) => {
    const one = matchText(parse(wanted), text);
    const many = matcher.matchText(text);
    expect(many.value?.length).toBe(one.value === undefined ? undefined : Number(one.value));
    expect(many.diagnostics.map(({ code, message }) => [code, message])).toEqual(
      one.diagnostics.map(({ code, message }) => [code, message]),
    );
  });

  it('is refused just where the reference refuses it, for every cut of an event', () => {
    const event = '{"x":[{"y":"\\u0061\\"","z":-1.5e+3}],"a":{"b":[1,"c",{"d":null}]},"t":true}';
    for (let end = 0; end <= event.length; end++) {
      const text = event.slice(0, end);
      expect([text, matcher.matchText(text).value !== undefined]).toEqual([
        text,
        parseEvent(documentOf('event', text)).value !== undefined,
      ]);
    }
  });

  it('stops at the same depth', () => {
    for (const depth of [999, 1000, 1001]) {
      for (const text of [
        `{"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`,
        `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`,
        `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`,
      ]) {
        const one = matchText(parse(wanted), text);
        expect(matcher.matchText(text).diagnostics.map(({ code }) => code)).toEqual(
          one.diagnostics.map(({ code }) => code),
        );
      }
    }
  });

  it('may be bytes', () => {
    const bytes = new TextEncoder().encode('{"a":{"b":1}}');
    expect(matcher.matchText(bytes).value).toEqual([wanted]);
    expect(matcher.matchText(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)).diagnostics[0]?.code).toBe(
      'input/syntax',
    );
  });

  it('or a value that is no object, which matches nothing', () => {
    for (const event of [null, 1, 'a', [{ a: { b: 1 } }]]) expect(matcher.match(event).value).toEqual([]);
  });
});

describe('trusted text', () => {
  const trusted = { trusted: true };

  it('gives the same answers where it can be trusted', () => {
    const matcher = matcherOf(
      wanted,
      '{"c":["x"]}',
      '{"a":{"d":{"e":[2]}}}',
      '{"l":{"m":[3]}}',
      '{"z":[{"exists":false}]}',
    );
    for (const text of [
      '{"c":"x","a":{"b":1}}',
      '{"skip":"\\"}{","a":{"skip":[{"]":1}],"d":{"e":2,"f":[{}]},"b":1,"g":0},"skip2":-1.5e3,"c":"x"}',
      '{"l":[{"m":3,"n":[1,2]},{"m":4}],"c":["y","x"],"a":[[{"b":1,"d":{"e":0},"z":1}]]}',
      '{"a":{"b":2},"c":null,"l":[],"z":true}',
    ]) {
      expect(matcher.matchText(text, trusted).value).toEqual(matcher.matchText(text).value);
    }
  });

  it('is read no further than the last field that is asked about', () => {
    expect(matcherOf(wanted).matchText('{"a":{"x":0,"b":1,"y":not read', trusted).value).toEqual([wanted]);
    expect(matcherOf('{"c":[1]}', wanted).matchText('{"c":1,"a":{"b":1,', trusted).value).toEqual([
      '{"c":[1]}',
      wanted,
    ]);
  });

  it('is refused, never followed over its end, when it is broken', () => {
    const matcher = matcherOf('{"z":[1]}');
    for (const text of [
      '{"a":"',
      '{"a":"\\',
      '{"a":[',
      '{"a":{"b":1',
      '{"a',
      '{"a":',
      '{"a":1',
      '{',
      '["z"',
      '',
    ]) {
      expect([text, matcher.matchText(text, trusted).value]).toEqual([text, undefined]);
    }
  });
});

describe('patterns that come and go', () => {
  it('replaces a pattern under the same key', () => {
    const matcher = createMatcher<number>().add(1, parse('{"a":[1]}')).add(1, parse('{"a":[2]}'));
    expect(matcher.matchText('{"a":1}').value).toEqual([]);
    expect(matcher.matchText('{"a":2}').value).toEqual([1]);
    expect(matcher.size).toBe(1);
  });

  it('tells keys in the order of adding', () => {
    const matcher = createMatcher<number>();
    for (const key of [5, 3, 9, 1]) matcher.add(key, parse('{"a":[{"exists":true}]}'));
    expect(matcher.remove(3)).toBe(true);
    expect(matcher.remove(3)).toBe(false);
    expect(matcher.matchText('{"a":1}').value).toEqual([5, 9, 1]);
  });

  it('reads a field no more once nobody asks about it', () => {
    const matcher = matcherOf(wanted, '{"c":[1]}');
    matcher.remove('{"c":[1]}');
    expect(matcher.matchText('{"a":{"b":1},"c":not read', { trusted: true }).value).toEqual([wanted]);
    expect(matcher.add('again', parse('{"c":[1]}')).matchText('{"c":1}').value).toEqual(['again']);
  });

  it('keeps what was removed out of its sorted indexes', () => {
    const forms = [
      (i: number) => `{"a":[{"numeric":["<",${i}]}],"b":["r"]}`,
      (i: number) => `{"a":[{"cidr":"10.0.${i}.0/24"}],"b":["r"]}`,
      (i: number) => `{"a":[{"prefix":"${'x'.repeat(i + 1)}"}],"b":["r"]}`,
      (i: number) => `{"a":[{"suffix":{"equals-ignore-case":"${'x'.repeat(i + 1)}"}}],"b":["r"]}`,
    ];
    const event = `{"a":[1,"10.0.3.7","${'x'.repeat(99)}"],"b":"r","c":"none"}`;
    for (const form of forms) {
      const texts = Array.from({ length: 60 }, (_, i) => form(i));
      const matcher = matcherOf(...texts);
      const expected = texts.filter((text) => matchText(parse(text), event).value);
      expect(matcher.matchText(event).value).toEqual(expected);
      const gone = texts.slice(20, 45);
      for (const text of gone) matcher.remove(text);
      // These take the numbers of the conditions that went.
      for (let i = 0; i < 25; i++) matcher.add(`c${i}`, parse(`{"c":["${i}"],"b":["r"]}`));
      expect(matcher.matchText(event).value).toEqual(expected.filter((text) => !gone.includes(text)));
      for (const text of gone) matcher.add(text, parse(text));
      expect(new Set(matcher.matchText(event).value)).toEqual(new Set(expected));
    }
  });
});
