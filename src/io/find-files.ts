import { closeSync, type Dirent, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { looksLikeSnapshot } from '../load/account/snapshot.ts';

/** Folders that hold other people's files, or copies of one's own. */
const skippedFolders: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.aws-sam',
  '.terraform',
  '.venv',
  'venv',
  '__pycache__',
  'coverage',
  '.next',
  '.nuxt',
  '.turbo',
]);

const MAX_FILES = 50_000;
const MAX_DEPTH = 24;

/** Files below a folder whose names a test accepts, in a stable order; links to folders are not followed. */
export function findFiles(
  folder: string,
  accept: (name: string) => boolean,
): { files: string[]; truncated: boolean } {
  const files: string[] = [];
  let visited = 0;
  const open: { path: string; depth: number }[] = [{ path: folder, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const entry of entriesOf(next.path)) {
      if (++visited > MAX_FILES) return { files: files.sort(), truncated: true };
      const path = join(next.path, entry.name);
      if (entry.isDirectory()) {
        const assets = entry.name.startsWith('asset.');
        if (next.depth < MAX_DEPTH && !assets && !skippedFolders.has(entry.name))
          open.push({ path, depth: next.depth + 1 });
      } else if (entry.isFile() && accept(entry.name)) files.push(path);
    }
  }
  return { files: files.sort(), truncated: false };
}

/** A folder that cannot be listed (permissions) is passed over: the files in it could not be read either. */
function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The first kilobytes of a file. */
function beginningOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(4096);
    return buffer.toString('utf8', 0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}

/** The beginning of a file is enough to tell what it may be. */
export function looksLikeTemplate(path: string): boolean {
  // Too large to be read, but not to be told of.
  if (statSync(path).size > 20_000_000)
    return /"terraform_version"|AWSTemplateFormatVersion/.test(beginningOf(path));
  const text = readFileSync(path, 'utf8');
  if (looksLikeSnapshot(text)) return true;
  if (path.endsWith('.tf')) return /^[ \t]*(?:resource|module|data)[ \t]+"/m.test(text);
  if (/"terraform_version"\s*:/.test(text) && /"format_version"\s*:/.test(text)) return true;
  if (/AWSTemplateFormatVersion|AWS::Serverless-2016-10-31/.test(text)) return true;
  if (/^service\s*:/m.test(text) && /^(?:functions|resources)\s*:/m.test(text)) return true;
  return /["']?Resources["']?\s*:/.test(text) && /["']?Type["']?\s*:\s*["']?(AWS|Custom)::/.test(text);
}

/** The names of the files in a folder; none when it cannot be listed. */
export function namesIn(folder: string): string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

export function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
