import { afterAll, describe, expect, test } from 'vitest';
import { generateFiles } from '../../src/codegen/generate.ts';
import type { GeneratedFile } from '../../src/codegen/generated-file.ts';
import { defaultOptions, type GenerateOptions } from '../../src/codegen/options.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import type { EventContract, Validator } from '../../src/runtime/contract.ts';
import { bundle, load, temporaryFolder, typeErrors, writeFiles } from './compile.ts';
import { contractOf } from './contracts.ts';

const folders: ReturnType<typeof temporaryFolder>[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

async function generated(
  schemas: Readonly<Record<string, JsonValue>>,
  options: Partial<GenerateOptions> = {},
): Promise<{ files: readonly GeneratedFile[]; codes: string[]; text: (path: string) => string }> {
  const contracts = Object.entries(schemas).map(([id, schema]) => contractOf(id, schema));
  const { value: files, diagnostics } = await generateFiles(contracts, { ...defaultOptions, ...options });
  const text = (path: string) => files.find((file) => file.path === path)?.text ?? `no ${path}`;
  return { files, codes: diagnostics.map(({ code }) => code), text };
}

function written(files: readonly GeneratedFile[]): string {
  const folder = temporaryFolder();
  folders.push(folder);
  writeFiles(folder.path, files);
  return folder.path;
}

/** A schema of an object with these members, all of them required. */
function object(properties: JsonObject, more: JsonObject = {}): JsonObject {
  return { type: 'object', properties, required: Object.keys(properties), ...more };
}

/** Objects in objects. */
function nested(depth: number): JsonValue {
  let schema: JsonValue = { type: 'string' };
  for (let i = 0; i < depth; i++) schema = { type: 'object', properties: { inner: schema } };
  return schema;
}

/** The declaration of a type in types.ts. */
async function typeOf(schema: JsonValue, name = 'Happened'): Promise<string> {
  const { text } = await generated({ [`a@Happened`]: schema });
  const found = new RegExp(`export (?:interface|type) ${name} [^]*?\n(?=\n|$|/\\*\\*|export)`).exec(
    text('types.ts'),
  );
  return (found?.[0] ?? text('types.ts')).trim();
}

describe('types', () => {
  test.each<[string, JsonObject, string]>([
    ['text', { type: 'string' }, 'm: string;'],
    ['whole numbers', { type: 'integer' }, 'm: number;'],
    ['several types', { type: ['string', 'null'] }, 'm: string | null;'],
    ['OpenAPI nullable', { type: 'string', nullable: true }, 'm: string | null;'],
    ['an enum', { enum: ['a', 'b', 1, null] }, 'm: "a" | "b" | 1 | null;'],
    ['an enum narrowed by its type', { type: 'string', enum: ['a', 1] }, 'm: "a";'],
    ['const', { const: 'x' }, 'm: "x";'],
    ['a list', { type: 'array', items: { type: 'string' } }, 'm: string[];'],
    [
      'a tuple of 2020-12',
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], minItems: 2, items: false },
      'm: [string, number];',
    ],
    [
      'a tuple of draft 7',
      { type: 'array', items: [{ type: 'string' }], minItems: 1, additionalItems: { type: 'number' } },
      'm: [string, ...(number)[]];',
    ],
    [
      'a map',
      { type: 'object', additionalProperties: { type: 'number' } },
      'm: {\n    [k: string]: number;\n  };',
    ],
    [
      'pattern properties',
      { type: 'object', patternProperties: { '\\*/ \\}': { type: 'boolean' } }, additionalProperties: false },
      'm: {\n    [k: string]: boolean;\n  };',
    ],
    [
      'an object that others describe',
      { type: 'object', allOf: [object({ a: { const: 1 } })] },
      'm: {\n    a: 1;\n  };',
    ],
    [
      'a type that a union says, too',
      { type: ['string', 'null'], anyOf: [{ enum: ['a'] }, { type: 'null' }] },
      'm: "a" | null;',
    ],
    [
      'a type that a union does not say',
      { type: 'string', anyOf: [{ minLength: 3 }, { format: 'date' }] },
      'm: string;',
    ],
    [
      'what says nothing beside what does',
      { allOf: [{ type: 'string' }, { description: 'x' }] },
      'm: string;',
    ],
    ['whatever', {}, 'm: unknown;'],
    ['nothing', { not: {} }, 'm: unknown;'],
  ])('%s', async (_name, schema, expected) => {
    const dialect = Array.isArray(schema['items'])
      ? { $schema: 'http://json-schema.org/draft-07/schema#' }
      : {};
    const text = await typeOf(object({ m: schema }, dialect));
    expect(text).toContain(`\n  ${expected}\n}`);
  });

  test('a union of objects stays a union, discriminated by its constants', async () => {
    const union = {
      oneOf: [object({ kind: { const: 'a' }, x: { type: 'string' } }), object({ kind: { const: 'b' } })],
    };
    expect(await typeOf(object({ m: union }))).toBe(
      'export interface Happened {\n  m: ({\n    kind: "a";\n    x: string;\n  } | {\n    kind: "b";\n  });\n}',
    );
  });

  test('required members of a branch are required in the union', async () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
    };
    const files = (await generated({ 'a@Happened': schema })).files;
    const folder = written([
      ...files,
      {
        path: 'use.ts',
        text: [
          "import type { Happened } from './types.js';",
          "export const one: Happened = { a: 'x' };",
          '// @ts-expect-error neither of them',
          'export const none: Happened = {};',
        ].join('\n'),
      },
    ]);
    expect(typeErrors(folder)).toBe('');
  });

  test('descriptions, deprecation and examples are carried over', async () => {
    const { text } = await generated({
      'a@Happened': object({
        m: { type: 'string', description: 'ends */ here', deprecated: true, examples: ['x'] },
      }),
    });
    expect(text('types.ts')).toContain(
      '  /**\n   * ends *\\/ here\n   * @deprecated\n   * @example "x"\n   */\n  m: string;\n',
    );
  });

  test('a definition that several event types share is declared once', async () => {
    const money = object({ amount: { type: 'integer' } });
    const schema = object({ price: { $ref: '#/$defs/Money' } }, { $defs: { Money: money } });
    const { text, codes } = await generated({ 'a@Paid': schema, 'b@Refunded': schema, 'c@Other': schema });
    expect(codes).toEqual([]);
    expect(text('types.ts').match(/interface Money /g)).toHaveLength(1);
    expect(text('types.ts').match(/price: Money;/g)).toHaveLength(3);
  });

  test('a list of objects ends as other types do', async () => {
    const schema = { $ref: '#/$defs/List', $defs: { List: { type: 'array', items: object({ a: {} }) } } };
    expect(await typeOf(object({ m: { $ref: '#/$defs/List' } }, { $defs: schema.$defs }), 'List')).toBe(
      'export type List = {\n  a: unknown;\n}[];',
    );
  });

  test('definitions of one name in two places are told apart by their places', async () => {
    const place = (kind: string) => object({ kind: { const: kind } });
    const { text } = await generated({
      'a@Paid': object(
        { from: { $ref: '#/$defs/billing/$defs/Address' }, to: { $ref: '#/$defs/shipping/$defs/Address' } },
        {
          $defs: {
            billing: { $defs: { Address: place('b') } },
            shipping: { $defs: { Address: place('s') } },
          },
        },
      ),
    });
    expect(text('types.ts')).toContain('from: BillingAddress;');
    expect(text('types.ts')).toContain('to: ShippingAddress;');
  });

  test('a schema that is only a reference has the type of what it leads to, whatever it is annotated with', async () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      package: 'shop',
      examples: [],
      $ref: '#/definitions/Paid',
      definitions: { Paid: object({ a: { type: 'string' }, next: { $ref: '#/definitions/Paid' } }) },
    };
    const { text } = await generated({ 'a@Paid': schema });
    expect(text('types.ts')).toMatch(/^export interface Paid {\n {2}a: string;\n {2}next: Paid;\n}$/m);
    expect(text('types.ts').match(/^export/gm)).toHaveLength(1);
  });

  test('what looks the same and refers to something else is not the same', async () => {
    const schema = (kind: string) =>
      object(
        { data: { $ref: '#/$defs/Data' } },
        { $defs: { Data: object({ kind: { $ref: '#/$defs/Kind' } }), Kind: { const: kind } } },
      );
    const { text } = await generated({
      'a@Paid': schema('paid'),
      'b@Sent': schema('sent'),
      'c@Sold': schema('sent'),
    });
    expect(text('types.ts').match(/"paid"/g)).toHaveLength(1);
    expect(text('types.ts').match(/"sent"/g)).toHaveLength(1);
    expect(text('types.ts').match(/interface \w*Data\w* /g)).toHaveLength(2);
  });

  test('definitions of one name and different shapes are told apart', async () => {
    const withStatus = (values: string[], id: string) =>
      object(
        { s: { $ref: '#/$defs/Status' } },
        { $id: `https://x.example/${id}.json`, $defs: { Status: { enum: values } } },
      );
    const { text } = await generated({
      'a@Paid': withStatus(['p'], 'paid'),
      'b@Sent': withStatus(['s'], 'sent'),
    });
    expect(text('types.ts')).toContain('export type PaidStatus = "p";');
    expect(text('types.ts')).toContain('export type SentStatus = "s";');
  });

  test('recursion', async () => {
    const tree = object({ children: { type: 'array', items: { $ref: '#' } } });
    expect(await typeOf(tree)).toBe('export interface Happened {\n  children: Happened[];\n}');
    const { files } = await generated({
      'a@Happened': object(
        { m: { $ref: '#/$defs/t' } },
        { $defs: { t: object({ m: { $ref: '#/$defs/t' } }) } },
      ),
    });
    expect(typeErrors(written(files))).toBe('');
  });

  test.each<[string, JsonObject]>([
    ['a reference to itself', { $ref: '#' }],
    [
      'one of itself',
      { $ref: '#/$defs/a', $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }, { type: 'string' }] } } },
    ],
    [
      'references in a circle',
      object(
        { m: { $ref: '#/$defs/a' } },
        { $defs: { a: { $ref: '#/$defs/b' }, b: { allOf: [{ $ref: '#/$defs/a' }] } } },
      ),
    ],
    [
      'many unions that hold together',
      {
        type: 'object',
        allOf: Array.from({ length: 18 }, (_, i) => ({
          anyOf: [{ required: [`a${i}`] }, { required: [`b${i}`] }],
        })),
      },
    ],
  ])('what TypeScript could not follow is widened: %s', async (_name, schema) => {
    const { files } = await generated({ 'a@Happened': schema });
    expect(typeErrors(written(files))).toBe('');
  });
});

