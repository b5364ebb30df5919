import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { exists } from './find-files.ts';

/** The folder with `.git` (a file in work trees) that a folder is in; the folder itself where there is none. */
export function repositoryRoot(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (exists(join(at, '.git'))) return at;
    if (dirname(at) === at) return resolve(folder);
  }
}

/** Tells paths as they are counted from the top of the repository; what is outside of it stays absolute. */
export function pathsFromRoot(cwd: string): (path: string) => string {
  const root = repositoryRoot(cwd);
  return (path) => {
    // What is deployed has an ARN in the place of a path.
    if (path.startsWith('arn:')) return path;
    const absolute = resolve(cwd, path);
    const near = relative(root, absolute).replaceAll('\\', '/');
    return /^\.\.(\/|$)/.test(near) || /^[A-Za-z]:/.test(near) ? absolute.replaceAll('\\', '/') : near || '.';
  };
}

/** Writes a text file, and the folders on the way to it. */
export function writeTextFile(cwd: string, path: string, text: string): void {
  const absolute = resolve(cwd, path);
  mkdirSync(dirname(absolute), { recursive: true });
  writeFileSync(absolute, text);
}

/**
 * Writes a text file in one step, and the folders on the way to it: whoever looks sees the old text or the new one.
 * `mode`: the permissions it is to have.
 */
export function replaceTextFile(path: string, text: string, mode?: number): void {
  const fresh = `${path}.new-${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(fresh, text);
    if (mode !== undefined) chmodSync(fresh, mode & 0o7777);
    renameSync(fresh, path);
  } finally {
    rmSync(fresh, { force: true });
  }
}
