import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/json/value.ts';
import { compileSchema } from '../../src/schema/compiled.ts';
import { maxSize } from '../../src/schema/max-size.ts';
import { evaluate } from '../../src/sets/evaluate.ts';
import { Dice } from './random/dice.ts';
import { accepting } from './random/schemas.ts';
import { mutated, randomValue } from './random/values.ts';

const size = (schema: JsonValue) => maxSize(compileSchema(schema).value!);
const closed = (properties: JsonValue) => ({ type: 'object', properties, additionalProperties: false });

const bounded: readonly (readonly [string, JsonValue, number])[] = [
  ['a constant', { const: 'paid' }, 6],
  ['null or false', { enum: [null, false] }, 5],
  ['any string of 3, each a control character', { type: 'string', maxLength: 3 }, 20],
  ['letters', { type: 'string', pattern: '^[a-z]{0,5}$' }, 7],
  ['numbers up to 999', { type: 'integer', minimum: 0, maximum: 999 }, 3],
  ['a tuple', { type: 'array', prefixItems: [{ const: 1 }, { const: 'ab' }], items: false }, 8],
  ['a list', { type: 'array', items: { const: true }, maxItems: 3 }, 16],
  ['different items of two', { type: 'array', items: { enum: [1, 2] }, uniqueItems: true }, 5],
  ['an object', closed({ a: { const: 1 }, bc: { const: null } }), 17],
  [
    'the larger of two members',
    { ...closed({ a: { const: 1 }, bc: { const: null } }), maxProperties: 1 },
    11,
  ],
  ['a choice', { anyOf: [{ const: 'a' }, { const: 'abc' }] }, 5],
  ['both bounds', { allOf: [{ type: 'string', maxLength: 9 }, { pattern: '^[a-z]*$' }] }, 11],
  ['a member that cannot be', closed({ a: { allOf: [{ const: 1 }, { const: 2 }] }, b: { const: 1 } }), 7],
  ['nothing at all', false, 0],
];

const unbounded: readonly (readonly [string, JsonValue, readonly string[]])[] = [
  ['a string', { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false }, ['a']],
  ['a list', closed({ a: { type: 'array', items: { const: 1 } } }), ['a[]']],
  ['an open object beside a field', { type: 'object', properties: { a: { type: 'string' } } }, ['*', 'a']],
  ['an open object', { type: 'object', properties: { a: { const: 1 } } }, ['*']],
  ['deep inside', closed({ a: closed({ b: { type: 'string' }, c: { const: 1 } }) }), ['a.b']],
  ['a tree', { $ref: '#/$defs/t', $defs: { t: closed({ next: { $ref: '#/$defs/t' } }) } }, ['next']],
];

describe('maxSize', () => {
  it.each(bounded)('bounds %s', (_, schema, bytes) => {
    expect(size(schema)).toMatchObject({ answer: 'bounded', bytes });
  });

  it.each(unbounded)('blames %s', (_, schema, fields) => {
    const found = size(schema);
    expect(found.answer).toBe('unbounded');
    expect([...((found as { fields?: readonly string[] }).fields ?? [])].sort()).toEqual([...fields].sort());
  });

  it('says where the bytes are', () => {
    const schema = closed({ id: { type: 'string', pattern: '^[a-z]{8}$' }, n: { const: 1 } });
    expect(size(schema)).toMatchObject({
      largest: [
        { path: 'id', bytes: 10 },
        { path: 'n', bytes: 1 },
      ],
    });
  });

  it('is never passed by a valid value', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const dice = new Dice(seed);
      const value = randomValue(dice, 2);
      const schema = compileSchema(accepting(dice, value)).value!;
      const bound = maxSize(schema);
      if (bound.answer !== 'bounded') continue;
      for (const one of [value, mutated(dice, value), mutated(dice, value)]) {
        if (evaluate(schema.formula, one) !== true) continue;
        expect(Buffer.byteLength(JSON.stringify(one)), `seed ${seed}`).toBeLessThanOrEqual(bound.bytes);
      }
    }
  });
});
