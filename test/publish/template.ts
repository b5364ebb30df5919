import { documentOf } from '../../src/json/document.ts';
import type { LoadedTemplates } from '../../src/load/index.ts';
import { loadTemplates } from '../../src/load/index.ts';

/** Loads a template given as text; files beside it by their paths. */
export function loadText(text: string, files: Readonly<Record<string, string>> = {}): LoadedTemplates {
  const documents = [documentOf('template.yaml', text)];
  return loadTemplates(documents, { readLocal: readIn(files) }).value;
}

export function readIn(files: Readonly<Record<string, string>>) {
  return (path: string) => (Object.hasOwn(files, path) ? documentOf(path, files[path]!) : undefined);
}
