import type { ValidateFunction } from 'ajv';
import { afterAll, expect, test } from 'vitest';
import { eventNames } from '../../src/codegen/event-names.ts';
import { generateFiles } from '../../src/codegen/generate.ts';
import { defaultOptions } from '../../src/codegen/options.ts';
import type { Validator } from '../../src/runtime/contract.ts';
import { describeShared } from '../support/shared.ts';
import { load, temporaryFolder, typeErrors, writeFiles } from './compile.ts';
import { contractOf } from './contracts.ts';
import { type CorpusSchema, corpusSchemas } from './corpus-schemas.ts';
import { compileAtRunTime } from './run-time-ajv.ts';
import { samples } from './sample.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** yes, no, or the validator broke down. */
function judge(validate: (value: unknown) => unknown, value: unknown): boolean | 'broken' {
  try {
    return validate(value) === true;
  } catch {
    return 'broken';
  }
}

describeShared('every schema of the corpus that Ajv accepts', () => {
  test('generates code that compiles strictly, and judges as Ajv does at run time', async () => {
    const all = corpusSchemas();
    const accepted = all.flatMap(
      (entry, i): (CorpusSchema & { id: string; validate: ValidateFunction })[] => {
        const validate = compileAtRunTime(entry.schema);
        return validate ? [{ ...entry, id: `corpus@Schema${i}X`, validate }] : [];
      },
    );
    const contracts = accepted.map(({ id, schema }) => contractOf(id, schema));
    const generated = await generateFiles(contracts, defaultOptions);
    const errors = generated.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ message }) => message)).toEqual([]);

    writeFiles(folder.path, generated.value);
    const names = eventNames(contracts);
    const imports = accepted.map(
      ({ id }, i) => `export { validator as v${i} } from './validators/${names.get(id)!.value}.ts';`,
    );
    const validators = await load<Record<string, Validator>>(folder.path, imports.join('\n'));
    let [instances, valid, broken] = [0, 0, 0];
    const disagreements: string[] = [];
    for (const [i, { name, schema, instances: given, validate }] of accepted.entries()) {
      for (const instance of [...given, ...samples(schema, 12, i)]) {
        const expected = judge(validate, instance);
        const found = judge(validators[`v${i}`]!, instance);
        // Ajv itself breaks down on some nested unevaluatedProperties: no verdict to agree with.
        if (expected === 'broken') {
          broken++;
          continue;
        }
        instances++;
        if (expected === true) valid++;
        if (expected !== found) {
          const text = JSON.stringify(instance).slice(0, 200);
          disagreements.push(`${name}: ${expected} at run time, generated ${found}: ${text}`);
        }
      }
    }
    expect(disagreements.slice(0, 20)).toEqual([]);
    console.log(
      `${all.length} schemas, ${accepted.length} accepted, ${instances} instances, ${valid} of them valid, ${broken} without a verdict`,
    );

    expect(typeErrors(folder.path)).toBe('');
    // So that a corpus that is not read, or hardly, is noticed.
    expect(accepted.length).toBeGreaterThan(700);
    expect(valid).toBeGreaterThan(instances / 10);
  }, 900_000);
});
