import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject, type JsonValue } from '../../src/json/value.ts';
import { type CompiledSchema, compileSchema } from '../../src/schema/compiled.ts';
import { fromOpenApi } from '../../src/schema/convert/from-openapi.ts';
import { type Converted, type Exactness, exactnessOf } from '../../src/schema/convert/loss.ts';
import { toDraftFour } from '../../src/schema/convert/to-draft-04.ts';
import { toOpenApi } from '../../src/schema/convert/to-openapi.ts';
import type { Dialect } from '../../src/schema/dialect.ts';
import { includes } from '../../src/schema/includes.ts';
import { metaschema } from '../../src/schema/metaschemas.ts';
import { judgeOf } from '../../src/schema/validator.ts';
import { confirmedValid } from '../../src/schema/witness.ts';
import { evaluate } from '../../src/sets/evaluate.ts';
import { corpusSchemas } from '../codegen/corpus-schemas.ts';
import { describeShared } from '../support/shared.ts';
import { Dice } from './random/dice.ts';
import { accepting } from './random/schemas.ts';
import { mutated, randomValue } from './random/values.ts';

const runs = Number(process.env['RANDOM_RUNS'] ?? 250);
const start = Number(process.env['RANDOM_SEED'] ?? 1);

type Target = 'draft-04' | 'openapi-3.0';
const targets = ['draft-04', 'openapi-3.0'] as const;

function document({ schema, definitions }: Converted, target: Target): JsonObject {
  if (target === 'draft-04')
    return { $schema: 'http://json-schema.org/draft-04/schema#', ...schema, definitions };
  return { allOf: [schema], components: { schemas: definitions } };
}

function convert(from: CompiledSchema, target: Target): { to: CompiledSchema; converted: Converted } {
  const draftFour = toDraftFour(from, 'Root');
  const converted = target === 'draft-04' ? draftFour : toOpenApi(draftFour);
  const to = compileSchema(document(converted, target), { dialect: target as Dialect }).value;
  if (!to) throw new Error(`not a valid schema: ${JSON.stringify(document(converted, target))}`);
  return { to, converted };
}

const isDraftFour = judgeOf(
  compileSchema(metaschema('http://json-schema.org/draft-04/schema')!, { dialect: 'draft-04' }).value!,
);

/** What contradicts the exactness that was claimed; undefined if nothing does. */
function contradiction(
  from: CompiledSchema,
  target: Target,
  values: readonly JsonValue[],
  prove = true,
): string | undefined {
  const { to, converted } = convert(from, target);
  const exactness = exactnessOf(converted.losses);
  const unknown = converted.losses.some(({ text, keyword }) =>
    /not given|on the way|not known/.test(keyword + text),
  );
  if (target === 'draft-04' && isDraftFour(document(converted, target)) !== true) return 'no draft 04';
  for (const value of values) {
    const [before, after] = [confirmedValid(from, value), confirmedValid(to, value)];
    if (before === undefined || after === undefined) continue;
    if (before && !after && !unknown) return `valid before, not after: ${JSON.stringify(value)}`;
    if (exactness === 'exact' && before !== after)
      return `${before} before, ${after} after: ${JSON.stringify(value)}`;
    if (
      evaluate(to.formula, value) !== undefined &&
      judgeOf(to)(value) !== undefined &&
      judgeOf(to)(value) !== evaluate(to.formula, value)
    )
      return `judges of the result differ: ${JSON.stringify(value)}`;
  }
  if (!prove || unknown) return undefined;
  const budget = { steps: 20_000 };
  if (includes(from, to, { recheck: false, readable: false, ...budget }).answer === 'no')
    return 'not contained';
  if (
    exactness === 'exact' &&
    includes(to, from, { recheck: false, readable: false, ...budget }).answer === 'no'
  )
    return 'exact, and not contained the other way round';
  return undefined;
}

function of(schema: JsonValue, target: Target): { exactness: Exactness; schema: JsonObject } {
  const { converted } = convert(compileSchema(schema).value!, target);
  return { exactness: exactnessOf(converted.losses), schema: document(converted, target) };
}

