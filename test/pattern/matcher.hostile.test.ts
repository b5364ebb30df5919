import { expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import { createMatcher } from '../../src/pattern/matcher/matcher.ts';
import { parsePattern } from '../../src/pattern/parse.ts';

function matcherOf(patterns: readonly string[]) {
  const matcher = createMatcher<number>();
  for (const [key, text] of patterns.entries())
    matcher.add(key, parsePattern(documentOf('pattern', text)).value!);
  return matcher;
}

interface Hostile {
  readonly name: string;
  readonly patterns: readonly string[];
  readonly event: string;
  /** Keys, or the finding with which the event is refused. */
  readonly answer: readonly number[] | string;
}

const many = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i));

/** Each finishes, with an answer or a refusal. */
const cases: readonly Hostile[] = [
  {
    name: 'a million numbers in an array',
    patterns: ['{"a":[{"numeric":["<",0]}]}', '{"a":[999999]}'],
    event: `{"a":[${many(1_000_000, String).join()}]}`,
    answer: [1],
  },
  {
    name: 'two hundred thousand objects that agree with none',
    patterns: ['{"a":{"b":[1],"c":[1]}}'],
    event: `{"a":[${many(100_000, () => '{"b":1},{"c":1}').join()}]}`,
    answer: [],
  },
  {
    name: 'independent arrays whose last condition fails',
    patterns: [`{${many(12, (i) => `"f${i}":{"v":[1]}`).join()},"z":{"v":[2]}}`],
    event: `{${many(12, (i) => `"f${i}":[${many(30, () => '{"v":1}').join()}]`).join()},"z":[{"v":1}]}`,
    answer: [],
  },
  {
    name: 'more fields than arrays of one name, each of which could hold any',
    patterns: [`{"a":{${many(25, (i) => `"c${i}":[1]`).join()}}}`],
    event: `{${many(24, () => `"a":[${many(25, (i) => `{"c${i}":1}`).join()}]`).join()}}`,
    answer: 'pattern/too-costly',
  },
  {
    name: 'nested arrays to the limit',
    patterns: ['{"a":[1]}'],
    event: `{"a":${'['.repeat(999)}1${']'.repeat(999)}}`,
    answer: [0],
  },
  {
    name: 'nested beyond the limit',
    patterns: ['{"a":[1]}'],
    event: `{"a":${'['.repeat(1_000_000)}`,
    answer: 'input/too-large',
  },
  {
    name: 'a wildcard of a thousand stars on a long string',
    patterns: [`{"a":[{"wildcard":"${'*a'.repeat(1000)}*b"}]}`],
    event: `{"a":"${'a'.repeat(200_000)}"}`,
    answer: [],
  },
  {
    name: 'ten thousand wildcards without ends',
    patterns: many(10_000, (i) => `{"a":[{"wildcard":"*x${i}*"}]}`),
    event: `{"a":"${'ab'.repeat(500)}x77y"}`,
    answer: [7, 77],
  },
  {
    name: 'prefixes of a thousand lengths',
    patterns: many(1000, (i) => `{"a":[{"prefix":"${'a'.repeat(i + 1)}"}]}`),
    event: `{"a":["${'a'.repeat(3)}","${'b'.repeat(100_000)}"]}`,
    answer: [0, 1, 2],
  },
  {
    name: 'a key of a megabyte',
    patterns: ['{"a":[1]}'],
    event: `{"${'k'.repeat(1_000_000)}":1,"a":1}`,
    answer: [0],
  },
  {
    name: 'a number of a megabyte',
    patterns: ['{"a":[{"numeric":[">",0]}]}'],
    event: `{"a":${'9'.repeat(1_000_000)}}`,
    answer: [],
  },
  {
    name: 'many conditions on many values',
    patterns: many(2000, (i) => `{"a":[{"anything-but":{"wildcard":["0*","*${i}*"]}}]}`),
    event: `{"a":[${many(100_000, () => '"0"').join()}]}`,
    answer: 'pattern/too-costly',
  },
];

it.each(cases)('$name', { timeout: 60_000 }, ({ patterns, event, answer }) => {
  const { value, diagnostics } = matcherOf(patterns).matchText(event);
  expect(value ?? diagnostics[0]?.code).toEqual(answer);
});
