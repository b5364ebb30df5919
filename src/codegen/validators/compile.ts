import { createRequire } from 'node:module';
import { stringify } from 'ajv';
import type { SchemaEnv } from 'ajv/dist/compile/index.js';
import type { JsonValue } from '../../json/value.ts';
import { type Instance, instanceFor } from './ajv.ts';
import { formatCode, formatDefinitions } from './formats.ts';

const require = createRequire(import.meta.url);

/** What Ajv makes of a schema, as the statements of a module. */
export interface Compiled {
  /** The function that validates. */
  readonly name: string;
  /** Constants and functions, in the order in which they may refer to each other. */
  readonly statements: readonly Statement[];
  /** Schemas that functions look at, by the name they have there. */
  readonly schemas: ReadonlyMap<string, JsonValue>;
  /** Names that statements import of the runtime. */
  readonly imports: ReadonlySet<string>;
}

/** A constant on one line, or the code of a function as Ajv writes it. */
export type Statement = { readonly constant: string } | { readonly code: string };

/** Compiles a schema with Ajv. Throws an Error that says why where Ajv cannot. */
export function compiled(schema: JsonValue): Compiled {
  try {
    return compileWith(schema, false);
  } catch (error) {
    // A schema may refer to the schema of schemas, which a lean instance does not hold.
    if (!/json-schema\.org/.test((error as Error).message)) throw error;
    return compileWith(schema, true);
  }
}

function compileWith(schema: JsonValue, meta: boolean): Compiled {
  const instance = instanceFor(schema, meta);
  const validate = instance.ajv.compile(schema as never);
  const module = new Module(instance);
  const name = module.add((validate as unknown as Compilation).schemaEnv);
  return { name, statements: module.statements, schemas: module.schemas, imports: module.imports };
}

/** What Ajv notes on a function. */
interface Compilation {
  readonly schemaEnv: SchemaEnv;
  readonly evaluated?: unknown;
}

/** A line before a function that gives a value of the scope a name. */
const NAMED = /^const (\w+) = scope\.(\w+)\[(\d+)\];$/;

class Module {
  readonly statements: Statement[] = [];
  readonly schemas = new Map<string, JsonValue>();
  readonly imports = new Set<string>();
  private readonly instance: Instance;
  private readonly done = new Set<string>();

  constructor(instance: Instance) {
    this.instance = instance;
  }

  /** Adds the function of a schema, and before it what it needs; returns its name. */
  add(env: SchemaEnv): string {
    const name = String(env.validateName);
    if (this.done.has(name)) return name;
    this.done.add(name);
    const code = this.instance.codes.get(env);
    if (code === undefined) throw new Error('the validator would need a schema that is not compiled');
    const values = this.instance.ajv.scope.get();
    let at = 0;
    for (; !code.startsWith('return ', at); at = code.indexOf('\n', at) + 1) {
      const [, own, prefix, index] = NAMED.exec(
        code.slice(at, code.indexOf('\n', at)),
      ) as unknown as string[];
      if (this.done.has(own!)) continue;
      this.declare(own!, prefix!, values[prefix!]?.[Number(index)]);
    }
    this.statements.push({ code: code.slice(at + 'return '.length) });
    const { evaluated } = env.validate as unknown as Compilation;
    if (evaluated !== undefined)
      this.statements.push({ code: `${name}.evaluated = ${stringify(evaluated)};` });
    return name;
  }

  private declare(name: string, prefix: string, value: unknown): void {
    switch (prefix) {
      case 'validate':
        this.add((value as Compilation).schemaEnv);
        return;
      case 'root':
      case 'wrapper':
        this.done.add(name);
        this.statements.push({
          constant: `const ${name} = {validate: ${(value as SchemaEnv).validateName}};`,
        });
        this.add(value as SchemaEnv);
        return;
      case 'schema':
        this.schemas.set(name, value as JsonValue);
        return;
    }
    this.done.add(name);
    this.statements.push({ constant: `const ${name} = ${this.constant(prefix, value)};` });
  }

  private constant(prefix: string, value: unknown): string {
    if (prefix === 'pattern') return String(value);
    const format = prefix === 'formats' ? FORMAT_NAMES.get(value) : undefined;
    const known = format === undefined ? HELPERS.get(value) : formatCode(format);
    if (!known) throw new Error(`the validator would need a ${prefix} that has no code`);
    for (const needed of known.imports) this.imports.add(needed);
    return known.code;
  }
}

const FORMAT_NAMES = new Map<unknown, string>(
  Object.entries(formatDefinitions()).map(([name, definition]) => [definition, name]),
);

/** The functions of Ajv's runtime, and what there is in their place. */
const HELPERS = new Map<unknown, { readonly code: string; readonly imports: readonly string[] }>([
  [Object.prototype.hasOwnProperty, { code: 'Object.prototype.hasOwnProperty', imports: [] }],
  [require('ajv/dist/runtime/ucs2length').default, { code: 'characters', imports: ['characters'] }],
  [require('ajv/dist/runtime/equal').default, { code: 'equalJson', imports: ['equalJson'] }],
]);
