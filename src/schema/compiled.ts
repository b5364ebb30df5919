import { type Diagnostic, finding, type Outcome } from '../diagnostic/diagnostic.ts';
import { type Node, valueOf } from '../json/node.ts';
import { printPointer } from '../json/pointer.ts';
import type { JsonValue } from '../json/value.ts';
import type { Formula } from '../sets/formula.ts';
import { Compiler } from './compiler.ts';
import type { Dialect } from './dialect.ts';
import { Library, NOWHERE, type Place, type SchemaFile } from './library.ts';

/** A schema, read and compiled into a set; made once and used for any number of questions. */
export interface CompiledSchema {
  readonly schema: JsonValue;
  readonly formula: Formula;
  readonly root: Place;
  readonly dialect: Dialect;
  readonly formatAssertion: boolean;
  /** All files it may refer to, itself first. */
  readonly files: readonly SchemaFile[];
  readonly library: Library;
  readonly compiler: Compiler;
}

export interface CompileOptions {
  /** Of schemas without `$schema`; 2020-12 if not said. */
  readonly dialect?: Dialect | undefined;
  /** Whether `format` is asserted; false if not said, as the specification has it. */
  readonly formatAssertion?: boolean | undefined;
  /** Schemas that references may lead to, with their addresses. */
  readonly files?: readonly (SchemaFile | { readonly uri: string; readonly node: Node })[] | undefined;
  /** The address of the schema itself, if it has no `$id`. */
  readonly uri?: string | undefined;
  /** Where in the file the schema stands that is asked about: an OpenAPI document has many. */
  readonly at?: readonly string[] | undefined;
}

/**
 * Reads and compiles a schema. The value is undefined if the schema is invalid: some keyword has a value that it
 * cannot have. Given as a tree, findings and reasons have places in its text.
 */
export function compileSchema(
  schema: JsonValue | { readonly node: Node },
  options: CompileOptions = {},
): Outcome<CompiledSchema | undefined> {
  const nodes = new Map<SchemaFile, Node>();
  const uri = options.uri ?? NOWHERE;
  const root = fileOf(isTree(schema) ? { uri, node: schema.node } : { uri, schema }, nodes);
  const others = (options.files ?? []).map((file) => fileOf(file, nodes));
  const library = new Library(root, others, options.dialect);
  const place = options.at
    ? library.resolve(`#${fragmentOf(options.at)}`, library.root.resource)
    : library.root;
  if (!place) {
    const params = { pointer: '', reference: `#${printPointer(options.at!)}` };
    return {
      value: undefined,
      diagnostics: [finding('schema/unresolved-reference', params, { severity: 'error' })],
    };
  }
  const formatAssertion = options.formatAssertion ?? false;
  const compiler = new Compiler(library, formatAssertion, nodes);
  const formula = compiler.compile(place);
  compiler.check(place);
  const diagnostics: readonly Diagnostic[] = compiler.diagnostics;
  if (diagnostics.some(({ severity }) => severity === 'error')) return { value: undefined, diagnostics };
  const value: CompiledSchema = {
    schema: place.schema,
    formula,
    root: place,
    dialect: place.resource.dialect,
    formatAssertion,
    files: [root, ...others],
    library,
    compiler,
  };
  return { value, diagnostics };
}

/** A JSON pointer as the fragment of a reference. */
export function fragmentOf(tokens: readonly string[]): string {
  return encodeURI(printPointer(tokens)).replaceAll('#', '%23');
}

function isTree(schema: JsonValue | { readonly node: Node }): schema is { readonly node: Node } {
  // A schema could have a member called "node", but none with a span inside.
  if (typeof schema !== 'object' || schema === null || !('node' in schema)) return false;
  const { node } = schema as { node: unknown };
  return typeof node === 'object' && node !== null && 'span' in node && 'kind' in node;
}

function fileOf(
  file: SchemaFile | { readonly uri: string; readonly node: Node },
  nodes: Map<SchemaFile, Node>,
): SchemaFile {
  if (!('node' in file)) return file;
  const read = { uri: file.uri, schema: valueOf(file.node) };
  nodes.set(read, file.node);
  return read;
}
