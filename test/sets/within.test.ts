import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/json/value.ts';
import { compilePattern } from '../../src/pattern/compile.ts';
import { parsePatternValue } from '../../src/pattern/index.ts';
import { compileSchema } from '../../src/schema/compiled.ts';
import { memberOf, memberWithin } from '../../src/sets/ask.ts';
import { Budget } from '../../src/sets/budget.ts';
import { evaluate } from '../../src/sets/evaluate.ts';
import { and } from '../../src/sets/junction.ts';
import { Solver } from '../../src/sets/solver.ts';
import { Dice } from '../schema/random/dice.ts';
import { patternNear } from '../schema/random/patterns.ts';
import { accepting, anySchema } from '../schema/random/schemas.ts';
import { mutated, randomObject } from '../schema/random/values.ts';

const setOf = (schema: JsonValue) => compileSchema(schema).value!.formula;
const patternSet = (value: JsonValue) => compilePattern(parsePatternValue(value).value!).formula;

describe('a small set asked within a large one', () => {
  it('has a member where their conjunction has one', () => {
    const answers = new Map<string, number>();
    for (let i = 1; i <= 400; i++) {
      const dice = new Dice(i + 0x4000000);
      const event = randomObject(dice, 2);
      const base = setOf(dice.chance(0.7) ? accepting(dice, event) : anySchema(dice));
      const shape = patternNear(dice, dice.chance(0.5) ? event : mutated(dice, event));
      const pattern = shape && parsePatternValue(shape).value;
      if (!pattern) continue;
      const more = compilePattern(pattern).formula;
      const within = memberWithin(base, more, { solver: new Solver() });
      const whole = memberOf(and(base, more), { solver: new Solver() });
      if (within.answer === 'yes') {
        expect(evaluate(base, within.witness), `seed ${i}`).toBe(true);
        expect(evaluate(more, within.witness), `seed ${i}`).toBe(true);
      }
      answers.set(within.answer, (answers.get(within.answer) ?? 0) + 1);
      if (within.answer !== 'unknown' && whole.answer !== 'unknown')
        expect(within.answer, `seed ${i}`).toBe(whole.answer);
    }
    expect(answers.get('yes')).toBeGreaterThan(50);
    expect(answers.get('no')).toBeGreaterThan(20);
  });

  it.each<[string, JsonValue, JsonValue, 'yes' | 'no']>([
    [
      'a bound on the number of members',
      { type: 'object', maxProperties: 1, required: ['a'] },
      { b: [1] },
      'no',
    ],
    [
      'a dependency',
      { type: 'object', dependentRequired: { b: ['c'] }, properties: { c: false } },
      { b: [1] },
      'no',
    ],
    [
      'an alternative',
      { type: 'object', oneOf: [{ properties: { a: { const: 1 } } }, { properties: { b: { const: 2 } } }] },
      { a: [2], b: [2] },
      'yes',
    ],
    [
      'listed objects',
      {
        enum: [
          { a: 1, b: 2 },
          { a: 2, b: 1 },
        ],
      },
      { a: [1], b: [1] },
      'no',
    ],
    [
      'an absence that the schema forbids',
      { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
      { a: [{ exists: false }] },
      'no',
    ],
    [
      'an absence below',
      { type: 'object', required: ['a'], properties: { a: { type: 'object', maxProperties: 1 } } },
      { a: { b: [{ exists: false }], c: [1] } },
      'yes',
    ],
  ])('where members depend on each other: %s', (_, schema, pattern, answer) => {
    expect(memberWithin(setOf(schema), patternSet(pattern)).answer).toBe(answer);
  });

  it('does no work for what is not asked about', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`f${i}`, { type: 'string', pattern: `^a{${i}}b+$` }]),
    );
    const base = setOf({ type: 'object', properties, required: Object.keys(properties) });
    const solver = new Solver();
    const steps = (name: string) => {
      const budget = new Budget(1_000_000);
      expect(solver.askWithin(base, patternSet({ [name]: [{ suffix: 'bb' }] }), budget).answer).toBe('yes');
      return budget.spent;
    };
    const first = steps('f1');
    expect(steps('f2')).toBeLessThan(first / 20);
    const budget = new Budget(1_000_000);
    expect(solver.askWithin(base, patternSet({ f3: ['c'] }), budget).answer).toBe('no');
    expect(budget.spent).toBeLessThan(60);
  });
});
