import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { GeneratedFile } from '../codegen/generated-file.ts';
import { sha256 } from '../codegen/text.ts';
import { isFolder } from './find-files.ts';

/** The file by which a generated folder is recognised, and which says what it was made of. */
export const MANIFEST = 'manifest.json';

interface Manifest {
  readonly generator: 'busproof';
  readonly version: string;
  /** Hash of everything the output depends on. */
  readonly inputs: string;
  /** Hash of each file, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** The manifest of a set of files, as one more file. */
export function manifestFile(
  files: readonly GeneratedFile[],
  version: string,
  inputs: string,
): GeneratedFile {
  const hashes = Object.fromEntries(files.map(({ path, text }) => [path, sha256(text)]));
  const manifest: Manifest = { generator: 'busproof', version, inputs, files: hashes };
  return { path: MANIFEST, text: `${JSON.stringify(manifest, null, 2)}\n` };
}

/** Whether a folder holds, untouched, what was generated from these inputs. */
export function isCurrent(folder: string, inputs: string): boolean {
  const manifest = readManifest(folder);
  if (manifest?.inputs !== inputs) return false;
  const expected = Object.entries(manifest.files);
  if (filesBelow(folder).length !== expected.length + 1) return false;
  return expected.every(([path, hash]) => {
    const text = readText(join(folder, path));
    return text !== undefined && sha256(text) === hash;
  });
}

/** A difference between what a folder holds and what it should hold. */
export interface Difference {
  readonly path: string;
  /** Undefined: the file is not there. */
  readonly found: string | undefined;
  /** Undefined: it should not be there. */
  readonly wanted: string | undefined;
}

export function compareFolder(folder: string, files: readonly GeneratedFile[]): Difference[] {
  const wanted = new Map(files.map(({ path, text }) => [path, text]));
  const paths = new Set([...wanted.keys(), ...filesBelow(folder)]);
  return [...paths].sort().flatMap((path) => {
    const difference = { path, found: readText(join(folder, path)), wanted: wanted.get(path) };
    return difference.found === difference.wanted ? [] : [difference];
  });
}

/** Files in a folder that were not generated: writing would delete them. */
export function foreignFiles(folder: string): readonly string[] {
  const manifest = readManifest(folder);
  return filesBelow(folder).filter(
    (path) => path !== MANIFEST && !(manifest && Object.hasOwn(manifest.files, path)),
  );
}

/**
 * Puts a folder in the place of another: everything is written beside it first and then moved, so that whoever looks
 * sees the old folder or the new one, and a failure leaves the old one.
 */
export function replaceFolder(folder: string, files: readonly GeneratedFile[]): void {
  const suffix = `${process.pid}-${Date.now().toString(36)}`;
  const fresh = `${folder}.new-${suffix}`;
  const old = `${folder}.old-${suffix}`;
  try {
    for (const inner of new Set(files.map(({ path }) => dirname(path)))) {
      mkdirSync(join(fresh, inner), { recursive: true });
    }
    for (const { path, text } of files) writeFileSync(join(fresh, path), text);
    const replaces = existsSync(folder);
    if (replaces) renameSync(folder, old);
    try {
      renameSync(fresh, folder);
    } catch (error) {
      if (replaces) renameSync(old, folder);
      throw error;
    }
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

function readManifest(folder: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as Partial<Manifest> | null;
    if (manifest?.generator !== 'busproof' || typeof manifest.inputs !== 'string') return undefined;
    return typeof manifest.files === 'object' && manifest.files !== null ? (manifest as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

function filesBelow(folder: string): string[] {
  if (!isFolder(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
