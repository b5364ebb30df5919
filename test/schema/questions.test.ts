import { describe, expect, it } from 'vitest';
import { answerLine } from '../../src/cli/prove/answer-lines.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';

/** Questions answered by thinking, each with its answer. `F` asserts formats. */
type Question = readonly [why: string, schema: JsonValue, pattern: JsonValue, answer: 'yes' | 'no', F?: 'F'];
type Inclusion = readonly [why: string, sub: JsonValue, sup: JsonValue, answer: 'yes' | 'no', F?: 'F'];

/** A plain `then` would make the object one that can be awaited. */
const THEN = 'then';
const D4 = 'http://json-schema.org/draft-04/schema#';
const D6 = 'http://json-schema.org/draft-06/schema#';
const D7 = 'http://json-schema.org/draft-07/schema#';
const D19 = 'https://json-schema.org/draft/2019-09/schema';

const closed = (properties: JsonObject, required: string[] = Object.keys(properties)): JsonObject => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = (pattern: string): JsonObject => closed({ a: { type: 'string', pattern } });
const list = (items: JsonValue, more: JsonObject = {}): JsonObject =>
  closed({ a: { type: 'array', items, ...more } });

const matching: readonly Question[] = [
  // Strings
  ['a prefix meets a start of the expression', text('^ab'), { a: [{ prefix: 'abc' }] }, 'yes'],
  ['a prefix meets no start of the expression', text('^ab'), { a: [{ prefix: 'b' }] }, 'no'],
  ['an expression without anchors finds its text anywhere', text('ab'), { a: ['xaby'] }, 'yes'],
  ['a suffix and an end that differ', text('x$'), { a: [{ suffix: 'y' }] }, 'no'],
  [
    'a wildcard needs two letters that the length has no room for',
    closed({ a: { type: 'string', maxLength: 3 } }),
    { a: [{ wildcard: 'ab*cd' }] },
    'no',
  ],
  [
    'a wildcard that just fits',
    closed({ a: { type: 'string', maxLength: 4 } }),
    { a: [{ wildcard: 'ab*cd' }] },
    'yes',
  ],
  ['parts of a wildcard do not overlap', text('^aba$'), { a: [{ wildcard: 'ab*ba' }] }, 'no'],
  ['a lookahead that asks for a digit', text('^(?=.*[0-9])[a-z0-9]{3}$'), { a: [{ prefix: 'ab' }] }, 'yes'],
  [
    'a lookahead that asks for a digit, and none is left',
    text('^(?=.*[0-9])[a-z0-9]{3}$'),
    { a: [{ wildcard: 'abc' }] },
    'no',
  ],
  ['a negative lookahead', text('^(?!test-)'), { a: [{ prefix: 'test-' }] }, 'no'],
  ['a negative lookahead, beside it', text('^(?!test-)'), { a: [{ prefix: 'test' }] }, 'yes'],
  ['a word boundary', text('\\bcat\\b'), { a: ['concat'] }, 'no'],
  ['a word boundary at a hyphen', text('\\bcat\\b'), { a: ['a-cat'] }, 'yes'],
  ['a class of letters has no space', text('^\\w+$'), { a: [{ wildcard: '* *' }] }, 'no'],
  ['a dot is not a line feed', text('^.$'), { a: ['\n'] }, 'no'],
  [
    'lengths count characters, not halves',
    closed({ a: { type: 'string', maxLength: 1 } }),
    { a: ['🚀'] },
    'yes',
  ],
  [
    'without regard to case',
    closed({ a: { enum: ['Order Placed'] } }),
    { a: [{ 'equals-ignore-case': 'ORDER PLACED' }] },
    'yes',
  ],
  [
    'without regard to case, with another space',
    closed({ a: { enum: ['Order Placed'] } }),
    { a: [{ 'equals-ignore-case': 'ORDERPLACED' }] },
    'no',
  ],
  [
    'all listed values are excluded',
    closed({ a: { enum: ['x', 'y'] } }),
    { a: [{ 'anything-but': ['x', 'y', 'z'] }] },
    'no',
  ],
  [
    'null is anything but a text',
    closed({ a: { enum: ['x', null] } }),
    { a: [{ 'anything-but': 'x' }] },
    'yes',
  ],
  ['anything but needs a leaf', closed({ a: { type: 'object' } }), { a: [{ 'anything-but': 'x' }] }, 'no'],
  [
    'excluded prefixes cover an expression',
    text('^(dev|test)-'),
    { a: [{ 'anything-but': { prefix: ['dev', 'test'] } }] },
    'no',
  ],
  [
    'excluded suffixes leave one',
    text('^(dev|test)-(a|b)$'),
    { a: [{ 'anything-but': { suffix: ['-a'] } }] },
    'yes',
  ],
  [
    'an excluded wildcard covers an expression',
    text('^a[0-9]+b$'),
    { a: [{ 'anything-but': { wildcard: 'a*b' } }] },
    'no',
  ],
  ['an address in any spelling', closed({ a: { const: '0:0:0:0:0:0:0:1' } }), { a: ['::1'] }, 'yes'],
  ['a block holds the address', closed({ a: { const: '10.1.2.3' } }), { a: [{ cidr: '10.0.0.0/8' }] }, 'yes'],
  [
    'a block does not hold the address',
    closed({ a: { const: '11.1.2.3' } }),
    { a: [{ cidr: '10.0.0.0/8' }] },
    'no',
  ],
  [
    'a block and an expression of addresses',
    text('^192\\.168\\.[0-9]+\\.[0-9]+$'),
    { a: [{ cidr: '10.0.0.0/8' }] },
    'no',
  ],
  // Numbers
  ['a number is no text', closed({ a: { type: 'string' } }), { a: [1] }, 'no'],
  ['a text is no number', closed({ a: { type: 'number' } }), { a: ['1'] }, 'no'],
  ['tenths are exact', closed({ a: { type: 'number', multipleOf: 0.1 } }), { a: [0.3] }, 'yes'],
  [
    'between two multiples',
    closed({ a: { type: 'number', multipleOf: 0.25 } }),
    { a: [{ numeric: ['>', 0.25, '<', 0.5] }] },
    'no',
  ],
  [
    'an open end',
    closed({ a: { type: 'number', exclusiveMaximum: 5 } }),
    { a: [{ numeric: ['>=', 5] }] },
    'no',
  ],
  ['a closed end', closed({ a: { type: 'number', maximum: 5 } }), { a: [{ numeric: ['>=', 5] }] }, 'yes'],
  ['1.0 is an integer', closed({ a: { type: 'integer' } }), { a: [1.0] }, 'yes'],
  [
    'an integer between neighbours',
    closed({ a: { type: 'integer' } }),
    { a: [{ numeric: ['>', 1, '<', 2] }] },
    'no',
  ],
  [
    'draft-04 has a flag for open ends',
    { ...closed({ a: { type: 'number', maximum: 5, exclusiveMaximum: true } }), $schema: D4 },
    { a: [5] },
    'no',
  ],
  [
    'anything but a number lets text pass',
    closed({ a: { type: ['string', 'number'], maximum: 1, minimum: 1 } }),
    { a: [{ 'anything-but': [1] }] },
    'yes',
  ],
  ['anything but the only number', closed({ a: { const: 1 } }), { a: [{ 'anything-but': [1] }] }, 'no'],
  [
    'lcm of two steps',
    closed({ a: { type: 'integer', allOf: [{ multipleOf: 4 }, { multipleOf: 6 }] } }),
    { a: [{ numeric: ['>', 12, '<', 24] }] },
    'no',
  ],
  // Presence
  ['a required field is absent', closed({ a: { type: 'string' } }), { a: [{ exists: false }] }, 'no'],
  ['an optional field is absent', closed({ a: { type: 'string' } }, []), { a: [{ exists: false }] }, 'yes'],
  [
    'an object is no leaf, so it is absent',
    closed({ a: { type: 'object' } }),
    { a: [{ exists: false }] },
    'yes',
  ],
  [
    'an empty array is no leaf',
    closed({ a: { type: 'array', maxItems: 0 } }),
    { a: [{ exists: true }] },
    'no',
  ],
  ['null is a leaf', closed({ a: { type: 'null' } }), { a: [{ exists: true }] }, 'yes'],
  ['absent, or a value', closed({ a: { enum: ['x'] } }), { a: ['y', { exists: false }] }, 'no'],
  ['a field that is not declared and not allowed', closed({ a: true }), { b: [{ exists: true }] }, 'no'],
  [
    'dependent fields',
    { ...closed({ a: true, b: { type: 'string' } }, ['a']), dependentRequired: { a: ['b'] } },
    { b: [{ exists: false }], a: [{ exists: true }] },
    'no',
  ],
  [
    'dependencies of draft-07',
    { ...closed({ a: true, b: { type: 'string' } }, ['a']), $schema: D7, dependencies: { a: ['b'] } },
    { a: [1], b: [{ exists: false }] },
    'no',
  ],
  [
    'a dependency on a schema',
    {
      type: 'object',
      dependentSchemas: {
        a: { properties: { b: { const: 1 } }, required: ['b'], additionalProperties: { type: 'number' } },
      },
      properties: { b: { type: 'number' } },
    },
    { a: [5], b: [2] },
    'no',
  ],
  // Keys with dots
  ['a declared key with a dot', closed({ 'a.b': { const: 'x' } }), { a: { b: ['x'] } }, 'yes'],
  ['a declared key with a dot, another value', closed({ 'a.b': { const: 'x' } }), { a: { b: ['y'] } }, 'no'],
  [
    'a key with a dot and an object beside it',
    closed({ 'a.b': { const: 'x' }, a: closed({ b: { const: 'y' } }) }, ['a']),
    { a: { b: ['x'] } },
    'yes',
  ],
  [
    'name patterns allow the key',
    { type: 'object', patternProperties: { '^a\\.': { const: 1 } }, additionalProperties: false },
    { a: { c: [1] } },
    'yes',
  ],
  [
    'name patterns forbid all other keys',
    { type: 'object', patternProperties: { '^a\\.': { const: 1 } }, additionalProperties: false },
    { b: { c: [1] } },
    'no',
  ],
  // Arrays
  ['some element matches', list({ enum: ['x', 'y'] }), { a: ['y'] }, 'yes'],
  ['no element can match', list({ enum: ['x', 'y'] }), { a: ['z'] }, 'no'],
  [
    'conditions in one element',
    list(closed({ k: { enum: [1, 2] }, v: { type: 'string' } })),
    { a: { k: [2], v: ['q'] } },
    'yes',
  ],
  [
    'conditions never in one element',
    list({ oneOf: [closed({ k: { const: 1 } }), closed({ v: { const: 'q' } })] }),
    { a: { k: [1], v: ['q'] } },
    'no',
  ],
  ['elements of elements', list({ type: 'array', items: { type: 'integer' } }), { a: [7] }, 'yes'],
  [
    'one place, one value',
    closed({ a: { type: 'array', prefixItems: [{ const: 'x' }], items: false } }),
    { a: ['y'] },
    'no',
  ],
  [
    'the second place',
    closed({ a: { type: 'array', prefixItems: [{ const: 'x' }, { const: 'y' }], items: false } }),
    { a: ['y'] },
    'yes',
  ],
  [
    'the second place is out of reach',
    closed({ a: { type: 'array', prefixItems: [{ const: 'x' }, { const: 'y' }], maxItems: 1 } }),
    { a: ['y'] },
    'no',
  ],
  [
    'lists of draft-07',
    {
      ...closed({ a: { type: 'array', items: [{ const: 'x' }], additionalItems: { const: 'y' } } }),
      $schema: D7,
    },
    { a: ['z'] },
    'no',
  ],
  [
    'contains forces a value, the pattern another',
    list({ enum: ['x', 'y'] }, { contains: { const: 'x' }, maxItems: 1 }),
    { a: ['y'] },
    'no',
  ],
  [
    'contains and room for another',
    list({ enum: ['x', 'y'] }, { contains: { const: 'x' }, maxItems: 2 }),
    { a: ['y'] },
    'yes',
  ],
  [
    'maxContains 0 forbids it',
    list({ type: 'string' }, { contains: { const: 'x' }, minContains: 0, maxContains: 0 }),
    { a: ['x'] },
    'no',
  ],
  [
    'unique items are too few',
    list({ enum: ['x', 'y'] }, { uniqueItems: true, minItems: 3 }),
    { a: ['x'] },
    'no',
  ],
  [
    'two fields by two paths in one array',
    closed({
      e: {
        type: 'array',
        items: closed({ p: { type: 'array', items: closed({ q: { const: 1 } }) }, r: { const: 2 } }),
      },
    }),
    { e: { p: { q: [1] }, r: [2] } },
    'yes',
  ],
  // Alternatives
  [
    'if says what then forbids',
    {
      ...closed({ t: { enum: ['a', 'b'] }, n: { type: 'integer' } }),
      if: { properties: { t: { const: 'a' } } },
      [THEN]: { properties: { n: { maximum: 3 } } },
    },
    { t: ['a'], n: [{ numeric: ['>', 3] }] },
    'no',
  ],
  [
    'else lets it pass',
    {
      ...closed({ t: { enum: ['a', 'b'] }, n: { type: 'integer' } }),
      if: { properties: { t: { const: 'a' } } },
      [THEN]: { properties: { n: { maximum: 3 } } },
    },
    { t: ['b'], n: [{ numeric: ['>', 3] }] },
    'yes',
  ],
  [
    'one of two, both hold',
    closed({ a: { type: 'number', oneOf: [{ type: 'integer' }, { minimum: 2 }] } }),
    { a: [3] },
    'no',
  ],
  [
    'one of two, one holds',
    closed({ a: { type: 'number', oneOf: [{ type: 'integer' }, { minimum: 2 }] } }),
    { a: [2.5] },
    'yes',
  ],
  [
    'not beside a type',
    closed({ a: { type: 'string', not: { pattern: '^x' } } }),
    { a: [{ prefix: 'x' }] },
    'no',
  ],
  [
    'two event types in one schema, fields mixed',
    {
      oneOf: [closed({ t: { const: 1 }, x: { const: 'p' } }), closed({ t: { const: 2 }, x: { const: 'q' } })],
    },
    { t: [1], x: ['q'] },
    'no',
  ],
  [
    'an alternative of the pattern',
    closed({ a: { const: 1 } }),
    { $or: [{ a: [2] }, { b: [{ exists: false }] }] },
    'yes',
  ],
  [
    'an inner path replaces the outer one',
    closed({ a: { const: 1 } }),
    { a: [1], $or: [{ a: [2] }, { a: [3] }] },
    'no',
  ],
  // Closed by what was looked at
  [
    'evaluated by a reference',
    {
      $ref: '#/$defs/b',
      properties: { c: true },
      unevaluatedProperties: false,
      $defs: { b: { type: 'object', properties: { a: { type: 'string' } } } },
    },
    { a: ['x'], c: [1] },
    'yes',
  ],
  [
    'evaluated by nobody',
    {
      $ref: '#/$defs/b',
      properties: { c: true },
      unevaluatedProperties: false,
      $defs: { b: { type: 'object', properties: { a: { type: 'string' } } } },
    },
    { d: [1] },
    'no',
  ],
  [
    'evaluated only where the condition holds',
    {
      type: 'object',
      properties: { t: true },
      if: { properties: { t: { const: 1 } }, required: ['t'] },
      [THEN]: { properties: { x: true } },
      unevaluatedProperties: false,
    },
    { t: [2], x: [{ exists: true }] },
    'no',
  ],
  [
    '2019-09: items evaluated by a list',
    { $schema: D19, ...closed({ a: { type: 'array', items: [{ const: 1 }], unevaluatedItems: false } }) },
    { a: [2] },
    'no',
  ],
  // References
  [
    'a reference in a circle through members',
    {
      $ref: '#/$defs/n',
      $defs: {
        n: {
          type: 'object',
          properties: { n: { $ref: '#/$defs/n' }, v: { type: 'integer' } },
          additionalProperties: false,
        },
      },
    },
    { n: { n: { v: [7] } } },
    'yes',
  ],
  [
    'only endless values would do',
    {
      $ref: '#/$defs/n',
      $defs: { n: { type: 'object', properties: { n: { $ref: '#/$defs/n' } }, required: ['n'] } },
    },
    { n: [{ exists: false }] },
    'no',
  ],
  [
    'an anchor',
    {
      properties: { a: { $ref: '#x' } },
      required: ['a'],
      type: 'object',
      additionalProperties: false,
      $defs: { q: { $anchor: 'x', const: 1 } },
    },
    { a: [2] },
    'no',
  ],
  [
    'an embedded schema with its own address',
    {
      type: 'object',
      properties: { a: { $ref: 'https://e.example/b' } },
      required: ['a'],
      additionalProperties: false,
      $defs: { q: { $id: 'https://e.example/b', enum: ['k'] } },
    },
    { a: ['k'] },
    'yes',
  ],
  [
    'a dynamic reference is bound by the outermost',
    {
      $id: 'https://e.example/outer',
      $ref: 'list',
      $defs: {
        el: { $dynamicAnchor: 'el', type: 'string' },
        list: {
          $id: 'list',
          type: 'object',
          properties: { a: { $dynamicRef: '#el' } },
          required: ['a'],
          additionalProperties: false,
          $defs: { d: { $dynamicAnchor: 'el' } },
        },
      },
    },
    { a: [1] },
    'no',
  ],
  [
    'a dynamic reference by itself',
    {
      $id: 'https://e.example/list',
      type: 'object',
      properties: { a: { $dynamicRef: '#el' } },
      required: ['a'],
      additionalProperties: false,
      $defs: { d: { $dynamicAnchor: 'el' } },
    },
    { a: [1] },
    'yes',
  ],
  // Formats
  ['a format is a remark', closed({ a: { type: 'string', format: 'date' } }), { a: ['soon'] }, 'yes'],
  ['a format is a condition', closed({ a: { type: 'string', format: 'date' } }), { a: ['soon'] }, 'no', 'F'],
  [
    'dates in February',
    closed({ a: { type: 'string', format: 'date' } }),
    { a: [{ prefix: '2025-02-30' }] },
    'no',
    'F',
  ],
  [
    'the day that leap years have',
    closed({ a: { type: 'string', format: 'date' } }),
    { a: ['2024-02-29'] },
    'yes',
    'F',
  ],
  [
    'an identifier has no capital G',
    closed({ a: { type: 'string', format: 'uuid' } }),
    { a: [{ prefix: 'G' }] },
    'no',
    'F',
  ],
  [
    'an IPv4 address in a block',
    closed({ a: { type: 'string', format: 'ipv4' } }),
    { a: [{ cidr: '10.0.0.0/8' }] },
    'yes',
    'F',
  ],
  [
    'a time stamp that ends in Z',
    closed({ a: { type: 'string', format: 'date-time' } }),
    { a: [{ wildcard: '2026-*Z' }] },
    'yes',
    'F',
  ],
  [
    'an address of mail',
    closed({ a: { type: 'string', format: 'email' } }),
    { a: [{ suffix: '@example.com' }] },
    'yes',
    'F',
  ],
  [
    'draft-06: const and contains',
    {
      $schema: D6,
      ...closed({ a: { type: 'array', contains: { const: 1 }, items: { enum: [1, 2] }, maxItems: 1 } }),
    },
    { a: [2] },
    'no',
  ],
  // Sizes of objects and names
  ['names that are forbidden', { type: 'object', propertyNames: { maxLength: 2 } }, { abc: [1] }, 'no'],
  ['room for one member', { type: 'object', maxProperties: 1 }, { a: [1], b: [2] }, 'no'],
  ['a boolean is a literal', closed({ a: { type: 'boolean' } }), { a: ['true'] }, 'no'],
  ['nothing is valid', false, { a: [1] }, 'no'],
  ['everything is valid', true, { a: [{ numeric: ['<', 0] }], b: { c: [null] } }, 'yes'],
];

