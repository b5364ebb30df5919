import { isObject, type JsonValue } from '../../json/value.ts';
import { subschemasOf } from '../../schema/subschemas.ts';

/** Something Ajv judges otherwise than the specification says. */
export interface Doubt {
  readonly [fact: string]: string;
  readonly keyword: string;
  readonly effect: string;
}

/**
 * Where a schema uses what Ajv is known to be wrong about: the generated validator is Ajv's, and as wrong. Linear in
 * the size of the schema.
 */
export function doubtsOf(schema: JsonValue): readonly Doubt[] {
  const doubts = new Map<string, Doubt>();
  let contains = false;
  const open: JsonValue[] = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isObject(next)) continue;
    if (Object.hasOwn(next, 'contains')) contains = true;
    for (const [keyword, effect] of Object.entries(EFFECTS)) {
      if (Object.hasOwn(next, keyword) && !isWhole(keyword, next[keyword]))
        doubts.set(keyword, { keyword, effect });
    }
    for (const { schema: inner } of subschemasOf(next)) open.push(inner);
  }
  if (!contains) doubts.delete('unevaluatedItems');
  return [...doubts.values()];
}

/** Multiples of whole numbers are told right. */
function isWhole(keyword: string, value: JsonValue | undefined): boolean {
  return keyword === 'multipleOf' && Number.isInteger(value);
}

const UNCHECKED = 'it is a keyword of ajv-formats only, and is not checked';

const EFFECTS: Readonly<Record<string, string>> = {
  unevaluatedItems: 'beside "contains" it lets items through that should be rejected',
  $dynamicRef: 'it may be taken to another schema than the specification says',
  formatMinimum: UNCHECKED,
  formatMaximum: UNCHECKED,
  formatExclusiveMinimum: UNCHECKED,
  formatExclusiveMaximum: UNCHECKED,
  multipleOf: 'it divides binary numbers: 0.3 and 0.7 are no multiples of 0.1, 4.35 is none of 0.01',
  $recursiveRef: 'it may be taken to another schema than the specification says',
};