describe.each(targets)('any schema as %s', (target) => {
  it('admits what it admitted, and nothing else where it is said to be exact', () => {
    const wrong: unknown[] = [];
    const counts: Record<string, number> = {};
    for (let seed = start; seed < start + runs; seed++) {
      const dice = new Dice(seed);
      const value = randomValue(dice, 2);
      const schema = accepting(dice, value);
      const from = compileSchema(schema).value!;
      const values = [value, ...Array.from({ length: 8 }, () => mutated(dice, value)), randomValue(dice, 2)];
      const problem = contradiction(from, target, values);
      const { exactness } = of(schema, target);
      counts[exactness] = (counts[exactness] ?? 0) + 1;
      if (problem !== undefined) wrong.push({ seed, schema, problem });
    }
    if (runs > 1000) console.log(counts);
    expect(wrong).toEqual([]);
    expect(Math.min(counts['exact'] ?? 0, counts['lossy'] ?? 0)).toBeGreaterThan(0);
  });
});

describeShared('the schemas of the corpus', () => {
  const schemas = corpusSchemas();

  it.each(targets)('keep their meaning as %s', (target) => {
    const wrong: unknown[] = [];
    const counts: Record<string, number> = {};
    for (const { name, schema, instances } of schemas) {
      if (!isObject(schema) && typeof schema !== 'boolean') continue;
      if (name.includes('/optional/')) continue;
      const openApi = isObject(schema) && schema['components'] !== undefined;
      const dialect: Dialect = openApi ? 'openapi-3.0' : '2020-12';
      const from = compileSchema(schema, { dialect }).value;
      if (!from) continue;
      const { converted } = convert(from, target);
      const exactness = exactnessOf(converted.losses);
      counts[exactness] = (counts[exactness] ?? 0) + 1;
      const problem = contradiction(from, target, instances as JsonValue[], false);
      if (problem !== undefined) wrong.push({ name, problem, schema });
    }
    expect(wrong).toEqual([]);
    expect(counts['exact'] ?? 0).toBeGreaterThan(400);
  });
});

const twenty = 'https://json-schema.org/draft/2020-12/schema';