const including: readonly Inclusion[] = [
  ['an integer is a number', { type: 'integer' }, { type: 'number' }, 'yes'],
  ['whole multiples of one are integers', { type: 'number', multipleOf: 1 }, { type: 'integer' }, 'yes'],
  ['multiples of 0.5 may be halves', { type: 'number', multipleOf: 0.5 }, { type: 'integer' }, 'no'],
  ['a larger step', { multipleOf: 6 }, { multipleOf: 3 }, 'yes'],
  ['0.3 is a multiple of 0.1', { const: 0.3 }, { multipleOf: 0.1 }, 'yes'],
  ['an open end inside a closed one', { type: 'number', exclusiveMinimum: 0 }, { minimum: 0 }, 'yes'],
  ['a closed end outside an open one', { type: 'number', minimum: 0 }, { exclusiveMinimum: 0 }, 'no'],
  ['integers above 0 begin with 1', { type: 'integer', exclusiveMinimum: 0 }, { minimum: 1 }, 'yes'],
  ['a shorter text', { maxLength: 3 }, { maxLength: 5 }, 'yes'],
  ['the shape of the text bounds it', { type: 'string', pattern: '^[a-z]{2,4}$' }, { maxLength: 4 }, 'yes'],
  ['the shape of the text does not', { type: 'string', pattern: '[a-z]{2,4}' }, { maxLength: 4 }, 'no'],
  ['one expression in another', { type: 'string', pattern: '^a+b$' }, { pattern: '^a*b$' }, 'yes'],
  ['and not the other way round', { type: 'string', pattern: '^a*b$' }, { pattern: '^a+b$' }, 'no'],
  [
    'an alternative written otherwise',
    { type: 'string', pattern: '^(ab|ac)$' },
    { enum: ['ac', 'ab'] },
    'yes',
  ],
  ['listed values in a longer list', { enum: [1, 'a', null] }, { enum: [null, 'a', 2, 1] }, 'yes'],
  ['a listed value too many', { enum: [1, 'a'] }, { enum: ['a'] }, 'no'],
  ['listed objects, members in another order', { enum: [{ a: 1, b: 2 }] }, { const: { b: 2, a: 1 } }, 'yes'],
  ['1 and 1.0 are equal', { const: 1 }, { const: 1.0 }, 'yes'],
  ['0 is not false', { const: 0 }, { const: false }, 'no'],
  [
    'all types are everything',
    {},
    { type: ['null', 'boolean', 'number', 'string', 'array', 'object'] },
    'yes',
  ],
  [
    'integers are not all numbers',
    {},
    { type: ['null', 'boolean', 'integer', 'string', 'array', 'object'] },
    'no',
  ],
  ['keywords of other types say nothing', { type: 'string' }, { minimum: 3 }, 'yes'],
  ['more is required', { required: ['a', 'b'], type: 'object' }, { required: ['a'] }, 'yes'],
  ['less is required', { required: ['a'], type: 'object' }, { required: ['a', 'b'] }, 'no'],
  [
    'a field more in an open object',
    { type: 'object', properties: { a: { type: 'string' } } },
    { type: 'object' },
    'yes',
  ],
  ['a field more in a closed object', closed({ a: true, b: true }, []), closed({ a: true }, []), 'no'],
  [
    'what is closed is in what is open',
    closed({ a: { type: 'integer' } }),
    { properties: { a: { type: 'number' } } },
    'yes',
  ],
  [
    'a required field that is forbidden: nothing',
    { type: 'object', required: ['a'], properties: { a: false } },
    false,
    'yes',
  ],
  [
    'an optional field that is forbidden',
    { type: 'object', properties: { a: false } },
    { not: { required: ['a'] } },
    'yes',
  ],
  [
    'names of a pattern',
    { type: 'object', patternProperties: { '^x-': { type: 'string' } } },
    { properties: { 'x-a': { type: 'string' } } },
    'yes',
  ],
  [
    'names of a pattern and others',
    { type: 'object', properties: { 'x-a': { type: 'string' } } },
    { patternProperties: { '^x-': { type: 'string' } } },
    'no',
  ],
  [
    'three required members are three members',
    { type: 'object', required: ['a', 'b', 'c'] },
    { minProperties: 3 },
    'yes',
  ],
  ['closed with two is at most two', closed({ a: true, b: true }, []), { maxProperties: 2 }, 'yes'],
  [
    'short names of one letter: at most three',
    { type: 'object', propertyNames: { enum: ['a', 'b', 'c'] } },
    { maxProperties: 3 },
    'yes',
  ],
  [
    'a dependency and its parts',
    { type: 'object', dependentRequired: { a: ['b'] } },
    { anyOf: [{ not: { required: ['a'] } }, { required: ['b'] }] },
    'yes',
  ],
  [
    'draft-07 dependencies are those of today',
    { $schema: D7, type: 'object', dependencies: { a: ['b'] } },
    { dependentRequired: { a: ['b'] } },
    'yes',
  ],
  ['items of a list', { type: 'array', items: { type: 'integer' } }, { items: { type: 'number' } }, 'yes'],
  [
    'places and the rest',
    { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'string' } },
    { items: { type: 'string' } },
    'yes',
  ],
  ['places only', { type: 'array', prefixItems: [{ type: 'string' }] }, { items: { type: 'string' } }, 'no'],
  [
    'places only, and no more items',
    { type: 'array', prefixItems: [{ type: 'string' }], items: false },
    { items: { type: 'string' } },
    'yes',
  ],
  ['contains is some item', { type: 'array', contains: { const: 1 } }, { minItems: 1 }, 'yes'],
  [
    'contains twice is two items',
    { type: 'array', contains: { const: 1 }, minContains: 2 },
    { minItems: 2 },
    'yes',
  ],
  [
    'two different contains may be one item',
    { type: 'array', allOf: [{ contains: { minimum: 1 } }, { contains: { maximum: 9 } }] },
    { minItems: 2 },
    'no',
  ],
  [
    'two exclusive contains are two items',
    { type: 'array', allOf: [{ contains: { const: 1 } }, { contains: { const: 2 } }] },
    { minItems: 2 },
    'yes',
  ],
  [
    'different booleans are two at most',
    { type: 'array', items: { type: 'boolean' }, uniqueItems: true },
    { maxItems: 2 },
    'yes',
  ],
  ['one item is always different', { type: 'array', maxItems: 1 }, { uniqueItems: true }, 'yes'],
  ['all of is each of them', { allOf: [{ minimum: 1 }, { maximum: 3 }] }, { minimum: 0 }, 'yes'],
  ['any of has to be inside', { anyOf: [{ const: 1 }, { const: 5 }] }, { maximum: 4 }, 'no'],
  [
    'one of is any of where they exclude each other',
    { anyOf: [{ type: 'string' }, { type: 'number' }] },
    { oneOf: [{ type: 'string' }, { type: 'number' }] },
    'yes',
  ],
  [
    'one of is not any of where they overlap',
    { anyOf: [{ minimum: 1 }, { maximum: 5 }] },
    { oneOf: [{ minimum: 1 }, { maximum: 5 }] },
    'no',
  ],
  ['twice not', { not: { not: { type: 'string', minLength: 2 } } }, { type: 'string', minLength: 1 }, 'yes'],
  [
    'De Morgan',
    { not: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
    { allOf: [{ not: { type: 'string' } }, { not: { type: 'number' } }] },
    'yes',
  ],
  [
    'if, then, else by cases',
    { if: { type: 'string' }, [THEN]: { maxLength: 3 }, else: { type: 'number' } },
    { anyOf: [{ type: 'string', maxLength: 3 }, { type: 'number' }] },
    'yes',
  ],
  ['if without then says nothing', { if: { type: 'string' } }, {}, 'yes'],
  [
    'a list by reference to itself',
    {
      $ref: '#/$defs/l',
      $defs: {
        l: {
          type: ['null', 'object'],
          properties: { next: { $ref: '#/$defs/l' }, v: { type: 'integer' } },
          required: ['v'],
        },
      },
    },
    {
      $ref: '#/$defs/m',
      $defs: {
        m: { type: ['null', 'object'], properties: { next: { $ref: '#/$defs/m' }, v: { type: 'number' } } },
      },
    },
    'yes',
  ],
  [
    'a list by reference to itself, a value apart',
    {
      $ref: '#/$defs/l',
      $defs: {
        l: { type: ['null', 'object'], properties: { next: { $ref: '#/$defs/l' }, v: { type: 'number' } } },
      },
    },
    {
      $ref: '#/$defs/m',
      $defs: {
        m: { type: ['null', 'object'], properties: { next: { $ref: '#/$defs/m' }, v: { type: 'integer' } } },
      },
    },
    'no',
  ],
  [
    'unfolded once',
    { type: 'object', properties: { n: { $ref: '#' } } },
    { type: 'object', properties: { n: { type: 'object' } } },
    'yes',
  ],
  ['formats are remarks', { type: 'string' }, { format: 'date' }, 'yes'],
  ['formats are conditions', { type: 'string' }, { format: 'date' }, 'no', 'F'],
  [
    'a date has ten characters',
    { type: 'string', format: 'date' },
    { minLength: 10, maxLength: 10 },
    'yes',
    'F',
  ],
  ['a uuid is hexadecimal', { type: 'string', format: 'uuid' }, { pattern: '^[0-9a-fA-F-]{36}$' }, 'no', 'F'],
  [
    'unevaluated is additional where nothing else looks',
    { type: 'object', properties: { a: true }, unevaluatedProperties: false },
    closed({ a: true }, []),
    'yes',
  ],
  [
    'what any of looks at is not left over',
    {
      type: 'object',
      anyOf: [
        { properties: { a: true }, required: ['a'] },
        { properties: { b: true }, required: ['b'] },
      ],
      unevaluatedProperties: false,
    },
    closed({ a: true, b: true }, []),
    'yes',
  ],
  [
    'draft-04 and its flag',
    { $schema: D4, type: 'number', minimum: 0, exclusiveMinimum: true },
    { exclusiveMinimum: 0 },
    'yes',
  ],
  ['an astral character is one', { const: '🚀' }, { maxLength: 1 }, 'yes'],
  ['letters of all scripts', { type: 'string', pattern: '^\\p{Lu}+$' }, { pattern: '^\\p{L}+$' }, 'yes'],
  [
    'lookaheads in another order',
    { type: 'string', pattern: '^(?=.*a)(?=.*b).+$' },
    { pattern: '^(?=.*b)(?=.*a).+$' },
    'yes',
  ],
  [
    'a lookahead is less than both',
    { type: 'string', pattern: '^(?=.*a).+$' },
    { pattern: '^(?=.*b)(?=.*a).+$' },
    'no',
  ],
];

