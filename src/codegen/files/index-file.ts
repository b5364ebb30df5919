import type { GeneratedEvent } from '../catalogue.ts';
import { type GeneratedFile, header, importLine, sibling } from '../generated-file.ts';
import type { GenerateOptions } from '../options.ts';

/** `index.ts`: everything, for code that is not short of bytes; and the union of all events. */
export function indexFile(events: readonly GeneratedEvent[], options: GenerateOptions): GeneratedFile {
  const types = events.map(({ names }) => `${names.type}Event as $${names.type}`);
  const text = [
    header(options, 'all event schemas'),
    ...events.map(({ names }, i) => importLine([types[i]!], sibling(`events/${names.value}`, options), true)),
    '\n',
    `export { catalog } from '${sibling('catalog', options)}';\n`,
    `export * as consume from '${sibling('consume', options)}';\n`,
    `export * as pattern from '${sibling('pattern', options)}';\n`,
    `export * as publish from '${sibling('publish', options)}';\n`,
    `export type * from '${sibling('types', options)}';\n\n`,
    '/** Every event; `source` and `detail-type` together tell which, and with it what `detail` is. */\n',
    `export type AnyEvent =${events.map(({ names }) => `\n  | $${names.type}`).join('') || ' never'};\n\n`,
    '/** The events of a source, or of a source and a detail-type. */\n',
    'export type EventOf<Source extends string, DetailType extends string = string> = AnyEvent extends infer Event\n',
    "  ? Event extends { readonly source: Source; readonly 'detail-type': DetailType }\n",
    '    ? Event\n    : never\n  : never;\n',
  ].join('');
  return { path: 'index.ts', text };
}
