import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import Ajv04Module from 'ajv-draft-04';
import addFormatsModule from 'ajv-formats';
import { afterAll, expect, test } from 'vitest';
import { eventNames } from '../../src/codegen/event-names.ts';
import { generateFiles } from '../../src/codegen/generate.ts';
import { defaultOptions } from '../../src/codegen/options.ts';
import { isObject, type JsonValue } from '../../src/json/value.ts';
import type { Validator } from '../../src/runtime/contract.ts';
import { describeShared } from '../support/shared.ts';
import { load, temporaryFolder, typeErrors, writeFiles } from './compile.ts';
import { contractOf } from './contracts.ts';
import { type CorpusSchema, corpusSchemas } from './corpus-schemas.ts';
import { samples } from './sample.ts';

const Ajv04 = Ajv04Module as unknown as typeof Ajv;
const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void;
const folder = temporaryFolder();
afterAll(() => folder.remove());

const checkers = new Map<typeof Ajv, Ajv>();

/**
 * Ajv as one would use it at run time; undefined where it does not accept the schema. One instance checks all schemas
 * of a dialect against its meta-schema; each is compiled by one of its own, as equal ids would clash.
 */
function compileAtRunTime(schema: JsonValue): ValidateFunction | undefined {
  const dialect = isObject(schema) ? String(schema['$schema'] ?? '') : '';
  const Kind = kindOf(dialect);
  const checker = checkers.get(Kind) ?? instance(Kind, true);
  checkers.set(Kind, checker);
  try {
    if (!checker.validateSchema(schema as never)) return undefined;
    return instance(Kind, false).compile(schema as never);
  } catch {
    return undefined;
  }
}

function kindOf(dialect: string): typeof Ajv {
  if (/draft-04/.test(dialect)) return Ajv04;
  if (/draft-0[67]/.test(dialect)) return Ajv;
  return (/2019-09/.test(dialect) ? Ajv2019 : Ajv2020) as unknown as typeof Ajv;
}

function instance(Kind: typeof Ajv, validateSchema: boolean): Ajv {
  const ajv = new Kind({ strict: false, logger: false, ownProperties: true, validateSchema });
  addFormats(ajv);
  if (Kind === Ajv) ajv.addMetaSchema(draft06);
  return ajv;
}

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