function answer(question: JsonObject): string {
  const line = JSON.parse(answerLine(JSON.stringify({ id: 1, ...question }))) as {
    answer?: string;
    reason?: string;
    error?: string;
  };
  return line.answer === 'unknown' ? `unknown: ${line.reason}` : (line.answer ?? `error: ${line.error}`);
}

const formats = (F: 'F' | undefined): JsonObject => (F ? { options: { formatAssertion: true } } : {});

describe('whether an event exists', () => {
  it.each(matching.map((one) => ({ why: one[0], one })))('$why', ({ one }) => {
    const [, schema, pattern, expected, F] = one;
    expect(answer({ schema, pattern, ...formats(F) })).toBe(expected);
  });
});

describe('whether one schema includes another', () => {
  const cases = including.map((one) => ({ why: one[0], one }));

  it.each(cases)('$why', ({ one }) => {
    const [, sub, sup, expected, F] = one;
    expect(answer({ sub, super: sup, ...formats(F) })).toBe(expected);
  });

  // a in b as "not b in not a"; what refers to places in its own file cannot be moved.
  const movable = cases.filter(({ one }) => !/"\$(ref|schema)/.test(JSON.stringify(one)));
  it.each(movable)('the other way round: $why', ({ one }) => {
    const [, sub, sup, expected, F] = one;
    expect(answer({ sub: { not: sup }, super: { not: sub }, ...formats(F) })).toBe(expected);
  });
});
