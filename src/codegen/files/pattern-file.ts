import type { GeneratedEvent } from '../catalogue.ts';
import { type GeneratedFile, header, importLine, runtimeFrom, sibling } from '../generated-file.ts';
import type { GenerateOptions } from '../options.ts';
import { docComment } from '../text.ts';

/** `pattern.ts`: event patterns that can only ask for what the schemas have. */
export function patternFile(events: readonly GeneratedEvent[], options: GenerateOptions): GeneratedFile {
  const text = [
    header(options, 'all event schemas'),
    importLine(['type PatternFactory', 'patternOf'], runtimeFrom(options)),
    ...events.map(({ names }) =>
      importLine([`${names.value} as $${names.value}`], sibling(`events/${names.value}`, options)),
    ),
    '\n',
    events
      .map(({ names: { value }, contract }) =>
        [
          docComment([`A pattern for ${contract.id}, as plain JSON.`]),
          `export const ${value}: PatternFactory<typeof $${value}> =\n  /* @__PURE__ */ patternOf($${value});\n`,
        ].join(''),
      )
      .join('\n'),
  ].join('');
  return { path: 'pattern.ts', text };
}
