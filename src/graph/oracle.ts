import type { JsonValue } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import { compilePattern } from '../pattern/compile.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { type CompiledSchema, compileSchema } from '../schema/compiled.ts';
import { satisfiable } from '../schema/satisfiable.ts';
import { and } from '../sets/junction.ts';
import { no, unknown, type Verdict } from '../sets/verdict.ts';

/** Decides whether a contract has events of some kind that match a pattern, and hands out such an event. */
export interface Oracle {
  /**
   * Whether there is one. `narrowed` is a schema that the events obey besides (JSON Schema 2020-12, small). With
   * `witness` the event is made readable and judged again by Ajv and the reference matcher; without, it may be any.
   */
  ask(contract: Contract, narrowed: JsonValue, pattern: Pattern, witness: boolean): Verdict<JsonValue>;
}

/**
 * The set algebra as the oracle. Contracts and narrowings are compiled once each. `dottedKeys`: whether a match counts
 * that needs a key with a dot which no schema declares (`{"a.b": 1}` is `{"a": {"b": 1}}` to a pattern).
 */
export function schemaOracle({ dottedKeys }: { readonly dottedKeys: boolean }): Oracle {
  const contracts = new WeakMap<Contract, CompiledSchema | 'invalid'>();
  const narrowings = new Map<string, CompiledSchema>();
  return {
    ask(contract, narrowed, pattern, witness) {
      const known =
        contracts.get(contract) ??
        compileSchema(contract.schema, { formatAssertion: true }).value ??
        'invalid';
      contracts.set(contract, known);
      if (known === 'invalid') return unknown(`the schema of ${contract.id} is not valid`);
      const key = JSON.stringify(narrowed);
      const narrowing = narrowings.get(key) ?? compileSchema(narrowed).value;
      if (!narrowing) throw new Error(`not a schema: ${key}`);
      narrowings.set(key, narrowing);
      const schema = { ...known, formula: and(known.formula, narrowing.formula) };
      const options = { recheck: witness, readable: witness };
      const verdict = satisfiable(schema, compilePattern(pattern), options);
      if (verdict.answer === 'yes' && verdict.onlyWithDottedKeys && !dottedKeys) {
        return no('only an event with a dotted key that no schema declares could match');
      }
      return verdict;
    },
  };
}
