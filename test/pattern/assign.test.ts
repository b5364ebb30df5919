import fc from 'fast-check';
import { expect, it } from 'vitest';
import { documentOf } from '../../src/json/document.ts';
import type { JsonValue } from '../../src/json/value.ts';
import { matchText } from '../../src/pattern/match.ts';
import { operatorOf } from '../../src/pattern/operators/operators.ts';
import { parsePattern } from '../../src/pattern/parse.ts';
import type { Condition, Pattern } from '../../src/pattern/pattern.ts';

/** A value with the elements it lies in; as the definition has it, with nothing shared with the code under test. */
interface Found {
  readonly path: string;
  readonly value: string;
  readonly places: ReadonlyMap<string, number>;
}

function flatten(
  value: JsonValue,
  path: string,
  places: ReadonlyMap<string, number>,
  place: string,
): Found[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => {
      const inner = typeof item === 'object' ? new Map(places).set(place, i) : places;
      return flatten(item, path, inner, `${place}[${i}]`);
    });
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, item]) =>
      flatten(item as JsonValue, path === '' ? name : `${path}.${name}`, places, `${place}/${name}`),
    );
  }
  return [{ path, value: String(value), places }];
}

/** The matching procedure word for word: every choice of values, no memory of what failed. */
function naive({ alternatives }: Pattern, event: JsonValue): boolean {
  const all = flatten(event, '', new Map(), '');
  const walk = (conditions: readonly Condition[], fixed: ReadonlyMap<string, number>): boolean => {
    const [first, ...rest] = conditions;
    if (!first) return true;
    const compatible = all.filter(
      ({ path, places }) =>
        path === first.path && [...places].every(([place, i]) => (fixed.get(place) ?? i) === i),
    );
    for (const { value, places } of compatible) {
      const leaf = { type: 'string', value } as const;
      if (!first.choices.some((choice) => operatorOf(choice).accepts(choice, leaf))) continue;
      if (walk(rest, new Map([...fixed, ...places]))) return true;
    }
    const absent = first.choices.some((choice) => choice.kind === 'exists' && !choice.value);
    return compatible.length === 0 && absent && walk(rest, fixed);
  };
  return alternatives.some(({ conditions }) => walk(conditions, new Map()));
}

const name = fc.constantFrom('a', 'b', 'B', 'c');
const text = fc.constantFrom('x', 'y');

const { event } = fc.letrec<{ event: JsonValue; node: JsonValue }>((tie) => ({
  event: fc.dictionary(name, tie('node'), { maxKeys: 3 }) as fc.Arbitrary<JsonValue>,
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.array(tie('node'), { maxLength: 3 }),
    tie('event'),
  ) as fc.Arbitrary<JsonValue>,
}));

const choice = fc.constantFrom<JsonValue>(
  'x',
  'y',
  { exists: false },
  { exists: true },
  { 'anything-but': 'x' },
);
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('.'));
const pattern = fc.dictionary(path, fc.array(choice, { minLength: 1, maxLength: 2 }), {
  minKeys: 1,
  maxKeys: 4,
});

it('finds a choice of values exactly where there is one', () => {
  fc.assert(
    fc.property(pattern, event, (conditions, value) => {
      const parsed = parsePattern(documentOf('p.json', JSON.stringify(conditions))).value!;
      expect(matchText(parsed, JSON.stringify(value)).value).toBe(naive(parsed, value));
    }),
    { numRuns: 3000 },
  );
});
