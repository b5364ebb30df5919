import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import { matchValue } from '../../src/pattern/match.ts';
import { parsePatternValue } from '../../src/pattern/parse.ts';
import { eventArbitrary } from '../../src/testing/arbitrary/event-arbitrary.ts';
import { invalidEventArbitrary } from '../../src/testing/arbitrary/invalid-arbitrary.ts';
import {
  matchingEventArbitrary,
  nearMissArbitrary,
} from '../../src/testing/arbitrary/pattern-arbitraries.ts';
import { schemaArbitrary } from '../../src/testing/arbitrary/schema-arbitrary.ts';
import { UnsupportedArbitraryError } from '../../src/testing/arbitrary/unsupported.ts';
import { detailValidators } from '../support/mangaassist.ts';
import { contracts } from './contracts.ts';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

function drawn(schema: JsonValue, numRuns = 300): JsonValue[] {
  const validate = ajv.compile(schema as JsonObject);
  const values = fc.sample(schemaArbitrary(schema), { numRuns, seed: 7 });
  for (const value of values) expect(validate(value), JSON.stringify(value)).toBe(true);
  return values;
}

/** What a failing property is shrunk to. */
function shrunk(schema: JsonValue, holds: (value: never) => boolean): unknown {
  const { counterexample } = fc.check(
    fc.property(schemaArbitrary(schema), (value) => holds(value as never)),
    { numRuns: 500, seed: 3 },
  );
  return counterexample?.[0];
}

describe('values of a schema reach the edges', () => {
  test('both ends of ranges, and beyond neither', () => {
    const values = drawn({ type: 'integer', minimum: -3, exclusiveMaximum: 12 });
    expect(values).toEqual(expect.arrayContaining([-3, 11, 0]));
  });

  test('shortest and longest texts, other scripts and astral characters', () => {
    const texts = drawn({ type: 'string', minLength: 1, maxLength: 12 }) as string[];
    const lengths = texts.map((text) => [...text].length);
    expect(Math.min(...lengths)).toBe(1);
    expect(Math.max(...lengths)).toBe(12);
    expect(texts.some((text) => /[\u0080-\uffff]/.test(text))).toBe(true);
    expect(texts.some((text) => /[\u{10000}-\u{10ffff}]/u.test(text))).toBe(true);
  });

  test('every branch of a union, every optional member there and not there, every enum value', () => {
    const values = drawn({
      type: 'object',
      properties: {
        kind: { enum: ['a', 'b', 'c'] },
        note: { type: 'string' },
        who: {
          oneOf: [
            {
              type: 'object',
              properties: { guest: { const: true } },
              required: ['guest'],
              additionalProperties: false,
            },
            {
              type: 'object',
              properties: { id: { type: 'integer' } },
              required: ['id'],
              additionalProperties: false,
            },
            { type: 'null' },
          ],
        },
      },
      required: ['kind', 'who'],
    }) as { kind: string; note?: string; who: object | null }[];
    expect(new Set(values.map(({ kind }) => kind))).toEqual(new Set(['a', 'b', 'c']));
    expect(new Set(values.map((value) => 'note' in value))).toEqual(new Set([true, false]));
    const branches = new Set(values.map(({ who }) => (who === null ? 'null' : Object.keys(who)[0])));
    expect(branches).toEqual(new Set(['null', 'guest', 'id']));
  });

  test('empty and full lists', () => {
    const lists = drawn({ type: 'array', items: { type: 'boolean' }, maxItems: 4 }) as boolean[][];
    expect(new Set(lists.map(({ length }) => length))).toEqual(new Set([0, 1, 2, 3, 4]));
  });
});

