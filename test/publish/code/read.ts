import { documentOf } from '../../../src/json/document.ts';
import { printHoles } from '../../../src/json/holes.ts';
import { type CodeReading, readHandler } from '../../../src/publish/code/handler.ts';
import { loadParsers } from '../../../src/publish/code/parsers.ts';
import { Project } from '../../../src/publish/code/project.ts';

export const parsers = await loadParsers();

/** A small project: its files, the first of which has the handler `handler`. */
export function readCode(
  files: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string | undefined>> = {},
  budget?: number,
): CodeReading {
  const documents = new Map(Object.entries(files).map(([path, text]) => [path, documentOf(path, text)]));
  const project = new Project((path) => documents.get(path), ['.']);
  const [path] = Object.keys(files);
  const handler = { project, path: path!, name: 'handler' };
  return readHandler(
    handler,
    new Map(Object.entries(environment)),
    parsers,
    budget === undefined ? {} : { budget },
  );
}

/** `source@DetailType on bus`, with `…` for what is not known. */
export function published({ publications, unresolved }: CodeReading): string[] {
  const shown = (text: string): string => printHoles(text).replace(/\$\{[^}]*\}/g, '…');
  const named = publications.map(
    ({ source, detailType, bus }) =>
      `${shown(source)}@${shown(detailType)} on ${bus === undefined ? '?' : shown(bus)}`,
  );
  return [...new Set([...named, ...(unresolved.length > 0 ? ['something'] : [])])].sort();
}
