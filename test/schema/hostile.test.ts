import { describe, expect, it } from 'vitest';
import { answerLine } from '../../src/cli/prove/answer-lines.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import { compileSchema } from '../../src/schema/compiled.ts';
import { QUESTION_STEPS } from '../../src/sets/ask.ts';
import { Budget, OutOfBudget } from '../../src/sets/budget.ts';
import { and } from '../../src/sets/junction.ts';
import { not } from '../../src/sets/not.ts';
import { Solver } from '../../src/sets/solver.ts';

const range = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
const object = (rest: JsonObject): JsonObject => ({ type: 'object', ...rest });
const named = (count: number, prefix: string, make: (i: number) => JsonValue): JsonObject =>
  Object.fromEntries(range(count, (i) => [`${prefix}${i}`, make(i)]));
const nested = (
  count: number,
  wrap: (inner: JsonValue, i: number) => JsonValue,
  core: JsonValue,
): JsonValue => range(count, (i) => i).reduce((inner, i) => wrap(inner, i), core);
const chain = (
  count: number,
  link: (next: JsonValue, i: number) => JsonValue,
  end: JsonValue,
): JsonObject => ({
  $ref: '#/$defs/n0',
  $defs: named(count, 'n', (i) => (i < count - 1 ? link({ $ref: `#/$defs/n${i + 1}` }, i) : end)),
});

/** The answer of a line, and the reason where it is unknown. Each must come back; none may take the test's time. */
function answer(question: JsonObject): string {
  const line = JSON.parse(answerLine(JSON.stringify({ id: 1, ...question }))) as {
    answer?: string;
    reason?: string;
    error?: string;
  };
  return line.answer === 'unknown' ? `unknown: ${line.reason}` : (line.answer ?? `error: ${line.error}`);
}

const unknown = expect.stringMatching(/^unknown: (not|too costly to) decide(d)?: ./);