/** One row a line of the table of conversions: the schema, and what it is as draft 04 and as OpenAPI 3.0. */
const table: readonly (readonly [
  name: string,
  schema: JsonObject,
  draftFour: Exactness,
  openApi: Exactness,
])[] = [
  ['const', { const: 1 }, 'exact', 'exact'],
  ['const null', { const: null }, 'exact', 'exact'],
  [
    'exclusive bounds',
    { minimum: 3, exclusiveMinimum: 1, exclusiveMaximum: 5, maximum: 5 },
    'exact',
    'exact',
  ],
  ['a list of types', { type: ['string', 'integer', 'null'], minLength: 2 }, 'exact', 'exact'],
  ['a type or null, listed', { type: ['string', 'null'], enum: ['a', null] }, 'exact', 'exact'],
  ['null alone', { type: 'null' }, 'exact', 'exact'],
  ['booleans', { properties: { a: true, b: false } }, 'exact', 'exact'],
  ['items by place', { prefixItems: [{ type: 'string' }], items: false }, 'exact', 'exact'],
  ['different items', { prefixItems: [{ type: 'string' }, {}], items: false }, 'exact', 'lossy'],
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  ['if', { if: { type: 'string' }, then: { minLength: 1 }, else: { minimum: 1 } }, 'exact', 'exact'],
  ['contains', { contains: { const: 1 } }, 'exact', 'exact'],
  ['minContains 0', { contains: { const: 1 }, minContains: 0 }, 'exact', 'exact'],
  ['maxContains 0', { contains: { const: 1 }, minContains: 0, maxContains: 0 }, 'exact', 'exact'],
  ['minContains 2', { contains: { const: 1 }, minContains: 2 }, 'wider', 'wider'],
  ['maxContains', { contains: { const: 1 }, maxContains: 2 }, 'wider', 'wider'],
  ['minContains under not', { not: { contains: { const: 1 }, minContains: 2 } }, 'lossy', 'lossy'],
  [
    'minContains in oneOf',
    { oneOf: [{ contains: {}, minContains: 2 }, { type: 'string' }] },
    'lossy',
    'lossy',
  ],
  [
    'closed, whatever holds',
    { anyOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
    'wider',
    'wider',
  ],
  [
    'closed over conjuncts',
    { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
    'exact',
    'exact',
  ],
  ['names by pattern', { propertyNames: { pattern: '^a', maxLength: 3 } }, 'exact', 'lossy'],
  ['listed names', { propertyNames: { enum: ['a', 'b'] } }, 'exact', 'exact'],
  [
    'names by a condition',
    { propertyNames: { anyOf: [{ const: 'a' }, { pattern: '^b' }] } },
    'wider',
    'wider',
  ],
  ['dependentRequired', { dependentRequired: { a: ['b'], c: [] } }, 'exact', 'exact'],
  ['dependentSchemas', { dependentSchemas: { a: { required: ['b'] } } }, 'exact', 'exact'],
  [
    'members by pattern',
    { patternProperties: { '^a': { type: 'string' } }, additionalProperties: false },
    'exact',
    'lossy',
  ],
  ['beside a reference', { $ref: '#/$defs/A', minimum: 2, $defs: { A: { maximum: 4 } } }, 'exact', 'exact'],
  ['by an anchor', { $ref: '#x', $defs: { A: { $anchor: 'x', maximum: 4 } } }, 'exact', 'exact'],
  ['itself', { properties: { next: { $ref: '#' } }, required: ['value'] }, 'exact', 'exact'],
  [
    'itself, by scope',
    { $dynamicAnchor: 'n', properties: { next: { $dynamicRef: '#n' } } },
    'exact',
    'exact',
  ],
  ['nowhere', { $ref: 'https://a.example/b.json' }, 'lossy', 'lossy'],
  ['empty lists', { required: [], enum: [1, 1] }, 'exact', 'exact'],
];

describe('the table of conversions', () => {
  const draws = (seed: number) =>
    Array.from({ length: 40 }, (_, i) => randomValue(new Dice(seed * 100 + i), 2));
  it.each(table)('%s', (_name, schema, draftFour, openApi) => {
    const whole = { $schema: twenty, ...schema };
    expect([of(whole, 'draft-04').exactness, of(whole, 'openapi-3.0').exactness]).toEqual([
      draftFour,
      openApi,
    ]);
    const from = compileSchema(whole).value!;
    const values = [
      ...draws(1),
      'a',
      '',
      1,
      2,
      3,
      4,
      5,
      [1],
      [1, 1],
      ['x', 2],
      { a: 1 },
      { a: 'x', b: 1 },
      { next: {} },
    ];
    for (const target of targets) expect(contradiction(from, target, values)).toBeUndefined();
  });

  it('takes the words of an older draft as it means them', () => {
    const old = {
      $schema: 'http://json-schema.org/draft-04/schema#',
      const: 1,
      minimum: 2,
      exclusiveMinimum: true,
    };
    expect(of(old, 'draft-04')).toEqual({
      exactness: 'wider',
      schema: { $schema: old.$schema, minimum: 2, exclusiveMinimum: true, definitions: {} },
    });
  });

  it('gives definitions names that every reader can hold', () => {
    const schema = {
      $schema: twenty,
      properties: { a: { $ref: '#/$defs/a~1b%20c' }, d: { $ref: '#/$defs/a_b_c' } },
      $defs: { 'a/b c': { type: 'string' }, a_b_c: { type: 'number' } },
    };
    const { definitions, properties } = of(schema, 'draft-04').schema as Record<string, JsonObject>;
    expect(definitions).toEqual({ Root: { type: 'string' }, a_b_c: { type: 'number' } });
    expect(properties).toEqual({ a: { $ref: '#/definitions/Root' }, d: { $ref: '#/definitions/a_b_c' } });
  });
});

describe('OpenAPI 3.0 as JSON Schema', () => {
  it('means the same again', () => {
    for (let seed = start; seed < start + runs; seed++) {
      const dice = new Dice(seed);
      const value = randomValue(dice, 2);
      const { to, converted } = convert(compileSchema(accepting(dice, value)).value!, 'openapi-3.0');
      const back = fromOpenApi(document(converted, 'openapi-3.0'), (reference) => reference);
      const again = compileSchema(back).value!;
      for (const one of [value, ...Array.from({ length: 6 }, () => mutated(dice, value))]) {
        expect([seed, one, evaluate(again.formula, one)]).toEqual([seed, one, evaluate(to.formula, one)]);
      }
    }
  });
});
