import standaloneModule from 'ajv/dist/standalone/index.js';
import type { JsonValue } from '../../json/value.ts';
import { ajvFor, FORMATS_MARK, readPattern } from './ajv.ts';
import { folded } from './fold.ts';
import { formatCode } from './formats.ts';
import { indent } from './indent.ts';
import { trimmed } from './trim.ts';

const standaloneCode = standaloneModule as unknown as typeof standaloneModule.default;

/** The code of a validator. */
export interface ValidatorCode {
  /** Declares `validator`, a function; ends with a newline. */
  readonly body: string;
  /** Names it imports of the runtime. */
  readonly imports: readonly string[];
}

/**
 * The validator of a schema as code that needs neither Ajv nor `new Function`. Throws an Error that says why where Ajv
 * cannot compile the schema.
 */
export function generateValidator(schema: JsonValue): ValidatorCode {
  const small = trimmed(schema);
  return readable(standalone(small));
}

function standalone(schema: JsonValue): string {
  try {
    return compileWith(schema, false);
  } catch (error) {
    // A schema may refer to the schema of schemas, which a lean instance does not hold.
    if (!/json-schema\.org/.test((error as Error).message)) throw error;
    return compileWith(schema, true);
  }
}

function compileWith(schema: JsonValue, meta: boolean): string {
  const ajv = ajvFor(schema, 'generate', meta);
  const validate = ajv.compile(schema as never);
  return standaloneCode(ajv, validate);
}

/** Ajv's module → statements: its helpers and formats come from the runtime, patterns become literals. */
function readable(module: string): ValidatorCode {
  const imports = new Set<string>();
  const lines: string[] = [];
  let name = '';
  for (const text of folded(module.split('\n').map((line) => line.trim()))) {
    if (text === '' || text === '"use strict";' || text.startsWith('export default')) continue;
    const exported = text.startsWith('export') && /^export const validate = (\w+);$/.exec(text);
    if (exported) {
      name = exported[1]!;
      continue;
    }
    lines.push(withoutRequire(text, imports));
  }
  lines.push('', `export const validator: Validator = ${name};`);
  return { body: indent(lines), imports: [...imports].sort() };
}

const HELPERS: Readonly<Record<string, string>> = {
  'ajv/dist/runtime/ucs2length': 'characters',
  'ajv/dist/runtime/equal': 'equalJson',
};

function withoutRequire(line: string, imports: Set<string>): string {
  const needs = line.includes('require(');
  if (!needs && !line.includes(' = new RegExp(')) return line;
  const declared = /^const (\w+) = (.*);$/.exec(line);
  if (!declared) {
    if (needs) throw new Error(`the validator would need: ${line}`);
    return line;
  }
  const [, name, value] = declared as unknown as [string, string, string];
  const helper = /^require\("([^"]+)"\)\.default$/.exec(value);
  if (helper) {
    const own = HELPERS[helper[1]!];
    if (own === undefined) throw new Error(`the validator would need ${helper[1]}`);
    imports.add(own);
    return `const ${name} = ${own};`;
  }
  const format = formatName(value);
  if (format !== undefined) {
    const found = formatCode(format);
    if (!found) throw new Error(`the format "${format}" has no code`);
    for (const needed of found.imports) imports.add(needed);
    return `const ${name} = ${found.code};`;
  }
  const pattern = /^new RegExp\((".*"), "u"\)$/.exec(value);
  if (pattern) return `const ${name} = ${readPattern(JSON.parse(pattern[1]!) as string)};`;
  return line;
}

function formatName(value: string): string | undefined {
  const start = `require(${JSON.stringify(FORMATS_MARK)})`;
  if (!value.startsWith(start)) return undefined;
  const rest = value.slice(start.length);
  return rest.startsWith('.') ? rest.slice(1) : (JSON.parse(rest.slice(1, -1)) as string);
}