describe('questions made to be hard', () => {
  it.each<[string, JsonObject, unknown]>([
    [
      'a list of 50,000 words',
      {
        schema: object({ properties: { a: { enum: range(50_000, (i) => `v${i}`) } }, required: ['a'] }),
        pattern: { a: ['v49999'] },
      },
      'yes',
    ],
    [
      'a list of 50,000 words, none of them fitting',
      {
        schema: object({
          properties: { a: { enum: range(50_000, (i) => `v${i}`) } },
          required: ['a'],
          additionalProperties: false,
        }),
        pattern: { a: [{ prefix: 'w' }] },
      },
      'no',
    ],
    [
      '5,000 listed objects',
      {
        schema: object({ properties: { a: { enum: range(5000, (i) => ({ k: i })) } }, required: ['a'] }),
        pattern: { a: { k: [4999] } },
      },
      'yes',
    ],
    [
      'listed objects within others',
      {
        sub: { enum: range(2000, (i) => ({ a: i, b: [i] })) },
        super: { enum: range(1999, (i) => ({ a: i, b: [i] })) },
      },
      'no',
    ],
    [
      '1,000 ranges of numbers',
      {
        sub: { anyOf: range(1000, (i) => ({ type: 'number', minimum: 2 * i, maximum: 2 * i + 1 })) },
        super: { anyOf: range(1000, (i) => ({ type: 'number', minimum: 2 * i, maximum: 2 * i + 1.5 })) },
      },
      'yes',
    ],
    [
      '400 event types in one schema',
      {
        schema: {
          oneOf: range(400, (i) => ({ $ref: `#/$defs/e${i}` })),
          $defs: named(400, 'e', (i) =>
            object({
              properties: { source: { const: `s${i}` }, a: { enum: [i] } },
              required: ['source', 'a'],
              additionalProperties: false,
            }),
          ),
        },
        pattern: { source: ['s399'], a: [398] },
      },
      'no',
    ],
    [
      '5,000 members',
      {
        schema: object({
          properties: named(5000, 'p', (i) => ({ type: 'string', pattern: `^[a-z]{1,${1 + (i % 9)}}$` })),
        }),
        pattern: { p4999: ['a'] },
      },
      'yes',
    ],
    [
      'oneOf in oneOf in oneOf',
      {
        sub: nested(
          8,
          (inner, i) => ({ oneOf: [inner, inner, object({ properties: { [`p${i}`]: { const: i } } })] }),
          {},
        ),
        super: { type: 'string' },
      },
      'no',
    ],
    [
      'two ways at each of 40 references',
      {
        schema: chain(40, (next) => ({ anyOf: [next, { allOf: [next, { minProperties: 1 }] }] }), object({})),
        pattern: { a: [1] },
      },
      'yes',
    ],
    [
      'the same twice behind each of 40 references',
      { schema: chain(40, (next) => ({ allOf: [next, next] }), object({})), pattern: { a: [1] } },
      'yes',
    ],
    [
      'oneOf behind each of 40 references',
      {
        schema: chain(40, (next, i) => ({ oneOf: [next, { type: 'string', minLength: i }] }), object({})),
        pattern: { a: [1] },
      },
      'yes',
    ],
    [
      'a smallest value of 2^40 parts',
      {
        schema: chain(40, (next) => object({ properties: { l: next, r: next }, required: ['l', 'r'] }), {
          type: 'string',
        }),
        pattern: { l: { l: ['x'] } },
      },
      expect.stringMatching(/^(no$|unknown: too costly)/),
    ],
    [
      '2,000 references in a row',
      { schema: chain(2000, (next) => next, object({})), pattern: { a: [1] } },
      expect.stringMatching(/^(yes$|unknown: too costly)/),
    ],
    [
      'a maze of alternatives',
      {
        sub: object({
          allOf: [
            ...range(25, (i) => ({ anyOf: [{ required: [`a${i}`] }, { required: [`b${i}`] }] })),
            ...range(25, (i) => ({ not: { required: [`a${i}`, `b${i}`] } })),
            { maxProperties: 24 },
          ],
        }),
        super: false,
      },
      unknown,
    ],
    [
      'eight pigeons in seven holes',
      {
        sub: object({
          properties: named(8, 'x', () => ({ enum: range(7, (k) => k) })),
          required: range(8, (i) => `x${i}`),
          allOf: range(8, (i) =>
            range(i, (j) =>
              range(7, (k) => ({
                not: { properties: { [`x${i}`]: { const: k }, [`x${j}`]: { const: k } } },
              })),
            ),
          ).flat(2),
        }),
        super: false,
      },
      unknown,
    ],
    [
      'a state for every subset of 16',
      {
        sub: { type: 'string', allOf: [{ pattern: 'a.{16}$' }, { not: { pattern: 'b.{17}$' } }] },
        super: { pattern: '^x*$' },
      },
      'no',
    ],
    [
      'a million repetitions',
      {
        schema: object({
          properties: { a: { type: 'string', pattern: '^(a{1000}){1000}$' } },
          required: ['a'],
        }),
        pattern: { a: [{ prefix: 'a' }] },
      },
      unknown,
    ],
    [
      'stars in stars in stars',
      {
        schema: object({
          properties: { a: { type: 'string', pattern: '^((((a*)*)*)*)*b$' } },
          required: ['a'],
        }),
        pattern: { a: [{ prefix: 'aaa' }] },
      },
      'yes',
    ],
    [
      '3,000 parentheses',
      {
        schema: object({
          properties: { a: { type: 'string', pattern: `${'('.repeat(3000)}a${')'.repeat(3000)}` } },
          required: ['a'],
        }),
        pattern: { a: ['a'] },
      },
      expect.stringMatching(/^(yes$|error: |unknown: )/),
    ],
    [
      'a billion characters',
      {
        schema: object({ properties: { a: { type: 'string', minLength: 1e9 } }, required: ['a'] }),
        pattern: { a: [{ prefix: 'a' }] },
      },
      unknown,
    ],
    [
      'a billion items',
      {
        schema: object({ properties: { a: { type: 'array', minItems: 1e9 } }, required: ['a'] }),
        pattern: { a: [1] },
      },
      unknown,
    ],
    ['a million members', { schema: object({ minProperties: 1e6 }), pattern: { a: [1] } }, unknown],
    [
      '60 wildcards that are excluded',
      {
        schema: object({
          properties: { a: { type: 'string' } },
          required: ['a'],
          additionalProperties: false,
        }),
        pattern: { a: [{ 'anything-but': { wildcard: range(60, (i) => `*a${i}*b${i}*c${i}*`) } }] },
      },
      'yes',
    ],
    [
      '3,000 words that are excluded',
      {
        schema: object({
          properties: { a: { type: 'string', pattern: '^value-[0-9a-z]+-[0-9a-f]+$' } },
          required: ['a'],
          additionalProperties: false,
        }),
        pattern: { a: [{ 'anything-but': range(3000, (i) => `value-${i}-${i}`) }] },
      },
      'yes',
    ],
    [
      'a pattern of 200 levels',
      { schema: object({}), pattern: nested(200, (inner) => ({ a: inner }), ['x']) },
      'yes',
    ],
    [
      'a pattern of 60 levels that a closed schema excludes',
      {
        schema: nested(
          60,
          (inner) => object({ properties: { a: inner }, required: ['a'], additionalProperties: false }),
          { type: 'string' },
        ),
        pattern: nested(60, (inner) => ({ a: inner }), [1]),
      },
      'no',
    ],
    [
      '900 alternatives of a pattern',
      {
        schema: object({ additionalProperties: { type: 'number' } }),
        pattern: { $or: range(900, (i) => ({ [`f${i}`]: ['x'] })) },
      },
      'no',
    ],
    [
      'an unevaluated rest beside 30 alternatives',
      {
        sub: object({
          anyOf: range(30, (i) => ({ properties: { [`p${i}`]: { type: 'string' } } })),
          unevaluatedProperties: false,
        }),
        super: object({ maxProperties: 8 }),
      },
      expect.stringMatching(/^(no$|unknown: )/),
    ],
    [
      '40 overlapping name patterns',
      {
        schema: object({
          patternProperties: Object.fromEntries(
            range(40, (i) => [
              `.*${String.fromCharCode(97 + (i % 26))}.*${i}$`,
              { type: 'string', minLength: i },
            ]),
          ),
          minProperties: 5,
          additionalProperties: false,
        }),
        pattern: { a1b2: ['x'] },
      },
      expect.stringMatching(/^(yes$|no$|unknown: )/),
    ],
    [
      'multiples of 200 large numbers',
      {
        sub: { type: 'integer', multipleOf: 7, allOf: range(200, (i) => ({ not: { multipleOf: 1e6 + i } })) },
        super: false,
      },
      'no',
    ],
    [
      'numbers at the end of what a double holds',
      { sub: { type: 'number', multipleOf: 1e-300 }, super: { multipleOf: 1e-301 } },
      'yes',
    ],
  ])('%s', (_, question, expected) => {
    expect(answer(question)).toEqual(expected);
  });

  it('spends no more steps than it may, and not much more for twice as much of the same', () => {
    const spent = (sub: JsonValue, sup: JsonValue) => {
      const budget = new Budget(QUESTION_STEPS);
      const [a, b] = [sub, sup].map((schema) => compileSchema(schema).value!.formula);
      try {
        new Solver().ask(and(a!, not(b!)), budget);
      } catch (error) {
        expect(error).toBeInstanceOf(OutOfBudget);
      }
      return budget.spent;
    };
    const words = (count: number) => ({ enum: range(count, (i) => `v${i}`) });
    expect(spent(words(4000), words(3999))).toBeLessThan(3 * spent(words(2000), words(1999)));
    const types = (count: number) => ({
      oneOf: range(count, (i) =>
        object({ properties: { t: { const: i }, a: { enum: [i] } }, required: ['t'] }),
      ),
    });
    const some = spent(types(50), { type: 'object', properties: { t: { type: 'integer' } } });
    expect(spent(types(100), { type: 'object', properties: { t: { type: 'integer' } } })).toBeLessThan(
      3 * some,
    );
  });
});
