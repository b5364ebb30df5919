import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isObject, type JsonValue, own } from '../json/value.ts';
import { exists } from './find-files.ts';

/** Whether a folder is what `cdk synth` writes: it holds a manifest, and beside it a file that names the format's version. */
export function isAssembly(folder: string): boolean {
  return exists(join(folder, 'cdk.out')) && artifactsIn(folder) !== undefined;
}

/**
 * Leaves out files in a cloud assembly that are no part of it: CDK writes over what is in the folder, but does not
 * remove the templates of stacks that are gone.
 */
export function withoutStale(files: readonly string[]): string[] {
  const assemblies = new Map<string, boolean>();
  const known = (folder: string): boolean => {
    const found = assemblies.get(folder) ?? isAssembly(folder);
    assemblies.set(folder, found);
    return found;
  };
  const parts = new Map<string, ReadonlySet<string>>();
  return files.filter((file) => {
    let folder = dirname(file);
    if (!known(folder)) return true;
    while (known(dirname(folder))) folder = dirname(folder);
    const members = parts.get(folder) ?? new Set(filesOf(folder, 0));
    parts.set(folder, members);
    return members.has(file);
  });
}

/** Stages within stages; more than anybody nests. */
const maxDepth = 16;

/** The templates of an assembly, of its stages, and the files they upload: templates of nested stacks are among those. */
function filesOf(folder: string, depth: number): string[] {
  const artifacts = depth > maxDepth ? undefined : artifactsIn(folder);
  return Object.values(artifacts ?? {}).flatMap((artifact): string[] => {
    const template = text(artifact, 'properties', 'templateFile');
    const stage = text(artifact, 'properties', 'directoryName');
    const assets = text(artifact, 'properties', 'file');
    switch (text(artifact, 'type')) {
      case 'aws:cloudformation:stack':
        return template === undefined ? [] : [join(folder, template)];
      case 'cdk:cloud-assembly':
        return stage === undefined ? [] : filesOf(join(folder, stage), depth + 1);
      case 'cdk:asset-manifest':
        return assets === undefined ? [] : uploaded(folder, assets);
      default:
        return [];
    }
  });
}

function uploaded(folder: string, manifest: string): string[] {
  const files = at(readJson(join(folder, manifest)), 'files');
  return Object.values(isObject(files) ? files : {}).flatMap((file) => {
    const path = text(file, 'source', 'path');
    return path === undefined ? [] : [join(folder, path)];
  });
}

function artifactsIn(folder: string): Readonly<Record<string, JsonValue>> | undefined {
  const artifacts = at(readJson(join(folder, 'manifest.json')), 'artifacts');
  return isObject(artifacts) ? artifacts : undefined;
}

/** A file that is not there, or is no JSON, says nothing: then every template in the folder is taken. */
function readJson(path: string): JsonValue | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as JsonValue;
  } catch {
    return undefined;
  }
}

function at(value: JsonValue | undefined, ...keys: readonly string[]): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>(
    (each, key) => (isObject(each) ? own(each, key) : undefined),
    value,
  );
}

function text(value: JsonValue | undefined, ...keys: readonly string[]): string | undefined {
  const found = at(value, ...keys);
  return typeof found === 'string' ? found : undefined;
}
