import { type FSWatcher, watch } from 'node:fs';
import { isFolder } from './find-files.ts';

/** Editors save in several steps; work starts when it has been quiet for this many milliseconds. */
const QUIET = 80;

/**
 * Does the work whenever something changes at one of the paths, until the signal says stop. Changes during the work
 * lead to another round after it. Resolves when stopped.
 */
export async function whenChanged(
  paths: readonly string[],
  work: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let wake: (() => void) | undefined;
  let changed = false;
  const noticed = () => {
    changed = true;
    wake?.();
  };
  const watchers: FSWatcher[] = paths.map((path) => watch(path, { recursive: isFolder(path) }, noticed));
  for (const watcher of watchers) watcher.on('error', noticed);
  const stopped = new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
  try {
    while (!signal.aborted) {
      if (!changed) {
        const next = new Promise<void>((done) => {
          wake = done;
        });
        await Promise.race([next, stopped]);
        continue;
      }
      changed = false;
      await new Promise((done) => setTimeout(done, QUIET));
      if (changed) continue;
      await work();
    }
  } finally {
    for (const watcher of watchers) watcher.close();
  }
}
