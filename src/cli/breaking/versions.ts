import { dirname, join, relative, resolve } from 'node:path';
import type { SchemaVersion } from '../../checks/breaking.ts';
import { type Config, defaultConfig } from '../../config/config.ts';
import { Collector, type Diagnostic } from '../../diagnostic/diagnostic.ts';
import { configNames, findConfig } from '../../io/config-file.ts';
import { exists, isFolder } from '../../io/find-files.ts';
import { gatherFiles, isSchemaName, schemaPathsOf } from '../../io/gather.ts';
import { commitOf, filesAt, type GitAnswer, historyOf } from '../../io/git.ts';
import { readDocument, shownPath, type World } from '../../io/world.ts';
import { documentOf } from '../../json/document.ts';
import { parseData } from '../../json/parse-data.ts';
import { loadContracts, type SchemaDocument } from '../../load/contracts/contracts.ts';
import { UsageError } from '../command.ts';
import type { LoadedSystem } from '../load-system.ts';
import { inRegistry, type RegistryPlace } from './registry-versions.ts';

/** Versions of the schemas, and what was wrong with their files. */
export interface ReadVersions {
  readonly now: SchemaVersion;
  readonly versions: readonly SchemaVersion[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The schemas of today, and those of what they are compared with. Both go by the path below their project's folder, so
 * that a file that did not change has the same address in both.
 */
export async function readVersions(
  world: World,
  loaded: LoadedSystem,
  against: string,
  transitive: number,
  place: RegistryPlace,
): Promise<ReadVersions> {
  const { config } = loaded;
  const schemaPaths = schemaPathsOf(loaded.root, config);
  const root = commonFolder([loaded.root, ...schemaPaths]);
  const collector = new Collector();
  const current = rebased(world, loaded.schemas, root);
  const now = { name: 'the working tree', documents: current };
  const registry = /^registry:(.*)$/s.exec(against)?.[1];
  if (registry !== undefined) {
    const versions = await inRegistry(world, registry, transitive, place, config, collector);
    return { now, versions, diagnostics: collector.diagnostics };
  }
  const ref = /^git:(.*)$/s.exec(against)?.[1];
  const path = resolve(world.cwd, against);
  if (ref === undefined && exists(path)) {
    if (transitive > 1) throw new UsageError('--transitive needs a git ref or a registry to go back from');
    const version = isFolder(path)
      ? await inFolder(world, path, against, schemaPaths, root, collector)
      : inFile(world, path, against, current, collector);
    if (version.documents.length === 0) throw new UsageError(`there is no schema in ${against}`);
    return { now, versions: [version], diagnostics: collector.diagnostics };
  }
  const versions = inGit(world, ref ?? against, transitive, schemaPaths, root, collector);
  return { now, versions, diagnostics: collector.diagnostics };
}

function rebased(world: World, documents: readonly SchemaDocument[], root: string): SchemaDocument[] {
  return documents.map(({ path, node }) => ({ path: below(root, resolve(world.cwd, path)), node }));
}

/** The innermost folder that holds all of them: paths below it never climb, which addresses cannot express. */
function commonFolder(paths: readonly [string, ...string[]]): string {
  return paths.reduce((folder, path) => {
    let common = folder;
    while (relative(common, path).startsWith('..')) common = dirname(common);
    return common;
  });
}

function below(root: string, path: string): string {
  return relative(root, path).replaceAll('\\', '/');
}

/** A project folder with a config or `schemas/`, or a folder of schema files. */
async function inFolder(
  world: World,
  folder: string,
  name: string,
  schemaPaths: readonly string[],
  root: string,
  collector: Collector,
): Promise<SchemaVersion> {
  const project = ['schemas', ...configNames].some((each) => exists(join(folder, each)));
  const gather = (config: Config, base: string) => {
    const files = gatherFiles(world, base, { ...config, templates: [] }, []);
    collector.add(...files.diagnostics);
    return files.schemas;
  };
  if (project) {
    const found = await findConfig(world, folder, undefined);
    collector.add(...found.diagnostics);
    const home = commonFolder([found.folder, ...schemaPathsOf(found.folder, found.config)]);
    return { name, documents: rebased(world, gather(found.config, found.folder), home) };
  }
  const home = below(root, schemaPaths[0] ?? root);
  const documents = rebased(world, gather({ ...defaultConfig, schemas: ['.'] }, folder), folder);
  return { name, documents: documents.map(({ path, node }) => ({ path: join(home, path), node })) };
}

/** One schema file: it stands in for today's file of the same event type, and only that one is compared. */
function inFile(
  world: World,
  path: string,
  name: string,
  current: readonly SchemaDocument[],
  collector: Collector,
): SchemaVersion {
  const node = collector.take(parseData(readDocument(world, path)));
  if (!node) return { name, documents: [] };
  const alone = loadContracts([{ path: name, node }], { examine: false }).value;
  const only = new Set(alone.map(({ id }) => id));
  if (only.size === 0) throw new UsageError(`${name} describes no event type`);
  const describes = (document: SchemaDocument) =>
    loadContracts([document], { examine: false }).value.some(({ id }) => only.has(id));
  const replaced = current.find(describes);
  const others = current.filter((document) => !describes(document));
  return { name, documents: [{ path: replaced?.path ?? name, node }, ...others], only };
}

function inGit(
  world: World,
  ref: string,
  transitive: number,
  schemaPaths: readonly string[],
  root: string,
  collector: Collector,
): SchemaVersion[] {
  const [first = root, ...rest] = schemaPaths;
  taken(commitOf(first, ref), ref);
  // The newest commit that touched a schema has the same schemas as the ref itself.
  const earlier = transitive > 1 ? taken(historyOf([first, ...rest], ref, transitive), ref).slice(1) : [];
  return [ref, ...earlier].map((commit) => {
    const name = commit === ref ? ref : commit.slice(0, 10);
    const documents = schemaPaths.flatMap((schemaPath) =>
      taken(filesAt(commit, schemaPath, isSchemaName), ref).flatMap((file): SchemaDocument[] => {
        const path = join(schemaPath, file.path);
        const document = documentOf(`${name}:${shownPath(world.cwd, path)}`, file.text);
        const node = collector.take(parseData(document));
        return node ? [{ path: below(root, path), node }] : [];
      }),
    );
    return { name, documents };
  });
}

function taken<T>(answer: GitAnswer<T>, ref: string): T {
  if ('value' in answer) return answer.value;
  throw new UsageError(`cannot compare with "${ref}": it is no file or folder, and ${answer.problem}`);
}
