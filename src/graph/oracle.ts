import type { JsonValue } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import { compilePattern, NO_DOTS } from '../pattern/compile.ts';
import { matchValue } from '../pattern/match.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { type CompiledSchema, compileSchema } from '../schema/compiled.ts';
import { compiledOnce } from '../schema/decide.ts';
import { explainEmptiness } from '../schema/explain.ts';
import { satisfiable } from '../schema/satisfiable.ts';
import { confirmedValid } from '../schema/witness.ts';
import { evaluate } from '../sets/evaluate.ts';
import type { Formula } from '../sets/formula.ts';
import { and } from '../sets/junction.ts';
import { type No, no, type Reason, unknown, type Verdict, yes } from '../sets/verdict.ts';

/** Decides whether a contract has events of some kind that match a pattern, and hands out such an event. */
export interface Oracle {
  /**
   * Whether there is one. `narrowed` is a schema that the events obey besides (JSON Schema 2020-12, small). With
   * `suggestions` the event is to be shown: the first suggestion that fits is taken, otherwise one is made readable;
   * either is judged again by Ajv and the reference matcher. Without, it may be any.
   */
  ask(
    contract: Contract,
    narrowed: JsonValue,
    pattern: Pattern,
    suggestions?: readonly JsonValue[],
  ): Verdict<JsonValue>;
  /** Whether there is one that matches all of several patterns, each by itself; a readable one if it is to be shown. */
  askAll(
    contract: Contract,
    narrowed: JsonValue,
    patterns: readonly Pattern[],
    shown?: boolean,
  ): Verdict<JsonValue>;
}

/**
 * The set algebra as the oracle. Contracts and narrowings are compiled once each. `dottedKeys`: whether a match counts
 * that needs a key with a dot which no schema declares (`{"a.b": 1}` is `{"a": {"b": 1}}` to a pattern).
 */
export function schemaOracle({ dottedKeys }: { readonly dottedKeys: boolean }): Oracle {
  // By object first: the same one comes with most questions. By content across analyses of edited systems.
  const texts = new WeakMap<object, string>();
  const narrowings = new Map<string, Formula>();
  const narrowedContracts = new WeakMap<CompiledSchema, Map<string, CompiledSchema>>();

  const textOf = (narrowed: JsonValue): string => {
    if (typeof narrowed !== 'object' || narrowed === null) return String(narrowed);
    const known = texts.get(narrowed) ?? JSON.stringify(narrowed);
    texts.set(narrowed, known);
    return known;
  };
  const narrowingOf = (schema: JsonValue, key: string): Formula => {
    const known = narrowings.get(key) ?? compileSchema(schema, { formatAssertion: true }).value?.formula;
    if (!known) throw new Error(`not a schema: ${key}`);
    narrowings.set(key, known);
    return known;
  };
  // One object a combination: Ajv compiles once for each.
  const narrow = (schema: CompiledSchema, narrowed: JsonValue): CompiledSchema => {
    let byKey = narrowedContracts.get(schema);
    if (!byKey) {
      byKey = new Map();
      narrowedContracts.set(schema, byKey);
    }
    const key = textOf(narrowed);
    const known = byKey.get(key);
    if (known) return known;
    const made = { ...schema, formula: and(schema.formula, narrowingOf(narrowed, key)) };
    byKey.set(key, made);
    return made;
  };

  return {
    ask(contract, narrowed, pattern, suggestions) {
      const compiled = compiledOnce(contract.schema);
      if (!compiled) return unknown(`the schema of ${contract.id} is not valid`);
      const schema = narrow(compiled, narrowed);
      const fitting = suggestions?.find((event) => fits(event, schema, pattern));
      if (fitting !== undefined) return yes(fitting);
      const shown = suggestions !== undefined;
      const verdict = satisfiable(schema, compilePattern(pattern), { recheck: shown, readable: shown });
      if (verdict.answer === 'yes' && verdict.onlyWithDottedKeys && !dottedKeys) {
        return refusedButForDots(schema, pattern);
      }
      return verdict;
    },
    askAll(contract, narrowed, patterns, shown = false) {
      const compiled = compiledOnce(contract.schema);
      if (!compiled) return unknown(`the schema of ${contract.id} is not valid`);
      const schema = narrow(compiled, narrowed);
      const [first, ...others] = patterns.map(compilePattern);
      if (!first) return unknown('no pattern is asked for');
      const plain = others.map((each) => (dottedKeys ? each.formula : each.with(NO_DOTS)));
      const joint = { ...schema, formula: and(schema.formula, ...plain) };
      const verdict = satisfiable(joint, first, { recheck: shown, readable: shown });
      return verdict.answer === 'yes' && verdict.onlyWithDottedKeys && !dottedKeys
        ? no('no event matches all of the patterns, taking it that no key has a dot which no schema declares')
        : verdict;
    },
  };
}

/** What keeps plain events out; the assumption is named, and the setting that drops it. */
function refusedButForDots(schema: CompiledSchema, pattern: Pattern): No {
  let reason: Reason | undefined;
  return {
    answer: 'no',
    get reason() {
      if (reason) return reason;
      const why = explainEmptiness(schema, compilePattern(pattern));
      reason = { ...why, text: `${why.text} (taking it that no key has a dot which no schema declares)` };
      return reason;
    },
  };
}

function fits(event: JsonValue, schema: CompiledSchema, pattern: Pattern): boolean {
  return (
    evaluate(schema.formula, event) === true &&
    confirmedValid(schema, event) === true &&
    matchValue(pattern, event)
  );
}
