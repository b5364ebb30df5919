import { spawnSync } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** What git answered, or one sentence that says why it could not. */
export type GitAnswer<T> = { readonly value: T } | { readonly problem: string };

/** A file as a commit has it. */
export interface GitFile {
  /** The path below the folder that was asked about; empty if a file was. */
  readonly path: string;
  readonly text: string;
}

const MAX_FILES = 20_000;
const MAX_FILE_BYTES = 20_000_000;
const MAX_OUTPUT_BYTES = 400_000_000;
const TIMEOUT_MS = 120_000;

/** Set by git for its hooks; with them a question about another repository would be answered for that one. */
const hookVariables = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY'];

/** The commit that a ref names in the repository of a path. Runs git, never a shell; a ref is never an option. */
export function commitOf(path: string, ref: string): GitAnswer<string> {
  if (ref === '' || ref.startsWith('-')) return { problem: `"${ref}" is not a git ref` };
  const folder = nearestFolder(path);
  const top = git(folder, ['rev-parse', '--show-toplevel']);
  if ('problem' in top) return top;
  const found = git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (!('problem' in found)) return { value: found.value.toString('utf8').trim() };
  return found.missing
    ? { problem: `git knows no ref "${ref}" here (a shallow clone has few: fetch it first)` }
    : found;
}

/** The newest commits up to a ref that touched one of the paths, newest first. */
export function historyOf(
  paths: readonly [string, ...string[]],
  ref: string,
  count: number,
): GitAnswer<readonly string[]> {
  const commit = commitOf(paths[0], ref);
  if ('problem' in commit) return commit;
  const specs = paths.map((path) => resolve(path));
  const list = git(nearestFolder(paths[0]), [
    'log',
    '--format=%H',
    `--max-count=${count}`,
    commit.value,
    '--',
    ...specs,
  ]);
  if ('problem' in list) return list;
  return { value: list.value.toString('utf8').split('\n').filter(Boolean) };
}

/**
 * The files that a commit (or a ref that names one) has below a path of the working tree (or at it), where a test
 * accepts their names.
 */
export function filesAt(
  commit: string,
  path: string,
  accept: (name: string) => boolean,
): GitAnswer<readonly GitFile[]> {
  const folder = nearestFolder(path);
  const top = git(folder, ['rev-parse', '--show-toplevel']);
  if ('problem' in top) return top;
  const root = realpathSync(top.value.toString('utf8').trim());
  // The folder itself may be a link, or be gone from the working tree.
  const inside = relative(root, resolve(realpathSync(folder), relative(folder, resolve(path))));
  const prefix = inside.replaceAll('\\', '/');
  const specs = prefix === '' ? [] : ['--', prefix];
  const tree = git(root, ['--literal-pathspecs', 'ls-tree', '-r', '-l', '-z', commit, ...specs]);
  if ('problem' in tree) return tree;
  const entries = tree.value
    .toString('utf8')
    .split('\0')
    .flatMap(entryOf)
    .filter((entry) => accept(entry.path) && entry.bytes <= MAX_FILE_BYTES);
  if (entries.length > MAX_FILES) return { problem: `more than ${MAX_FILES} files below ${path}` };
  const texts = contentsOf(
    root,
    entries.map(({ object }) => object),
  );
  if ('problem' in texts) return texts;
  return {
    value: entries.map((entry, i) => ({
      path: entry.path.slice(prefix === '' ? 0 : prefix.length + 1),
      text: texts.value[i]!,
    })),
  };
}

interface TreeEntry {
  readonly path: string;
  readonly object: string;
  readonly bytes: number;
}

/** `100644 blob <object> <size>\t<path>`; links and submodules are no files to read. */
function entryOf(line: string): TreeEntry[] {
  const found = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line);
  return found ? [{ object: found[1]!, bytes: Number(found[2]), path: found[3]! }] : [];
}

/** The texts of objects, in one run of git: each is answered by a line `<object> blob <size>`, the bytes, a line end. */
function contentsOf(root: string, objects: readonly string[]): GitAnswer<readonly string[]> {
  if (objects.length === 0) return { value: [] };
  const answer = git(root, ['cat-file', '--batch'], `${objects.join('\n')}\n`);
  if ('problem' in answer) return answer;
  const bytes = answer.value;
  const texts: string[] = [];
  for (let at = 0; texts.length < objects.length; ) {
    const end = bytes.indexOf(10, at);
    const size = Number(/ blob (\d+)$/.exec(bytes.toString('utf8', at, Math.max(at, end)))?.[1]);
    if (end < 0 || !Number.isInteger(size)) return { problem: 'git could not read a file of that version' };
    texts.push(bytes.toString('utf8', end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return { value: texts };
}

type Ran = { readonly value: Buffer } | { readonly problem: string; readonly missing: boolean };

function git(folder: string, args: readonly string[], input?: string): Ran {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
  for (const name of hookVariables) delete env[name];
  const run = spawnSync('git', ['-C', folder, ...args], {
    env,
    input: input ?? '',
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: TIMEOUT_MS,
    windowsHide: true,
  });
  if (run.error) {
    const missing = (run.error as NodeJS.ErrnoException).code === 'ENOENT';
    return {
      problem: missing ? 'git is not installed, or not on the PATH' : `git failed: ${run.error.message}`,
      missing: false,
    };
  }
  if (run.status === 0) return { value: run.stdout };
  const said = run.stderr.toString('utf8').trim().split('\n')[0] ?? '';
  if (/not a git repository/.test(said))
    return { problem: `${folder} is not in a git repository`, missing: false };
  return { problem: `git ${args[0]} failed: ${said}`, missing: said === '' };
}

/** The path itself if it is a folder, otherwise the nearest folder above that is there. */
function nearestFolder(path: string): string {
  let folder = resolve(path);
  while (!statSync(folder, { throwIfNoEntry: false })?.isDirectory() && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return folder;
}
