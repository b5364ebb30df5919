import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import Ajv04Module from 'ajv-draft-04';
import addFormatsModule from 'ajv-formats';
import { isObject, type JsonValue } from '../../src/json/value.ts';

const Ajv04 = Ajv04Module as unknown as typeof Ajv;
const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void;

const checkers = new Map<typeof Ajv, Ajv>();

/**
 * Ajv as one would use it at run time; undefined where it does not accept the schema. One instance checks all schemas
 * of a dialect against its meta-schema; each is compiled by one of its own, as equal ids would clash.
 */
export function compileAtRunTime(schema: JsonValue): ValidateFunction | undefined {
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
