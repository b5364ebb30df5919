import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/json/value.ts';
import { compilePattern } from '../../src/pattern/compile.ts';
import { parsePatternValue } from '../../src/pattern/index.ts';
import { compileSchema } from '../../src/schema/compiled.ts';
import { empty } from '../../src/schema/empty.ts';
import { includes } from '../../src/schema/includes.ts';
import { overlap, subsumes } from '../../src/schema/overlap.ts';
import { satisfiable } from '../../src/schema/satisfiable.ts';

const schema = (value: JsonValue) => compileSchema(value).value!;
const pattern = (value: JsonValue) => compilePattern(parsePatternValue(value).value!);
const draft07 = 'http://json-schema.org/draft-07/schema#';

describe('mistakes made before', () => {
  // Whether a schema is empty: each line is a question that was once answered wrongly.
  const cases: readonly (readonly [string, JsonValue, 'yes' | 'no' | 'unknown'])[] = [
    ['unknown under not is not false', { not: { $ref: 'https://elsewhere.example/s' } }, 'unknown'],
    ['unknown is not true either', { $ref: 'https://elsewhere.example/s' }, 'unknown'],
    ['a backreference that some string meets', { type: 'string', pattern: '^(a)\\1$' }, 'no'],
    [
      'two members under patterns can be one',
      {
        type: 'object',
        maxProperties: 1,
        not: {
          anyOf: [{ patternProperties: { '^a': false } }, { patternProperties: { b$: false } }],
        },
      },
      'no',
    ],
    [
      'two members under disjoint patterns cannot',
      {
        type: 'object',
        maxProperties: 1,
        not: { anyOf: [{ patternProperties: { '^a': false } }, { patternProperties: { '^b': false } }] },
      },
      'yes',
    ],
    [
      'bounds that exclude each other, inside not',
      { type: 'string', not: { not: { minLength: 3, maxLength: 2 } } },
      'yes',
    ],
    [
      'bounds that exclude each other, negated',
      { type: 'string', not: { minLength: 3, maxLength: 2 } },
      'no',
    ],
    ['different and not different', { type: 'array', uniqueItems: true, not: { uniqueItems: true } }, 'yes'],
    [
      'items evaluated without end leave none over',
      { type: 'array', items: { const: 1 }, unevaluatedItems: { const: 2 }, minItems: 2 },
      'no',
    ],
    ['sizes beyond every number', { type: 'array', minItems: 2, not: { minItems: 1 } }, 'yes'],
    ['an empty array is not an empty object', { type: ['array', 'object'], not: { type: 'object' } }, 'no'],
    ['a reference to itself', { $ref: '#' }, 'unknown'],
    ['listed literals under not', { type: 'boolean', not: { enum: [true] } }, 'no'],
    ['all listed literals under not', { type: 'boolean', not: { enum: [true, false] } }, 'yes'],
    [
      'what a missing schema evaluates is unknown',
      { type: 'object', required: ['a'], $ref: 'https://elsewhere.example/s', unevaluatedProperties: false },
      'unknown',
    ],
  ];

  it.each(cases)('%s', (_, value, answer) => {
    expect(empty(schema(value)).answer).toBe(answer);
  });

  it('applies keywords beside $ref in old drafts, and says so', () => {
    const value = {
      $schema: draft07,
      definitions: { s: { type: 'string' } },
      $ref: '#/definitions/s',
      maxLength: 2,
    };
    const { value: compiled, diagnostics } = compileSchema(value);
    expect(diagnostics.map(({ code }) => code)).toEqual(['schema/reference-siblings']);
    expect(includes(compiled!, schema({ maxLength: 2 })).answer).toBe('yes');
  });

  it('takes keys with dots for nested ones, in schemas that declare them too', () => {
    const declared = schema({
      type: 'object',
      properties: { 'a.b': { const: 1 } },
      additionalProperties: false,
    });
    expect(satisfiable(declared, pattern({ a: { b: [1] } }))).toEqual({
      answer: 'yes',
      witness: { 'a.b': 1 },
    });
    expect(satisfiable(declared, pattern({ a: { b: [2] } })).answer).toBe('no');
  });

  it('does not unfold the ways of very many fields through keys with dots', () => {
    const fields = Array.from({ length: 60 }, (_, i) => [`f${i}`, { g: { h: [{ exists: true }] } }]);
    expect(satisfiable(schema({ type: 'object' }), pattern(Object.fromEntries(fields))).answer).toBe('yes');
    const closed = schema({ type: 'object', additionalProperties: { const: 1 } });
    expect(satisfiable(closed, pattern(Object.fromEntries(fields.slice(0, 12)))).answer).not.toBe('no');
  });

  it('says when only an undeclared key with a dot would do', () => {
    const open = schema({ type: 'object', properties: { a: { type: 'string' } } });
    expect(satisfiable(open, pattern({ a: { b: [1] } }))).toMatchObject({
      answer: 'yes',
      onlyWithDottedKeys: true,
    });
  });

  it('judges an absence by the elements that earlier paths fixed', () => {
    const items = schema({
      type: 'object',
      properties: {
        a: {
          type: 'array',
          prefixItems: [{ required: ['b'] }, { required: ['z'] }],
          minItems: 2,
          items: false,
        },
      },
      required: ['a'],
      additionalProperties: false,
    });
    expect(satisfiable(items, pattern({ a: { b: [{ exists: true }], z: [{ exists: false }] } })).answer).toBe(
      'yes',
    );
    const fixed = schema({ const: { a: [{ b: 1 }, { z: 2 }] } });
    expect(satisfiable(fixed, pattern({ a: { b: [1], z: [{ exists: false }] } })).answer).toBe('yes');
    expect(satisfiable(fixed, pattern({ a: { b: [{ exists: false }], z: [2] } })).answer).toBe('no');
  });
});

describe('patterns among themselves', () => {
  it('finds an event for two patterns, or none', () => {
    const both = overlap(pattern({ a: [{ prefix: 'ab' }] }), pattern({ a: [{ suffix: 'bc' }] }));
    expect(both).toMatchObject({ answer: 'yes', witness: { a: 'abc' } });
    const none = overlap(
      pattern({ a: ['x'] }),
      pattern({ a: ['y'] }),
      schema({ properties: { a: { type: 'string' } } }),
    );
    expect(none.answer).toBe('no');
    // An array has room for both.
    expect(overlap(pattern({ a: ['x'] }), pattern({ a: ['y'] })).answer).toBe('yes');
  });

  it('tells whether one pattern subsumes another', () => {
    const wide = pattern({ a: [{ prefix: 'a' }] });
    expect(subsumes(wide, pattern({ a: ['ab', 'ac'] })).answer).toBe('yes');
    expect(subsumes(pattern({ a: ['ab'] }), wide).answer).toBe('no');
  });
});
