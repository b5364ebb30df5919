import { readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { replaceTextFile } from './repository.ts';
import type { World } from './world.ts';

type Edits = ReadonlyMap<string, { readonly before: string; readonly after: string }>;

/** Why files must not be written: one has changed meanwhile, or has bytes that are no text in UTF-8. */
export function unchangedSince({ cwd }: Pick<World, 'cwd'>, files: Edits): string | undefined {
  for (const [path, { before }] of files) {
    const found = readFileSync(resolve(cwd, path));
    if (!found.equals(Buffer.from(before, 'utf8')))
      return `${path} was not written: it has changed meanwhile, or is not all UTF-8`;
  }
  return undefined;
}

/** Writes the texts, each in one step. If one cannot be written, those before it get their old text again. */
export function writeEdited({ cwd }: Pick<World, 'cwd'>, files: Edits): void {
  const written: [string, string][] = [];
  try {
    for (const [path, { before, after }] of files) {
      const absolute = realpathSync(resolve(cwd, path));
      replaceTextFile(absolute, after, statSync(absolute).mode);
      written.push([absolute, before]);
    }
  } catch (error) {
    for (const [absolute, before] of written) replaceTextFile(absolute, before, statSync(absolute).mode);
    throw error;
  }
}
