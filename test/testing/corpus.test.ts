import fc from 'fast-check';
import { expect, test } from 'vitest';
import { schemaArbitrary } from '../../src/testing/arbitrary/schema-arbitrary.ts';
import { corpusSchemas } from '../codegen/corpus-schemas.ts';
import { compileAtRunTime } from '../codegen/run-time-ajv.ts';
import { describeShared } from '../support/shared.ts';

/** Values drawn for each schema. */
const runs = Number(process.env['BUSPROOF_CORPUS_VALUES'] ?? 5);

describeShared('every schema of the corpus that Ajv accepts', () => {
  test('has an arbitrary of valid values, or is named', () => {
    const refused: string[] = [];
    const invalid: string[] = [];
    let [served, drawn, different, broken] = [0, 0, 0, 0];
    const slow: [string, number][] = [];
    for (const { name, schema } of corpusSchemas()) {
      const validate = compileAtRunTime(schema);
      if (!validate) continue;
      const start = performance.now();
      try {
        const values = fc.sample(schemaArbitrary(schema), runs);
        served++;
        drawn += values.length;
        if (new Set(values.map((value) => JSON.stringify(value))).size > 1) different++;
        for (const value of values) {
          try {
            if (validate(value) !== true)
              invalid.push(
                `${name}: ${JSON.stringify(value).slice(0, 300)} ${JSON.stringify(validate.errors?.[0])}`,
              );
          } catch {
            broken++;
          }
        }
      } catch (error) {
        refused.push(`${name}: ${(error as Error).message}`);
      }
      slow.push([name, performance.now() - start]);
    }
    slow.sort((a, b) => b[1] - a[1]);
    if (process.env['DEBUG_CORPUS']) console.log(slow.slice(0, 15), refused, invalid.slice(0, 20));
    console.log(
      `${served} schemas served, ${different} with different values, ${drawn} values, ${invalid.length} invalid, ${broken} without a verdict, ${refused.length} refused`,
    );
    expect(invalid).toEqual([]);
  }, 900_000);
});
