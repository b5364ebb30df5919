import { type GeneratedEvent, isOfAws } from '../catalogue.ts';
import { type GeneratedFile, header, importLine, runtimeFrom, sibling } from '../generated-file.ts';
import type { GenerateOptions } from '../options.ts';
import { docComment } from '../text.ts';
import { describe } from './event-file.ts';

/** `publish.ts`: a publisher for every event type, each tree-shakeable by itself. */
export function publishFile(events: readonly GeneratedEvent[], options: GenerateOptions): GeneratedFile {
  const own = events.filter((event) => !isOfAws(event));
  const publishers = own.map((event) => {
    const { value } = event.names;
    return [
      docComment(describe(event)),
      `export const ${value}: Publisher<Starting<typeof $${value}>> =\n  /* @__PURE__ */ publisherOf($${value});\n`,
    ].join('');
  });
  const text = [
    header(options, 'all event schemas'),
    own.length === 0
      ? 'export {};\n'
      : importLine(['type Publisher', 'publisherOf', 'type Starting'], runtimeFrom(options)),
    ...own.map(({ names }) =>
      importLine([`${names.value} as $${names.value}`], sibling(`events/${names.value}`, options)),
    ),
    '\n',
    publishers.join('\n'),
  ].join('');
  return { path: 'publish.ts', text };
}