describe('what schemas can say is met', () => {
  test.each<[string, JsonObject]>([
    [
      'recursion',
      {
        $ref: '#/$defs/tree',
        $defs: {
          tree: {
            type: 'object',
            properties: { kids: { type: 'array', items: { $ref: '#/$defs/tree' } } },
            required: ['kids'],
          },
        },
      },
    ],
    [
      'if, then, else',
      {
        type: 'object',
        properties: { a: { type: 'integer' } },
        required: ['a'],
        if: { properties: { a: { minimum: 10 } } },
        // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
        then: { required: ['big'] },
        else: { properties: { big: false } },
      },
    ],
    ['not', { type: 'string', not: { pattern: '^a' }, minLength: 1 }],
    [
      'dependent members',
      {
        type: 'object',
        properties: { a: true, b: { type: 'string' } },
        dependentRequired: { a: ['b'] },
        dependentSchemas: { b: { required: ['c'] } },
        minProperties: 1,
      },
    ],
    [
      'unevaluated members',
      {
        allOf: [{ properties: { a: { type: 'number' } } }, { properties: { b: { const: 1 } } }],
        type: 'object',
        unevaluatedProperties: { type: 'string' },
        minProperties: 3,
      },
    ],
    [
      'unevaluated items',
      {
        type: 'array',
        prefixItems: [{ const: 1 }],
        contains: { type: 'string' },
        unevaluatedItems: false,
        minItems: 3,
      },
    ],
    ['different items', { type: 'array', items: { enum: [1, 2, 3, 4] }, uniqueItems: true, minItems: 3 }],
    [
      'so many of a kind',
      {
        type: 'array',
        items: { type: ['integer', 'string'] },
        contains: { type: 'integer' },
        minContains: 2,
        maxContains: 3,
        minItems: 4,
      },
    ],
    ['multiples', { type: 'number', multipleOf: 0.25, minimum: -2, maximum: 100.3 }],
    [
      'members by pattern',
      {
        type: 'object',
        patternProperties: { '^n_': { type: 'integer' }, _t$: { maximum: 5 } },
        additionalProperties: false,
        minProperties: 1,
      },
    ],
    [
      'names',
      { type: 'object', propertyNames: { pattern: '^[a-z]{2,4}$' }, minProperties: 2, maxProperties: 3 },
    ],
    [
      'formats',
      {
        type: 'object',
        properties: Object.fromEntries(
          [
            'date-time',
            'date',
            'time',
            'email',
            'uri',
            'uuid',
            'ipv4',
            'ipv6',
            'hostname',
            'duration',
            'json-pointer',
          ].map((format) => [format, { type: 'string', format }]),
        ),
        required: [
          'date-time',
          'date',
          'time',
          'email',
          'uri',
          'uuid',
          'ipv4',
          'ipv6',
          'hostname',
          'duration',
          'json-pointer',
        ],
      },
    ],
    ['a pattern that looks ahead', { type: 'string', pattern: '^(?=.*\\d)[a-z0-9]{3,8}$' }],
    [
      'branches that overlap',
      {
        oneOf: [
          { type: 'integer', minimum: 0 },
          { type: 'integer', maximum: 10 },
        ],
      },
    ],
  ])('%s', (_name, schema) => {
    const values = drawn(schema, 60);
    expect(new Set(values.map((value) => JSON.stringify(value))).size).toBeGreaterThan(3);
  });

  test('multiples of fractions are such as every validator takes for multiples', () => {
    drawn({ type: 'number', multipleOf: 0.1, minimum: 0, maximum: 1 }, 60);
  });

  test('what cannot be served is said', () => {
    expect(() => schemaArbitrary({ type: 'string', minLength: 3, maxLength: 2 })).toThrow(
      new UnsupportedArbitraryError('the schema', 'there is no such value'),
    );
    expect(() => schemaArbitrary({ title: 'Order', type: 'strin' })).toThrow(/the schema Order: .*type/);
    expect(() => eventArbitrary('ReviewSubmited', { contracts })).toThrow(
      'ReviewSubmited: no event type is called so; did you mean ReviewSubmitted?',
    );
    expect(() => eventArbitrary({ type: 'object' }, { contracts })).toThrow(
      'does not say which event type it is of',
    );
  });
});

describe('events of schemas as they are found', () => {
  const detailsOf = (schema: JsonObject): unknown[] =>
    fc
      .sample(eventArbitrary({ source: 'shop', detailType: 'Sent', schema }), { numRuns: 30, seed: 6 })
      .map(({ detail }) => detail);

  test.each<[string, JsonObject]>([
    ['a schema that does not say that it describes objects', { properties: { a: { type: 'string' } } }],
    [
      'one that allows other things, too',
      { type: ['object', 'null'], properties: { a: { type: 'string' } } },
    ],
    [
      'one that is a reference, in an old draft',
      {
        $schema: 'http://json-schema.org/draft-07/schema#',
        $ref: '#/definitions/Sent',
        definitions: { Sent: { type: 'object', properties: { next: { $ref: '#/definitions/Sent' } } } },
      },
    ],
    [
      'one with an address of its own besides',
      {
        $schema: 'http://json-schema.org/draft-04/schema#',
        id: 'https://shop.example/sent.json',
        $ref: '#/definitions/Sent',
        allOf: [{ required: ['a'] }],
        definitions: { Sent: { properties: { a: { type: 'string' }, b: { $ref: '#/allOf/0' } } } },
      },
    ],
  ])('%s', (_name, schema) => {
    const details = detailsOf(schema);
    for (const detail of details) expect(detail).toEqual(expect.objectContaining({}));
    expect(new Set(details.map((detail) => JSON.stringify(detail))).size).toBeGreaterThan(1);
  });
});

