import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { readDocument, type World } from '../../io/world.ts';
import type { Document } from '../../json/document.ts';
import type { Node } from '../../json/node.ts';
import { parseJson } from '../../json/parse-json.ts';
import { type CompiledPattern, compilePattern } from '../../pattern/compile.ts';
import { parsePattern } from '../../pattern/index.ts';
import { type CompiledSchema, compileSchema } from '../../schema/compiled.ts';
import type { Dialect } from '../../schema/dialect.ts';
import { UsageError } from '../command.ts';

export interface ReadOptions {
  readonly formatAssertion: boolean;
  readonly dialect: Dialect | undefined;
  /** Paths of further schemas that references may lead to. */
  readonly others: readonly string[];
}

/** Something that was read from a file, or nothing and the findings that say why. */
export interface Read<T> {
  readonly value: T | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a schema from a file; references are followed to the files given beside it. */
export function readSchema(world: World, path: string, options: ReadOptions): Read<CompiledSchema> {
  const root = parseJson(open(world, path));
  const others = options.others.map((other) => ({ path: other, read: parseJson(open(world, other)) }));
  const diagnostics = [root, ...others.map(({ read }) => read)].flatMap((read) => read.diagnostics);
  if (!root.value) return { value: undefined, diagnostics };
  const files = others.flatMap(({ path: other, read }) =>
    read.value ? [file(world, other, read.value)] : [],
  );
  const { uri, node } = file(world, path, root.value);
  const { formatAssertion, dialect } = options;
  const compiled = compileSchema({ node }, { uri, files, formatAssertion, dialect });
  return { value: compiled.value, diagnostics: [...diagnostics, ...compiled.diagnostics] };
}

export function readPattern(world: World, path: string): Read<CompiledPattern> {
  const { value, diagnostics } = parsePattern(open(world, path));
  return { value: value && compilePattern(value), diagnostics };
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
