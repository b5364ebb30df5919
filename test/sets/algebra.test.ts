import { describe, expect, it } from 'vitest';
import { compileSchema } from '../../src/schema/compiled.ts';
import { memberOf } from '../../src/sets/ask.ts';
import { each, items, oneOf, opaque, size, some, strings, unique } from '../../src/sets/atoms.ts';
import { describe as inWords } from '../../src/sets/describe.ts';
import { evaluate } from '../../src/sets/evaluate.ts';
import { FALSE, type Formula, TRUE } from '../../src/sets/formula.ts';
import { and, or, typeIs } from '../../src/sets/junction.ts';
import { matchDistinct } from '../../src/sets/matching.ts';
import { oneName } from '../../src/sets/names.ts';
import { not } from '../../src/sets/not.ts';
import { Solver } from '../../src/sets/solver.ts';
import { prefix } from '../../src/sets/strings/language.ts';
import { ARRAY, NULL, OBJECT, STRING } from '../../src/sets/types.ts';
import { Dice } from '../schema/random/dice.ts';
import { anySchema } from '../schema/random/schemas.ts';
import { randomValue } from '../schema/random/values.ts';

const isString = typeIs(STRING);
const random = (seed: number): Formula => compileSchema(anySchema(new Dice(seed))).value!.formula;

describe('formulas', () => {
  it('are one object when they are built the same way', () => {
    expect(and(isString, strings(prefix('a')))).toBe(and(strings(prefix('a')), isString));
  });

  it('vanish beside their complement', () => {
    const some = or(isString, size(2, 3));
    expect(and(some, not(some))).toBe(FALSE);
    expect(or(some, not(some))).toBe(TRUE);
  });

  it.each([
    ['a part among three', [TRUE, isString, FALSE, size(1, 2)], FALSE, TRUE],
    ['nothing', [], TRUE, FALSE],
  ])('absorb: %s', (_, parts, conjunction, disjunction) => {
    expect(and(...parts)).toBe(conjunction);
    expect(or(...parts)).toBe(disjunction);
  });

  it('keep their values under the laws of sets', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const [a, b] = [random(seed), random(seed + 1000)];
      const value = randomValue(new Dice(seed + 2000), 2);
      const [inA, inB] = [evaluate(a, value), evaluate(b, value)];
      expect(evaluate(and(a, b), value), `and ${seed}`).toBe(inA && inB);
      expect(evaluate(or(a, b), value), `or ${seed}`).toBe(inA || inB);
      expect(evaluate(not(a), value), `not ${seed}`).toBe(!inA);
      expect(evaluate(not(and(a, b)), value), `De Morgan ${seed}`).toBe(!(inA && inB));
    }
  });

  it('never take an unknown for a proof, in either polarity', () => {
    const unread = opaque('test unread', STRING, 'something unread');
    expect(evaluate(unread, 'a')).toBeUndefined();
    expect(evaluate(not(unread), 'a')).toBeUndefined();
    expect(evaluate(unread, 1)).toBe(true);
    expect(memberOf(and(isString, unread)).answer).toBe('unknown');
    expect(memberOf(and(isString, not(unread))).answer).toBe('unknown');
    expect(memberOf(and(isString, unread, strings(prefix('a')), not(strings(prefix('a'))))).answer).toBe(
      'no',
    );
    expect(memberOf(and(isString, unread, not(unread))).answer).toBe('no');
  });

  it('are tested on values where they can be', () => {
    const even = opaque('test even', STRING, 'an even length', (value) => (value as string).length % 2 === 0);
    expect(memberOf(and(isString, even, strings(prefix('abc'))))).toMatchObject({ answer: 'yes' });
  });
});

describe('the solver', () => {
  it('answers unknown, never no, with less to spend', () => {
    const solver = () => new Solver();
    for (let seed = 1; seed <= 60; seed++) {
      const formula = and(random(seed), not(random(seed + 500)));
      const full = memberOf(formula, { solver: solver() }).answer;
      const poor = memberOf(formula, { solver: solver(), steps: 20 }).answer;
      expect([full, 'unknown']).toContain(poor);
    }
  });

  it('does not take an empty array for an empty object', () => {
    const solver = new Solver();
    expect(memberOf(typeIs(OBJECT), { solver })).toEqual({ answer: 'yes', witness: {} });
    expect(memberOf(typeIs(ARRAY), { solver })).toEqual({ answer: 'yes', witness: [] });
  });

  it('finds different items where there are just enough', () => {
    const three = and(typeIs(ARRAY), size(3, 3), unique(true));
    expect(memberOf(and(three, items(0, Infinity, oneOf([1, 2, 3])))).answer).toBe('yes');
    expect(memberOf(and(three, items(0, Infinity, oneOf([1, 2])))).answer).toBe('no');
  });

  it('puts what must be there under a name that may be there', () => {
    const name = oneName('a');
    const formula = and(some(name, isString), each(name, strings(prefix('x'))));
    expect(memberOf(formula)).toEqual({ answer: 'yes', witness: { a: 'x' } });
  });
});

describe('matching', () => {
  it('moves earlier choices to make room', () => {
    expect(matchDistinct([['a', 'b'], ['a']])).toEqual(['b', 'a']);
    expect(matchDistinct([['a'], ['a']])).toBeUndefined();
  });
});

describe('sets in words', () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [true, 'any value'],
    [false, 'no value'],
    [{ type: ['null', 'string'] }, 'null or any string'],
    [{ enum: ['a', 1] }, '"a" or 1'],
    [{ type: 'string', maxLength: 3 }, 'a string of at most 3 characters'],
    [
      { type: 'array', items: { type: 'string' }, minItems: 1 },
      'an array with at least 1 item and whose items are any string',
    ],
    [{ type: 'object', required: ['a'] }, 'an object with "a"'],
    [{ type: 'object', properties: { a: false } }, 'an object without "a"'],
    [{ type: 'integer', minimum: 1 }, 'an integer of at least 1'],
    [{ type: 'number', exclusiveMinimum: 0, maximum: 2.5 }, 'a number above 0 and of at most 2.5'],
    [{ type: 'number', minimum: 1, maximum: 3, not: { const: 2 } }, 'a number from 1 to 3 and other than 2'],
    [{ type: 'number', multipleOf: 0.01 }, 'a number that is a multiple of 0.01'],
    [{ type: 'string', pattern: '^ord-' }, 'a string that starts with "ord-"'],
    [{ type: 'string', pattern: 'x$' }, 'a string that ends with "x"'],
    [{ type: 'string', not: { enum: ['a', 'b'] } }, 'a string other than "a" or "b"'],
    [{ type: 'string', not: { pattern: '^test' } }, 'a string that does not start with "test"'],
    [
      {
        type: 'object',
        properties: {
          source: { const: 'shop' },
          size: { type: 'integer', minimum: 0 },
          note: { type: 'string' },
        },
        required: ['source', 'size'],
        additionalProperties: false,
      },
      'an object with "source" ("shop") and "size" (an integer of at least 0), perhaps with "note" (any string), without other members',
    ],
    [
      { type: 'object', propertyNames: { pattern: '^x-' } },
      'an object without a member whose name is one that does not start with "x-"',
    ],
  ];

  it.each(cases)('%j', (schema, words) => {
    expect(inWords(compileSchema(schema as never).value!.formula)).toBe(words);
  });

  it('says what the null in a mask is', () => {
    expect(inWords(typeIs(NULL))).toBe('null');
  });
});
