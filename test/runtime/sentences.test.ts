import { expect, test } from 'vitest';
import { generateValidator } from '../../src/codegen/validators/generate.ts';
import type { JsonValue } from '../../src/json/value.ts';
import * as runtime from '../../src/runtime/index.ts';
import { issuesOf, type Validator } from '../../src/runtime/index.ts';

/** A generated validator, run as the module it becomes. */
function validatorOf(schema: JsonValue): Validator {
  const { body, imports } = generateValidator(schema);
  const helpers = runtime as Readonly<Record<string, unknown>>;
  const plain = body.replace('export const validator: Validator =', 'return');
  return new Function(...imports, plain)(...imports.map((name) => helpers[name])) as Validator;
}

const draft04 = 'http://json-schema.org/draft-04/schema#';
const draft07 = 'http://json-schema.org/draft-07/schema#';

test.each<[JsonValue, JsonValue, string]>([
  [{ type: 'integer' }, 'x', 'must be integer, but is "x"'],
  [{ type: ['integer', 'null'] }, 'x', 'must be integer or null, but is "x"'],
  [{ enum: ['a', 'b'] }, 'c', 'must be one of "a", "b", but is "c"'],
  [{ const: { a: 1 } }, 1, 'must be {"a":1}, but is 1'],
  [{ pattern: '^a' }, 'b', 'must match the pattern ^a, but is "b"'],
  [{ format: 'uuid' }, 'b', 'must have the format uuid, but is "b"'],
  [{ minimum: 1 }, 0, 'must be >= 1, but is 0'],
  [{ exclusiveMaximum: 1 }, 1, 'must be < 1, but is 1'],
  [{ $schema: draft04, maximum: 1, exclusiveMaximum: true }, 1, 'must be < 1, but is 1'],
  [{ multipleOf: 5 }, 6, 'must be a multiple of 5, but is 6'],
  [{ maxLength: 1 }, 'ab', 'must have at most 1 character, but is "ab"'],
  [{ minLength: 3 }, 'ab', 'must have at least 3 characters, but is "ab"'],
  [{ minItems: 1 }, [], 'must have at least 1 item, but is []'],
  [{ maxItems: 1 }, [1, 2], 'must have at most 1 item, but is [1,2]'],
  [{ prefixItems: [true], items: false }, [1, 2], 'must have at most 1 item, but is [1,2]'],
  [
    { $schema: draft07, items: [true], additionalItems: false },
    [1, 2],
    'must have at most 1 item, but is [1,2]',
  ],
  [{ uniqueItems: true }, [1, 2, 1], 'must not have equal items: those at 0 and 2 are, but is [1,2,1]'],
  [
    { contains: { const: 1 }, maxContains: 1 },
    [1, 1],
    'must have at least 1 and at most 1 of the items that "contains" asks for, but is [1,1]',
  ],
  [{ maxProperties: 1 }, { a: 1, b: 2 }, 'must have at most 1 member, but is {"a":1,"b":2}'],
  [{ minProperties: 2 }, {}, 'must have at least 2 members, but is {}'],
  [{ required: ['a'] }, {}, 'must have the member "a"'],
  [{ dependentRequired: { a: ['b'] } }, { a: 1 }, 'must have the member "b"'],
  [{ $schema: draft07, dependencies: { a: ['b'] } }, { a: 1 }, 'must have the member "b"'],
  [{ additionalProperties: false }, { a: 1 }, 'must not have the member "a"'],
  [{ unevaluatedProperties: false }, { a: 1 }, 'must not have the member "a"'],
  [{ not: { type: 'string' } }, 'a', 'must not fit the schema of "not", but is "a"'],
  [{ oneOf: [true, true] }, 1, 'must fit only one of the schemas of "oneOf", but is 1'],
  [false, 1, 'must not be there, but is 1'],
])('%j, given %j: %s', (schema, value, expected) => {
  expect(issuesOf(validatorOf(schema), value).map(({ message }) => message)).toEqual([`detail ${expected}`]);
});

test('a name that is not allowed is told by what it breaks and by itself', () => {
  const validator = validatorOf({ propertyNames: { maxLength: 1 } });
  expect(issuesOf(validator, { ab: 1 }).map(({ message }) => message)).toContain(
    'detail must not have a member of the name "ab"',
  );
});

test('a list without what "contains" asks for is told beside what its items are', () => {
  const validator = validatorOf({ contains: { const: 1 } });
  expect(issuesOf(validator, [2]).map(({ message }) => message)).toEqual([
    'detail/0 must be 1, but is 2',
    'detail must have at least 1 of the items that "contains" asks for, but is [2]',
  ]);
});

test('a condition names the branch that failed', () => {
  const validator = validatorOf(
    JSON.parse('{"if": {"type": "string"}, "then": {"minLength": 2}}') as JsonValue,
  );
  expect(issuesOf(validator, 'a').map(({ message }) => message)).toContain(
    'detail must fit the schema of "then", but is "a"',
  );
});
