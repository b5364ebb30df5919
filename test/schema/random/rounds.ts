import type { JsonValue } from '../../../src/json/value.ts';
import { compilePattern } from '../../../src/pattern/compile.ts';
import { matchValue, parsePatternValue } from '../../../src/pattern/index.ts';
import { type CompiledSchema, compileSchema } from '../../../src/schema/compiled.ts';
import { alwaysMatches, includes } from '../../../src/schema/includes.ts';
import { satisfiable } from '../../../src/schema/satisfiable.ts';
import { judgeOf } from '../../../src/schema/validator.ts';
import { evaluate } from '../../../src/sets/evaluate.ts';
import { Dice } from './dice.ts';
import { patternNear } from './patterns.ts';
import { acceptingRoot, anySchema, inDraft07 } from './schemas.ts';
import { mutated, randomObject, randomValue } from './values.ts';

/** What came out of random questions, and those that came out wrong. */
export class Tally {
  readonly counts = new Map<string, number>();
  readonly wrong: object[] = [];

  count(what: string, by = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + by);
  }

  of(what: string): number {
    return this.counts.get(what) ?? 0;
  }
}

interface Reading {
  readonly formatAssertion: boolean;
  readonly draft07: boolean;
}

function readingOf(dice: Dice): Reading {
  return { formatAssertion: dice.chance(0.4), draft07: dice.chance(0.2) };
}

function compiled(schema: JsonValue, { formatAssertion, draft07 }: Reading): CompiledSchema {
  const { value, diagnostics } = compileSchema(draft07 ? inDraft07(schema) : schema, { formatAssertion });
  if (!value) throw new Error(`an invalid schema: ${JSON.stringify(schema)} ${diagnostics[0]?.message}`);
  return value;
}

/** A value that Ajv accepts and we do not, or the other way round: told apart, for Ajv misreads some keywords. */
function valid(schema: CompiledSchema, value: JsonValue, tally: Tally): boolean {
  const judgement = judgeOf(schema)(value);
  const own = evaluate(schema.formula, value);
  if (own !== undefined && judgement !== undefined && own !== judgement) tally.count('judges differ');
  return judgement === true && own !== false;
}

/** Patterns for each event: compiling a schema for the validator costs as much as many questions. */
const PATTERNS = 10;

/**
 * One schema, some valid events, patterns near each: for every pattern that an event matches, the question whether one
 * exists must not be answered "no", and the question whether all match never "yes" if one does not.
 */
export function askTriples(seed: number, tally: Tally): void {
  const dice = new Dice(seed);
  const first = randomObject(dice, dice.chance(0.4) ? 2 : 1);
  const reading = readingOf(dice);
  const schema = compiled(acceptingRoot(dice, first), reading);
  const others = Array.from({ length: 5 }, () => mutated(dice, first));
  const events = [first, ...others].filter((event) => valid(schema, event, tally));
  tally.count('schemas');
  for (const event of events) {
    for (let i = 0; i < PATTERNS; i++) {
      const shape = patternNear(dice, event);
      const pattern = shape === undefined ? undefined : parsePatternValue(shape, { accepted: true }).value;
      if (!pattern) continue;
      const wrong = (question: string, more: object = {}) =>
        tally.wrong.push({ question, seed, schema: schema.schema, reading, shape, event, ...more });
      const set = compilePattern(pattern);
      if (matchValue(pattern, event)) {
        const verdict = satisfiable(schema, set, { readable: dice.chance(0.1) });
        tally.count('triples');
        tally.count(`triple ${verdict.answer}`);
        if (verdict.answer === 'no') wrong('some event matches');
        if (verdict.answer === 'unknown') tally.count(`unknown: ${verdict.reason.text}`);
      } else {
        const proof = alwaysMatches(schema, set, { readable: false });
        tally.count('catch-alls');
        tally.count(`catch-all ${proof.answer}`);
        if (proof.answer === 'yes') wrong('every event matches');
        if (proof.answer === 'unknown') tally.count(`unknown: ${proof.reason.text}`);
      }
    }
  }
}

/** Schemas around one value, and values near it: no schema includes another that has a value which it has not. */
export function askPairs(seed: number, tally: Tally): void {
  const dice = new Dice(seed);
  const value = randomValue(dice, dice.chance(0.4) ? 2 : 1);
  const reading = readingOf(dice);
  const schemas = Array.from({ length: 6 }, () =>
    compiled(
      dice.chance(0.1)
        ? anySchema(dice)
        : acceptingRoot(dice, dice.chance(0.7) ? value : mutated(dice, value), 2),
      reading,
    ),
  );
  const values = [value, ...Array.from({ length: 7 }, () => mutated(dice, value))];
  const judged = schemas.map((schema) =>
    values.map((one) => {
      const judgement = judgeOf(schema)(one);
      const own = evaluate(schema.formula, one);
      return judgement === own ? own : undefined;
    }),
  );
  for (const [i, sub] of schemas.entries()) {
    for (const [j, sup] of schemas.entries()) {
      if (i === j) continue;
      const proof = includes(sub, sup, { readable: false });
      const between = values.findIndex((_, k) => judged[i]![k] === true && judged[j]![k] === false);
      tally.count('pairs');
      tally.count(`pair ${proof.answer}`);
      if (between >= 0) tally.count('pairs with a known counterexample');
      if (proof.answer === 'yes' && between >= 0) {
        const [a, b] = [sub.schema, sup.schema];
        tally.wrong.push({ question: 'contained', seed, reading, a, b, value: values[between]! });
      }
      if (proof.answer === 'unknown') tally.count(`unknown: ${proof.reason.text}`);
    }
  }
}
