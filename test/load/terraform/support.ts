import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { documentOf } from '../../../src/json/document.ts';
import { type Loaded, load } from '../support/loading.ts';

const fixtures = fileURLToPath(new URL('./fixtures/', import.meta.url));

/** Every file of a fixture, by its path from the fixtures' folder. */
export function fixture(name: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(join(fixtures, name), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(fixtures.length).replaceAll('\\', '/')] = readFileSync(path, 'utf8');
  }
  return files;
}

/** Loads some files of a folder; the others lie beside them. */
export function loadBeside(given: readonly string[], files: Readonly<Record<string, string>>): Loaded {
  const named = Object.fromEntries(given.map((path) => [path, files[path]!]));
  return load(named, {
    readLocal: (path) => (files[path] === undefined ? undefined : documentOf(path, files[path])),
    namesIn: (folder) =>
      Object.keys(files).flatMap((path) => (posix.dirname(path) === folder ? [posix.basename(path)] : [])),
  });
}
