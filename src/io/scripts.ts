import { basename } from 'node:path';
import { findFiles } from './find-files.ts';
import { shownPath } from './world.ts';

const script = /\.(?:[cm]?[jt]s|jsx|tsx|py|java)$/;
/** Tests have the names of what they test. */
const beside = /(?:^|[._-])(?:test|tests|spec|d)\.[^.]+$|^test_/;

/**
 * Finds scripts by their name without extension, or all, below a folder as documents show it. The project is walked once, when
 * somebody first asks.
 */
export function scriptsBelow(
  cwd: string,
  root: string,
): (folder: string, name?: string) => readonly string[] {
  let byName: Map<string, string[]> | undefined;
  return (folder, name) => {
    if (!byName) {
      byName = new Map();
      for (const path of findFiles(root, (file) => script.test(file) && !beside.test(file)).files) {
        const key = basename(path).replace(script, '');
        byName.set(key, [...(byName.get(key) ?? []), shownPath(cwd, path)]);
      }
    }
    const below = folder === '.' ? '' : `${folder}/`;
    const found = name === undefined ? [...byName.values()].flat() : (byName.get(name) ?? []);
    return found.filter((path) => path.startsWith(below));
  };
}