describe('failures are shrunk', () => {
  test('to small and readable values', () => {
    expect(shrunk({ type: 'string' }, (text: string) => text.length < 4)).toMatch(/^[a-z]{4,6}$/);
    expect(shrunk({ type: 'integer' }, (n: number) => n < 42)).toBe(42);
    expect(
      shrunk({ type: 'array', items: { type: 'integer', minimum: 3 } }, (list: number[]) => list.length < 2),
    ).toEqual([3, 3]);
    expect(
      shrunk(
        {
          type: 'object',
          properties: { a: { type: 'integer' }, b: { type: 'string' }, c: true },
          required: ['b'],
        },
        ({ a = 0 }: { a?: number }) => a < 7,
      ),
    ).toEqual({ a: 7, b: expect.stringMatching(/^.?$/) });
  });

  test('to an event that has what the failure needs, and is valid all the way', () => {
    const validate = detailValidators().get('mangaassist.reviews@ReviewSubmitted')!;
    const seen: unknown[] = [];
    const { counterexample } = fc.check(
      fc.property(eventArbitrary('ReviewSubmitted', { contracts }), ({ detail }) => {
        seen.push(detail);
        return detail['title'] === undefined;
      }),
      { seed: 5 },
    );
    for (const detail of seen) expect(validate(detail), JSON.stringify(detail)).toBe(true);
    const [{ detail }] = counterexample as [{ detail: JsonObject }];
    expect(detail).toMatchObject({ _chain_depth: 0, processing_stage: 'raw' });
    expect((detail['title'] as string).length).toBeLessThan(6);
  });
});

describe('events that break one constraint', () => {
  test.each(contracts.map(({ id }) => id))('%s', (id) => {
    const validate = detailValidators().get(id)!;
    const seen = new Set<string>();
    for (const { event, broken } of fc.sample(invalidEventArbitrary(id, { contracts }), {
      numRuns: 150,
      seed: 11,
    })) {
      seen.add(broken.constraint);
      expect(validate(event.detail), broken.constraint).toBe(false);
      // A union's own errors come with those of its branches, and those of names with the names' own.
      const errors = validate.errors!.filter(
        ({ schemaPath, propertyName }) =>
          !/\/(oneOf|anyOf)\/\d/.test(schemaPath) && propertyName === undefined,
      );
      const keywords = [...new Set(errors.map(({ keyword }) => keyword))];
      expect(keywords, JSON.stringify([event.detail, broken])).toEqual([broken.keyword]);
      const place = ['detail', ...errors[0]!.instancePath.split('/').slice(1)];
      const told = broken.path.replaceAll(/\[\d*\]/g, '.*').split('.');
      expect(told.map((step, i) => (step === '*' ? place[i] : step))).toEqual(place);
    }
    expect(seen.size).toBeGreaterThan(15);
  });

  test('are made when they are drawn, so that large schemas take no longer', () => {
    const names = Array.from({ length: 400 }, (_, i) => `member${i}`);
    const properties = Object.fromEntries(names.map((name) => [name, { type: 'integer' }]));
    const schema = { type: 'object', properties, required: names };
    const invalid = invalidEventArbitrary({ source: 'shop', detailType: 'Sent', schema });
    const validate = ajv.compile(schema);
    const told = fc.sample(invalid, { numRuns: 5, seed: 1 }).map(({ event, broken }) => {
      expect(validate(event.detail)).toBe(false);
      return broken.constraint;
    });
    expect(new Set(told).size).toBeGreaterThan(2);
  });

  test('shrink to small ones that break the same', () => {
    const { counterexample } = fc.check(
      fc.property(
        invalidEventArbitrary('ReviewSubmitted', { contracts }),
        ({ broken }) => broken.keyword !== 'maximum',
      ),
      { seed: 2, numRuns: 500 },
    );
    const [{ event, broken }] = counterexample!;
    expect(broken.path).toBe('detail.rating');
    expect(event.detail['rating']).toBe(6);
  });

  test('only those that are asked for', () => {
    const only = invalidEventArbitrary('ReviewSubmitted', {
      contracts,
      only: ({ path }) => path === 'detail.rating',
    });
    const keywords = fc.sample(only, { numRuns: 50, seed: 1 }).map(({ broken }) => broken.keyword);
    expect(new Set(keywords)).toEqual(new Set(['type', 'minimum', 'maximum']));
  });
});

