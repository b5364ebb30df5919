import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonValue } from '../../src/json/value.ts';
import { schemaArbitrary } from '../../src/testing/arbitrary/schema-arbitrary.ts';
import { UnsupportedArbitraryError } from '../../src/testing/arbitrary/unsupported.ts';
import { corpusSchemas } from '../codegen/corpus-schemas.ts';
import { compileAtRunTime } from '../codegen/run-time-ajv.ts';
import { describeShared } from '../support/shared.ts';

/** Values drawn for each schema; more in a longer run. */
const runs = Number(process.env['BUSPROOF_CORPUS_VALUES'] ?? 2);

describeShared('every schema of the corpus that Ajv accepts', () => {
  test('has an arbitrary of values that Ajv calls valid, or is named with the reason', () => {
    const refused: string[] = [];
    const invalid: string[] = [];
    let [schemas, several, values, broken] = [0, 0, 0, 0];
    for (const { name, schema } of corpusSchemas()) {
      const validate = compileAtRunTime(schema);
      if (!validate) continue;
      schemas++;
      let drawn: readonly JsonValue[];
      try {
        drawn = fc.sample(schemaArbitrary(schema), runs);
      } catch (error) {
        if (!(error instanceof UnsupportedArbitraryError)) throw error;
        refused.push(`${name}: ${error.reason}`);
        continue;
      }
      values += drawn.length;
      if (new Set(drawn.map((value) => JSON.stringify(value))).size > 1) several++;
      for (const value of drawn) {
        try {
          if (validate(value) !== true) invalid.push(`${name}: ${JSON.stringify(value).slice(0, 300)}`);
        } catch {
          // Ajv itself breaks down on some nested unevaluatedProperties: no verdict to agree with.
          broken++;
        }
      }
    }
    console.log(
      `${schemas} schemas, ${refused.length} not supported, ${several} with different values; ${values} values, ${broken} without a verdict`,
    );
    expect(invalid).toEqual([]);
    expect(refused.length, refused.join('\n')).toBeLessThan(schemas * 0.02);
    expect(several).toBeGreaterThan(schemas * 0.9);
  }, 900_000);
});
