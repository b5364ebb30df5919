import { posix } from 'node:path';
import type { Document } from '../../json/document.ts';
import { valueOf } from '../../json/node.ts';
import { parseJson } from '../../json/parse-json.ts';
import { isObject, type JsonValue, own } from '../../json/value.ts';

/** Reads a file by its path as documents show it; undefined where there is none. */
export type ReadFile = (path: string) => Document | undefined;

const scripts = ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx'];

/** Finds the files of a project: those that imports name, from the folder the code is built from. */
export class Project {
  private readonly reader: ReadFile;
  private readonly documents = new Map<string, Document | undefined>();
  /** The folder of the code, and those of layers. */
  readonly roots: readonly string[];

  constructor(read: ReadFile, roots: readonly string[]) {
    this.reader = read;
    this.roots = roots;
  }

  read(path: string): Document | undefined {
    const normal = posix.normalize(path);
    if (!this.documents.has(normal)) this.documents.set(normal, this.reader(normal));
    return this.documents.get(normal);
  }

  /** The script a path without or with an extension names. */
  script(path: string): string | undefined {
    const bare = path.replace(/\.(?:[cm]?js|jsx)$/, '');
    const candidates = [
      ...(posix.extname(path) ? [path] : []),
      ...scripts.map((extension) => path + extension),
      ...(bare === path ? [] : scripts.map((extension) => bare + extension)),
      `${path}.json`,
      ...scripts.map((extension) => posix.join(path, `index${extension}`)),
    ];
    return candidates.map((each) => posix.normalize(each)).find((each) => this.read(each));
  }

  /** What an import of JavaScript names, if it is in the project. */
  javaScript(from: string, importer: string): string | undefined {
    if (/^\.\.?(?:\/|$)/.test(from)) return this.script(posix.join(posix.dirname(importer), from));
    if (from.startsWith('/opt/')) {
      const inside = from.slice('/opt/'.length);
      return this.first([inside, inside.replace(/^nodejs\//, '')]);
    }
    if (from.startsWith('/')) return undefined;
    return (
      this.byPaths(from, importer) ??
      this.first([`nodejs/node_modules/${from}`, `nodejs/${from}`]) ??
      this.local(from)
    );
  }

  /** Whether a script is this package's own runtime: in its repository, examples name it by its path. */
  isOwnRuntime(path: string): boolean {
    const folder = /^(.*?)(?:src|dist)\/runtime\/index\.[jt]s$/.exec(path)?.[1];
    if (folder === undefined) return false;
    const manifest = this.read(posix.join(folder, 'package.json'));
    const node = manifest && parseJson(manifest).value;
    const value = node && valueOf(node);
    return isObject(value) && own(value, 'name') === 'busproof';
  }

  private first(inside: readonly string[]): string | undefined {
    for (const root of this.roots) {
      for (const path of inside) {
        const found = this.script(posix.join(root, path));
        if (found) return found;
      }
    }
    return undefined;
  }

  /** `src/lib/x` from the folder of the code. */
  private local(from: string): string | undefined {
    if (!from.includes('/') || from.startsWith('@')) return undefined;
    return this.roots[0] === undefined ? undefined : this.script(posix.join(this.roots[0], from));
  }

  /** `paths` and `baseUrl` of the nearest tsconfig.json. */
  private byPaths(from: string, importer: string): string | undefined {
    for (const folder of foldersAbove(posix.dirname(importer))) {
      const config = this.read(posix.join(folder, 'tsconfig.json'));
      if (!config) continue;
      const options = compilerOptions(config);
      const base = posix.join(folder, typeof options['baseUrl'] === 'string' ? options['baseUrl'] : '.');
      const paths = isObject(options['paths']) ? options['paths'] : {};
      for (const [pattern, targets] of Object.entries(paths)) {
        const star = pattern.indexOf('*');
        const [head, tail] = star < 0 ? [pattern, ''] : [pattern.slice(0, star), pattern.slice(star + 1)];
        const fits = star < 0 ? from === pattern : from.startsWith(head) && from.endsWith(tail);
        if (!fits || !Array.isArray(targets)) continue;
        const middle = star < 0 ? '' : from.slice(head.length, from.length - tail.length);
        for (const target of targets) {
          const found =
            typeof target === 'string'
              ? this.script(posix.join(base, target.replace('*', middle)))
              : undefined;
          if (found) return found;
        }
      }
      return typeof options['baseUrl'] === 'string' ? this.script(posix.join(base, from)) : undefined;
    }
    return undefined;
  }

  /** What an import of Python names: a file, or a folder with a trailing slash. */
  python(from: string, importer: string): string | undefined {
    const relative = /^(\.+)(.*)$/.exec(from);
    if (relative) {
      const up = '../'.repeat(relative[1]!.length - 1);
      return this.pythonAt(posix.join(posix.dirname(importer), up), relative[2]!);
    }
    const roots = [
      ...this.roots.flatMap((root) => [root, posix.join(root, 'python')]),
      posix.dirname(importer),
      ...this.required(),
    ];
    for (const root of roots) {
      const found = this.pythonAt(root, from);
      if (found) return found;
    }
    return undefined;
  }

  private pythonAt(root: string, name: string): string | undefined {
    const path = posix.join(root, ...name.split('.').filter(Boolean));
    const file = name === '' ? undefined : `${path}.py`;
    if (file && this.read(file)) return file;
    const init = posix.join(path, '__init__.py');
    return this.read(init) ? init : undefined;
  }

  private requirements: string[] | undefined;

  /** Folders that requirements.txt names beside packages; builds start from the code's folder or one above it. */
  private required(): string[] {
    if (this.requirements) return this.requirements;
    const [root] = this.roots;
    const lines =
      root === undefined ? [] : (this.read(posix.join(root, 'requirements.txt'))?.text.split(/\r?\n/) ?? []);
    const folders = lines
      .filter((line) => /^(?:-e\s+)?\.{1,2}\//.test(line))
      .map((line) => line.replace(/^-e\s+/, '').trim());
    this.requirements = folders.flatMap((folder) =>
      foldersAbove(root ?? '.')
        .slice(0, 5)
        .flatMap((above) => [posix.join(above, folder), posix.join(above, folder, 'src')]),
    );
    return this.requirements;
  }
}

/** The folder itself and those above it, as far as the path tells. */
export function foldersAbove(folder: string): string[] {
  const folders: string[] = [];
  for (let current = posix.normalize(folder); folders.length < 30; current = posix.dirname(current)) {
    folders.push(current);
    if (current === '.' || current === '/' || current === '..' || current.endsWith('/..')) break;
  }
  return folders;
}

/** tsconfig.json may have comments and trailing commas; where it cannot be read without them, it says nothing. */
function compilerOptions(config: Document): Readonly<Record<string, JsonValue>> {
  const text = config.text
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/,(\s*[}\]])/g, '$1');
  const node = parseJson({ path: config.path, text }).value;
  const value = node && valueOf(node);
  const options = isObject(value) ? own(value, 'compilerOptions') : undefined;
  return isObject(options) ? options : {};
}