const hostile = [
  'quote \' and " and `${process.exit(9)}`',
  'line\nbreak\r\u2028\u2029',
  '*/ process.exit(9) /*',
  '// </script>',
  '__proto__',
  'constructor',
  'toString',
  'class',
  'then',
  'default',
  '🎌',
  '注文',
  '１２３',
  '9lives',
  'x'.repeat(10_000),
  '\u0000\u001b[31m',
  '\\',
  'any',
  'AnyEvent',
];

describe('names from schemas never become code', () => {
  test('as detail-types, sources, properties, titles, values, patterns, ids and owners', async () => {
    const contracts = hostile.map((name, i) => {
      const properties: Record<string, JsonValue> = {};
      for (const each of hostile) {
        Object.defineProperty(properties, each, {
          value: { enum: [each, 'ok'], title: each, description: each },
          enumerable: true,
        });
      }
      const schema: JsonObject = {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `https://x.example/${i}?${name.slice(0, 200)}`,
        title: name,
        description: name,
        type: 'object',
        tsType: '(process.exit(9))',
        properties,
        required: hostile,
        patternProperties: { [`^${'*/'.repeat(2)}x`.replaceAll('*', '\\*')]: { type: 'string' } },
        $defs: { [name]: { const: name, tsEnumNames: ['process.exit(9)'] } },
        allOf: [
          {
            properties: {
              extra: {
                $ref: `#/$defs/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`,
              },
            },
          },
        ],
      };
      return contractOf(`${name}@${name}`, schema, {
        owner: name,
        title: name,
        description: name,
        bus: name,
        examples: [name],
      });
    });
    const components = hostile.map((name) => ({ name, emissions: [], maxChainDepth: 3, callsModel: true }));
    const { value: files, diagnostics } = await generateFiles(contracts, { ...defaultOptions, components });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(new Set(files.map(({ path }) => path.toLowerCase())).size).toBe(files.length);
    for (const { path } of files) expect(path).toMatch(/^[a-z]+\/?[A-Za-z0-9]*\.ts$/);
    const folder = written(files);
    expect(typeErrors(folder)).toBe('');

    const events = files.filter(({ path }) => path.startsWith('events/')).map(({ path }) => path);
    const modules = events.map((path) => path.slice('events/'.length, -'.ts'.length));
    const loaded = await load<Record<string, EventContract>>(
      folder,
      modules.map((name) => `export { ${name} } from './events/${name}.ts';`).join('\n'),
    );
    const detail = JSON.parse(`{${hostile.map((name) => `${JSON.stringify(name)}:"ok"`).join(',')}}`);
    for (const contract of Object.values(loaded)) {
      expect(hostile).toContain(contract.detailType);
      expect(contract.validator(detail), JSON.stringify(contract.validator.errors)).toBe(true);
      expect(contract.validator({ ...detail, toString: 'no' })).toBe(false);
      const { ['__proto__']: _own, ...without } = detail;
      expect(contract.validator(without)).toBe(false);
    }
  });

  test('an extension of the type generator in a schema is not followed', async () => {
    expect(await typeOf(object({ m: { type: 'string', tsType: 'import("fs")' } }))).toContain('m: string;');
  });
});

