import { readFileSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import type { JsonValue } from '../../src/json/value.ts';
import { compilePattern } from '../../src/pattern/compile.ts';
import { matchValue, parsePatternValue } from '../../src/pattern/index.ts';
import { compileSchema } from '../../src/schema/compiled.ts';
import { empty } from '../../src/schema/empty.ts';
import { includes } from '../../src/schema/includes.ts';
import { satisfiable } from '../../src/schema/satisfiable.ts';
import { recheck } from '../../src/schema/witness.ts';
import { memberOf } from '../../src/sets/ask.ts';
import { evaluate } from '../../src/sets/evaluate.ts';
import { and } from '../../src/sets/junction.ts';
import { not } from '../../src/sets/not.ts';
import { describeShared, sharedPath } from '../support/shared.ts';

interface SatCase {
  readonly id: string;
  readonly schema: JsonValue;
  readonly pattern: JsonValue;
  readonly expect: 'sat' | 'unsat';
  readonly witness?: JsonValue;
  readonly options?: { readonly formatAssertion?: boolean };
}

interface ContainmentCase {
  readonly id: string;
  readonly sub: JsonValue;
  readonly super: JsonValue;
  readonly expect: 'contained' | 'not-contained';
  readonly witness?: JsonValue;
  readonly options?: { readonly formatAssertion?: boolean };
}

function read<T>(file: string): readonly T[] {
  return JSON.parse(readFileSync(sharedPath(`vectors/${file}`), 'utf8')) as readonly T[];
}

describeShared('satisfiability vectors', () => {
  const cases = read<SatCase>('sat-dev.json');
  const both = (one: SatCase) => {
    const schema = compileSchema(one.schema, one.options).value!;
    const pattern = compilePattern(parsePatternValue(one.pattern).value!);
    return { schema, pattern };
  };

  it.each(cases)('$id', (one) => {
    const { schema, pattern } = both(one);
    const answer = satisfiable(schema, pattern);
    expect(answer.answer).toBe(one.expect === 'sat' ? 'yes' : 'no');
    if (answer.answer === 'no') expect(answer.reason.text).not.toBe('');
  });

  it.each(cases.filter(({ expect }) => expect === 'sat'))('$id: the known witness is a member', (one) => {
    const { schema, pattern } = both(one);
    expect(evaluate(and(schema.formula, pattern.formula), one.witness!)).toBe(true);
    expect(matchValue(pattern.pattern, one.witness!)).toBe(true);
  });

  it.each(cases)('$id the other way round: outside the schema or outside the pattern', (one) => {
    const { schema, pattern } = both(one);
    const inside = memberOf(and(not(not(schema.formula)), not(not(pattern.formula))));
    expect(inside.answer).toBe(one.expect === 'sat' ? 'yes' : 'no');
    // An unsatisfiable pair: every valid event is outside the pattern.
    const outside = memberOf(and(schema.formula, not(pattern.formula)));
    if (one.expect === 'unsat') {
      expect(outside.answer).toBe(memberOf(schema.formula).answer);
    }
    if (outside.answer === 'yes') {
      expect(matchValue(pattern.pattern, outside.witness)).toBe(false);
    }
  });
});

describeShared('containment vectors', () => {
  const cases = read<ContainmentCase>('containment-dev.json');

  it.each(cases)('$id', (one) => {
    const sub = compileSchema(one.sub, one.options).value!;
    const sup = compileSchema(one.super, one.options).value!;
    const answer = includes(sub, sup);
    expect(answer.answer).toBe(one.expect === 'contained' ? 'yes' : 'no');
    if (one.witness !== undefined) {
      expect(evaluate(sub.formula, one.witness)).toBe(true);
      expect(evaluate(sup.formula, one.witness)).toBe(false);
    }
  });

  it.each(cases)('$id as one schema: sub and not super', (one) => {
    const difference = { allOf: [one.sub, { not: { not: { not: one.super } } }] };
    // Definitions are found from the root of a schema, so only schemas without references can be put together.
    if (JSON.stringify(difference).includes('"$ref"')) return;
    const draft = (one.sub as { $schema?: string }).$schema;
    const whole = compileSchema({ ...(draft ? { $schema: draft } : {}), ...difference }).value!;
    expect(empty(whole).answer).toBe(one.expect === 'contained' ? 'yes' : 'no');
  });
});

afterAll(() => {
  expect(recheck.examples).toEqual([]);
});