test('discovered schemas mean what OpenAPI says', () => {
  const schema = {
    openapi: '3.0.0',
    components: {
      schemas: {
        AWSEvent: {
          'x-amazon-events-source': 'shop',
          'x-amazon-events-detail-type': 'Sent',
          properties: { detail: { $ref: '#/components/schemas/Sent' } },
        },
        Sent: {
          type: 'object',
          required: ['weight', 'to'],
          properties: {
            weight: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 2 },
            to: { type: 'string', nullable: true },
          },
        },
      },
    },
  };
  for (const { event, broken } of fc.sample(invalidEventArbitrary(schema), { numRuns: 40, seed: 1 })) {
    const { weight, to } = event.detail;
    const right = {
      weight: weight === undefined || (typeof weight === 'number' && weight > 0 && weight <= 2),
      to: to === undefined || to === null || typeof to === 'string',
    };
    const wrong = Object.entries(right).flatMap(([name, is]) => (is ? [] : [name]));
    const missing = ['weight', 'to'].filter((name) => event.detail[name] === undefined);
    expect(wrong.length + missing.length, JSON.stringify([event.detail, broken])).toBe(1);
  }
});

describe('events for a pattern', () => {
  const patterns: JsonObject[] = [
    {
      source: ['mangaassist.reviews'],
      detail: { rating: [{ numeric: ['<', 3] }], locale: ['ja-JP', { prefix: 'en' }] },
    },
    {
      source: [{ 'anything-but': { prefix: 'aws.' } }],
      detail: { title: [{ exists: false }], channel: [{ 'equals-ignore-case': 'WEB' }] },
    },
    {
      $or: [{ source: ['a'] }, { detail: { n: [{ numeric: ['>=', 0, '<', 5] }] } }],
      'detail-type': [{ wildcard: 'Review*' }],
    },
    { detail: { items: { sku: ['x'], count: [{ numeric: ['>', 1] }] } } },
    { detail: { ip: [{ cidr: '10.0.0.0/24' }], flag: [true, null] } },
  ];

  test.each(patterns.map((pattern) => [JSON.stringify(pattern), pattern] as const))(
    '%s',
    (_text, pattern) => {
      const parsed = parsePatternValue(pattern).value!;
      for (const event of fc.sample(matchingEventArbitrary(pattern), { numRuns: 40, seed: 2 })) {
        expect(matchValue(parsed, event as unknown as JsonValue), JSON.stringify(event)).toBe(true);
      }
      const missed = new Set<string>();
      for (const { event, missed: condition } of fc.sample(nearMissArbitrary(pattern), {
        numRuns: 60,
        seed: 2,
      })) {
        expect(matchValue(parsed, event as unknown as JsonValue), JSON.stringify(event)).toBe(false);
        expect(condition.reason).not.toBe('');
        missed.add(condition.path);
      }
      const paths = new Set(
        parsed.alternatives.flatMap(({ conditions }) => conditions.map(({ path }) => path)),
      );
      expect(missed.size).toBeGreaterThan(paths.size - 2);
    },
  );

  test('a schema may have names with dots', () => {
    const schema = { type: 'object', properties: { 'a.b': { enum: ['x', 'y'] } }, required: ['a.b'] };
    const pattern = { detail: { 'a.b': ['x'] } };
    const contract = { source: 'shop', detailType: 'Sent', schema };
    const [matching] = fc.sample(matchingEventArbitrary(pattern, contract), { numRuns: 1, seed: 1 });
    expect(matching!.detail).toMatchObject({ 'a.b': 'x' });
    const [near] = fc.sample(nearMissArbitrary(pattern, contract), { numRuns: 1, seed: 1 });
    expect(near!.event.detail).toMatchObject({ 'a.b': 'y' });
  });

  test('are valid under a schema, too', () => {
    const validate = detailValidators().get('mangaassist.reviews@ReviewSubmitted')!;
    const [pattern] = patterns as [JsonObject];
    for (const { detail } of fc.sample(matchingEventArbitrary(pattern, 'ReviewSubmitted', { contracts }), {
      numRuns: 30,
      seed: 4,
    })) {
      expect(validate(detail)).toBe(true);
      expect(detail['rating']).toBeLessThan(3);
    }
    const missed = fc.sample(nearMissArbitrary(pattern, 'ReviewSubmitted', { contracts }), {
      numRuns: 40,
      seed: 4,
    });
    for (const { event } of missed) expect(validate(event.detail)).toBe(true);
    // No review has another source.
    expect(new Set(missed.map((each) => each.missed.path))).toEqual(
      new Set(['detail.rating', 'detail.locale']),
    );
  });
});