describe('validators', () => {
  test.each<[string, JsonObject, unknown, boolean]>([
    [
      'draft 4: exclusiveMinimum',
      { $schema: 'http://json-schema.org/draft-04/schema#', minimum: 1, exclusiveMinimum: true },
      1,
      false,
    ],
    ['draft 6', { $schema: 'http://json-schema.org/draft-06/schema#', const: 1 }, 1, true],
    [
      'draft 7: if',
      { $schema: 'http://json-schema.org/draft-07/schema#', if: { const: 1 }, else: false },
      2,
      false,
    ],
    [
      '2019-09: dependentRequired',
      { $schema: 'https://json-schema.org/draft/2019-09/schema', dependentRequired: { a: ['b'] } },
      { a: 1 },
      false,
    ],
    ['2020-12: prefixItems', { prefixItems: [{ type: 'string' }] }, [1], false],
    ['a pattern that is illegal with the u flag', { pattern: '^\\-$' }, '-', true],
    ['characters, not code units', { maxLength: 1 }, '😀', true],
    ['formats', { format: 'date-time' }, '2026-02-30T00:00:00Z', false],
    ['a name of Object.prototype is not there by itself', { required: ['toString'] }, {}, false],
    [
      'a reference into an example',
      { properties: { a: { $ref: '#/examples/0' } }, examples: [{ type: 'string' }] },
      { a: 1 },
      false,
    ],
    ['uniqueItems', { uniqueItems: true }, [{ a: 1 }, { a: 1 }], false],
  ])('%s', async (_name, schema, value, valid) => {
    const { files } = await generated({ 'a@Happened': schema });
    const { validator } = await load<{ validator: Validator }>(
      written(files),
      "export { validator } from './validators/happened.ts';",
    );
    expect(validator(value)).toBe(valid);
  });

  test('need neither Ajv, nor require, nor new Function', async () => {
    const schema = object({
      a: { type: 'string', format: 'uri', minLength: 3 },
      b: { uniqueItems: true, items: { const: { x: 1 } } },
    });
    const { files } = await generated({ 'a@Happened': schema });
    const text = await bundle(written(files), "export * from './publish.ts';");
    expect(text).not.toMatch(/\brequire\(|new Function|\beval\(|from "ajv/);
  });

  test('what Ajv judges otherwise than the specification is said', async () => {
    const { codes } = await generated({
      'a@Happened': object({ m: { contains: { type: 'number' }, unevaluatedItems: false } }),
    });
    expect(codes).toEqual(['schema/validator-limit']);
    const step = (multipleOf: number) => generated({ 'a@Happened': object({ m: { multipleOf } }) });
    expect((await step(0.01)).codes).toEqual(['schema/validator-limit']);
    expect((await step(5)).codes).toEqual([]);
    const late = { type: 'string', format: 'date', formatMinimum: '2026-01-01' };
    expect((await generated({ 'a@Happened': object({ m: late }) })).codes).toEqual([
      'schema/validator-limit',
    ]);
  });
});

describe('findings', () => {
  test.each<[string, JsonValue, string]>([
    ['no schema at all', { type: 'nonsense' }, 'schema/invalid'],
    ['a dialect that is no text', { $schema: 7, type: 'object' }, 'schema/invalid'],
    ['a reference to nowhere', { $ref: 'https://elsewhere.example/x.json' }, 'schema/not-expressible'],
    ['a pattern that is none', object({ m: { pattern: '(' } }), 'schema/not-expressible'],
    ['a name that is no text', object({ '\ud800': { type: 'string' } }), 'schema/not-expressible'],
    ['a validator that would be asynchronous', { $async: true, type: 'object' }, 'schema/not-expressible'],
  ])('%s: nothing is generated', async (_name, schema, code) => {
    const { files, codes } = await generated({ 'a@Fine': object({}), 'a@Wrong': schema });
    expect(codes).toEqual([code]);
    expect(files).toEqual([]);
  });

  const texts = (length: number) => Array.from({ length }, (_, i) => `v${i}`);
  const draft04 = 'http://json-schema.org/draft-04/schema#';
  test.each<[string, JsonValue, readonly string[]]>([
    ['too large', { enum: texts(200_001) }, ['schema/not-expressible']],
    ['too deep', nested(600), ['schema/not-expressible']],
    ['as deep as may be', nested(240), []],
    ['a long list of an old draft', { $schema: draft04, enum: texts(10_001) }, ['schema/not-expressible']],
    ['a long list', { enum: texts(10_001) }, []],
  ])('%s: work has a budget', async (_name, schema, expected) => {
    const { codes } = await generated({ 'a@Fine': object({}), 'a@Much': schema });
    expect(codes).toEqual(expected);
  });

  test('references do not multiply: neither work nor code grows with the ways through them', async () => {
    const definitions = texts(30).map((name, i) => [
      name,
      { allOf: Array.from({ length: 3 }, () => ({ $ref: `#/$defs/v${i + 1}` })) },
    ]);
    const large = object(Object.fromEntries(texts(1000).map((name) => [name, { type: 'string' }])));
    const { codes, text } = await generated({
      'a@Ways': { $ref: '#/$defs/v0', $defs: { ...Object.fromEntries(definitions), v30: object({}) } },
      'a@Copies': object(Object.fromEntries(texts(1000).map((name) => [name, { $ref: '#/$defs/large' }])), {
        $defs: { large },
      }),
    });
    expect(codes).toEqual([]);
    expect(text('validators/copies.ts').length).toBeLessThan(3_000_000);
    // A small definition that is referred to often is a function, too.
    const rule = { oneOf: [{ type: 'boolean' }, { enum: ['on', 'off'] }, object({ a: { type: 'string' } })] };
    const rules = Object.fromEntries(texts(400).map((name) => [name, { $ref: '#/$defs/rule' }]));
    const { text: often } = await generated({ 'a@Often': object(rules, { $defs: { rule } }) });
    expect(often('validators/often.ts').length).toBeLessThan(400_000);
  });

  test('a dialect may be written with https', async () => {
    const { codes } = await generated({
      'a@B': object({}, { $schema: 'https://json-schema.org/draft-07/schema' }),
    });
    expect(codes).toEqual([]);
  });

  test('a closed detail without room for the depth', async () => {
    const { codes } = await generated({ 'a@Closed': object({ x: {} }, { additionalProperties: false }) });
    expect(codes).toEqual(['schema/no-depth']);
  });
});

test('the same inputs give the same bytes, in whatever order they come', async () => {
  const schemas = { 'b@Sent': object({ s: { type: 'string' } }), 'a@Paid': object({ p: { enum: ['x'] } }) };
  const reversed = Object.fromEntries(Object.entries(schemas).reverse());
  expect((await generated(reversed)).files).toEqual((await generated(schemas)).files);
});

test('one event type does not drag in another', async () => {
  const { files } = await generated({
    'a@Paid': object({ paid: { const: 'only-in-paid' } }),
    'b@Refunded': object({ refunded: { const: 'only-in-refunded' } }),
  });
  const folder = written(files);
  const one = await bundle(folder, "import * as publish from './publish.ts'; console.log(publish.paid);", {
    minify: true,
  });
  expect(one).toContain('only-in-paid');
  expect(one).not.toContain('only-in-refunded');
  const commonJs = await bundle(folder, "export { paid } from './publish.ts';", { format: 'cjs' });
  expect(commonJs).toContain('module.exports');
});

test('names: two sources with one detail-type, a pinned name, and AWS’s own events', async () => {
  const { text, files } = await generated(
    {
      'orders@Created': object({}),
      'users@Created': object({}),
      'x@Old Name': object({}),
      'aws.s3@Object Created': object({}),
    },
    { names: { 'x@Old Name': 'newName' } },
  );
  const names = files.map(({ path }) => path).filter((path) => path.startsWith('events/'));
  expect(names).toEqual([
    'events/newName.ts',
    'events/objectCreated.ts',
    'events/ordersCreated.ts',
    'events/usersCreated.ts',
  ]);
  expect(text('publish.ts')).not.toContain('objectCreated');
  expect(text('consume.ts')).toContain('export const objectCreated');
  expect(text('pattern.ts')).toContain('export const objectCreated');
});
