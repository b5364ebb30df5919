import { join, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { Collector, type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import type { Document } from '../json/document.ts';
import { parseData } from '../json/parse-data.ts';
import type { SchemaDocument } from '../load/contracts/contracts.ts';
import { withoutStale } from './cloud-assembly.ts';
import { exists, findFiles, isFolder, looksLikeTemplate, namesIn } from './find-files.ts';
import { readDocument, type World } from './world.ts';

/** The files of a system, read. */
export interface GatheredFiles {
  readonly templates: readonly Document[];
  readonly schemas: readonly SchemaDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

const dataFile = /\.(json|ya?ml|template)$/i;
const templateFile = /\.(json|ya?ml|template|tf)$/i;
/** Examples beside a schema are values, not schemas. */
const exampleFile = /\.(examples?|events?|sample)\.(json|ya?ml)$/i;

/** Whether a file in a folder of schemas is read as one, by its name. */
export function isSchemaName(name: string): boolean {
  return dataFile.test(name) && !exampleFile.test(name);
}

/** The files and folders with schemas, absolute; whether they are there or not. */
export function schemaPathsOf(folder: string, config: Config): readonly string[] {
  return wanted(folder, config.schemas) ?? [join(folder, 'schemas')];
}

/**
 * Finds and reads what a config names, or what lies below the folder when it names nothing: templates by their
 * content, schemas in `schemas/`. `named` are files and folders given on the command line: they replace the config's
 * templates.
 */
export function gatherFiles(
  world: Pick<World, 'cwd'>,
  folder: string,
  config: Config,
  named: readonly string[],
): GatheredFiles {
  const collector = new Collector();
  const templatePaths =
    named.length > 0 ? named.map((path) => resolve(world.cwd, path)) : wanted(folder, config.templates);
  const schemaPaths = wanted(folder, config.schemas);
  const foundSchemas = expand(schemaPaths ?? defaultSchemas(folder), isSchemaName, collector);
  const isSchema = new Set(foundSchemas);
  const foundTemplates = expand(
    templatePaths ?? [folder],
    (name) => templateFile.test(name),
    collector,
  ).filter((path) => !isSchema.has(path) && (templatePaths?.includes(path) || looksLikeTemplate(path)));
  const templates = foundTemplates.flatMap((path) => read(world, path, collector));
  const schemas = foundSchemas.flatMap((path) =>
    read(world, path, collector).flatMap((document): SchemaDocument[] => {
      const node = collector.take(parseData(document));
      return node ? [{ path: document.path, node }] : [];
    }),
  );
  return { templates, schemas, diagnostics: collector.diagnostics };
}

function wanted(folder: string, paths: readonly string[] | undefined): string[] | undefined {
  return paths?.map((path) => resolve(folder, path));
}

function defaultSchemas(folder: string): string[] {
  const path = join(folder, 'schemas');
  return exists(path) ? [path] : [];
}

function expand(paths: readonly string[], accept: (name: string) => boolean, collector: Collector): string[] {
  const found: string[] = [];
  for (const path of paths) {
    if (isFolder(path)) {
      const { files, truncated } = findFiles(path, accept);
      found.push(...withoutStale(files));
      if (truncated)
        collector.add(finding('input/too-large', { what: `the folder ${path}`, limit: '50,000 files' }));
    } else if (exists(path)) found.push(path);
    else collector.add(finding('input/unreadable', { path, problem: 'there is no such file or folder' }));
  }
  return [...new Set(found)];
}

function read(world: Pick<World, 'cwd'>, path: string, collector: Collector): Document[] {
  try {
    return [readDocument(world, path)];
  } catch (error) {
    collector.add(finding('input/unreadable', { path, problem: (error as Error).message }));
    return [];
  }
}

/** Reads a file that a template names, by the path the template's own is counted from; undefined when it is not there. */
export function readNamed(world: Pick<World, 'cwd'>, path: string): Document | undefined {
  const absolute = resolve(world.cwd, path);
  return exists(absolute) && !isFolder(absolute) ? readDocument(world, absolute) : undefined;
}

/** The names of the files in a folder that a template's own path leads to. */
export function namesBeside(world: Pick<World, 'cwd'>, folder: string): readonly string[] {
  return namesIn(resolve(world.cwd, folder));
}
