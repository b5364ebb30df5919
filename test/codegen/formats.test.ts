import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCode, formatDefinitions } from '../../src/codegen/validators/formats.ts';
import * as runtime from '../../src/runtime/formats.ts';

const require = createRequire(import.meta.url);
const ucs2length = require('ajv/dist/runtime/ucs2length').default as (text: string) => number;
const equal = require('ajv/dist/runtime/equal').default as (a: unknown, b: unknown) => boolean;

/** Texts near the formats: their own characters, and whole values with a character changed. */
const values = [
  '2026-02-28',
  '2024-02-29',
  '2023-02-29',
  '0000-00-00',
  '2026-13-01',
  '23:59:60Z',
  '00:59:60+01:00',
  '22:59:60-01:00',
  '23:59:59.5Z',
  '24:00:00Z',
  '12:00:00',
  '2026-05-03T00:00:00Z',
  '2026-05-03 00:00:00+09',
  '2026-05-03t23:59:60z',
  'https://a.example/b?c#d',
  'mailto:a@b',
  '//a',
  'a:',
  'a:x://[::1]',
  'a://h:port',
  'urn:x',
  'YWJj',
  'YW==',
  '[a-z]+',
  '(',
  'a\\Z',
  '\\p{L}',
  '10.0.0.1',
  'P1DT2H',
];
const near = fc
  .tuple(fc.constantFrom(...values), fc.nat(24), fc.constantFrom('', ...'0123456789:-+.TZtz /@[]%aé'))
  .map(([value, at, character]) => value.slice(0, at) + character + value.slice(at + 1));
const text = fc.oneof(
  near,
  fc.constantFrom(...values),
  fc.string({ unit: fc.constantFrom(...'0123456789:-+.TZ/@[]ab') }),
  fc.string(),
);

test.each(Object.keys(formatDefinitions()))('%s judges as ajv-formats does', (name) => {
  const definition = formatDefinitions()[name]!;
  const found = formatCode(name);
  if (definition === true) return expect(found).toBeUndefined();
  const scope = runtime as unknown as Record<string, unknown>;
  const imports = found!.imports;
  const own = new Function(...imports, `return ${found!.code};`)(
    ...imports.map((each) => scope[each]),
  ) as unknown;
  const numbers = typeof definition === 'object' && 'type' in definition;
  const input: fc.Arbitrary<unknown> = numbers
    ? fc.oneof(fc.double(), fc.integer(), fc.constantFrom(2 ** 31, -(2 ** 31), 2 ** 31 - 1, 2 ** 53))
    : text;
  fc.assert(
    fc.property(input, (value) => judge(own, value) === judge(definition, value)),
    { numRuns: 400 },
  );
});

/** A format is a pattern, a function, or an object with one of them. */
function judge(format: unknown, value: unknown): boolean {
  if (format instanceof RegExp) return format.test(value as string);
  if (typeof format === 'function') return format(value) as boolean;
  return judge((format as { validate: unknown }).validate, value);
}

test('length and equality are those of Ajv', () => {
  const units = fc.string({ unit: fc.constantFrom('a', 'é', '😀', '\ud83d', '\ude00') });
  fc.assert(fc.property(units, (value) => runtime.characters(value) === ucs2length(value)));
  // Ajv's own equality asks values for their `constructor`, `valueOf` and `toString`: it errs where these are members.
  const special = /"(?:__proto__|constructor|valueOf|toString)":/;
  const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => !special.test(JSON.stringify(value)));
  fc.assert(fc.property(json, json, (a, b) => runtime.equalJson(a, b) === equal(a, b)));
  fc.assert(fc.property(json, (a) => runtime.equalJson(a, structuredClone(a))));
});
