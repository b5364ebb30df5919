import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { readDocument, type World } from '../../io/world.ts';
import type { Document } from '../../json/document.ts';
import { type Node, nodeAt, valueOf } from '../../json/node.ts';
import { parseData } from '../../json/parse-data.ts';
import { parsePointer } from '../../json/pointer.ts';
import { isObject, type JsonValue, own } from '../../json/value.ts';
import { schemaLayout } from '../../load/contracts/layouts.ts';
import { envelopeOf } from '../../model/envelope.ts';
import { type CompiledPattern, compilePattern } from '../../pattern/compile.ts';
import { parsePattern, parsePatternNode } from '../../pattern/index.ts';
import { type CompiledSchema, compileSchema } from '../../schema/compiled.ts';
import type { Dialect } from '../../schema/dialect.ts';
import { UsageError } from '../command.ts';

export interface ReadOptions {
  readonly formatAssertion: boolean;
  readonly dialect: Dialect | undefined;
  /** Whether whole events are asked about: a schema of some event type's `detail` is put into its envelope. */
  readonly ofEvents?: boolean;
  /** Paths of further schemas that references may lead to. */
  readonly others: readonly string[];
}

/** Something that was read from a file, or nothing and the findings that say why. */
export interface Read<T> {
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a schema from a JSON or YAML file, or from a place in one (`api.yaml#/components/schemas/Review`); references
 * are followed to the files given beside it.
 */
export function readSchema(world: World, name: string, options: ReadOptions): Read<CompiledSchema> {
  const { path, at } = placeOf(name);
  const root = parseData(open(world, path));
  const others = options.others.map((other) => ({ path: other, read: parseData(open(world, other)) }));
  const diagnostics = [root, ...others.map(({ read }) => read)].flatMap((read) => read.diagnostics);
  if (!root.value) return { value: undefined, diagnostics };
  if (at && !nodeAt(root.value, ...at)) throw new UsageError(nothingAt(name));
  const files = others.flatMap(({ path: other, read }) =>
    read.value ? [file(world, other, read.value)] : [],
  );
  const self = file(world, path, root.value);
  const { formatAssertion, dialect } = options;
  const event = options.ofEvents && !at ? eventAround(self, path) : undefined;
  const compiled = event
    ? compileSchema(event, { files: [self, ...files], formatAssertion, dialect })
    : compileSchema({ node: self.node }, { uri: self.uri, files, formatAssertion, dialect, at });
  return { value: compiled.value, diagnostics: [...diagnostics, ...compiled.diagnostics] };
}

/** The whole event, where a schema says which event type's `detail` it describes. */
function eventAround({ uri, node }: { uri: string; node: Node }, path: string): JsonValue | undefined {
  const schema = valueOf(node);
  const layout = schemaLayout(schema, path);
  if (layout?.describes !== 'detail' || !isObject(schema)) return undefined;
  return envelopeOf(layout.type, { $ref: String(own(schema, '$id') ?? uri) });
}

/**
 * Reads a pattern: from a JSON file as the service reads its text, from a YAML file or from a place in a file (a
 * template's `…/Properties/EventPattern`) as CloudFormation hands it over.
 */
export function readPattern(world: World, name: string): Read<CompiledPattern> {
  const { path, at } = placeOf(name);
  const document = open(world, path);
  const read = at || /\.ya?ml$/i.test(path) ? readTree(name, document, at ?? []) : parsePattern(document);
  const { value, diagnostics } = read;
  return { value: value && compilePattern(value), diagnostics };
}

function readTree(name: string, document: Document, at: readonly string[]) {
  const root = parseData(document);
  if (!root.value) return { value: undefined, diagnostics: root.diagnostics };
  const node = nodeAt(root.value, ...at);
  if (!node) throw new UsageError(nothingAt(name));
  const { value, diagnostics } = parsePatternNode(node);
  return { value, diagnostics: [...root.diagnostics, ...diagnostics] };
}

function nothingAt(name: string): string {
  return `there is nothing at ${name}: after "#" goes a JSON pointer, such as #/components/schemas/Review`;
}

/** `file.yaml#/a/b` is a place in a file. */
function placeOf(name: string): { path: string; at: readonly string[] | undefined } {
  const hash = name.indexOf('#/');
  if (hash < 0) return { path: name, at: undefined };
  return { path: name.slice(0, hash), at: parsePointer(name.slice(hash + 1)) };
}

function file(world: World, path: string, node: Node): { uri: string; node: Node } {
  return { uri: pathToFileURL(resolve(world.cwd, path)).href, node };
}

function open(world: World, path: string): Document {
  try {
    return readDocument(world, path);
  } catch (error) {
    const problem =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : String(error);
    throw new UsageError(`cannot read ${path}: ${problem}`, { cause: error });
  }
}
