import { type GeneratedEvent, isOfAws } from '../catalogue.ts';
import { type GeneratedFile, header, importLine, runtimeFrom, sibling } from '../generated-file.ts';
import { camelCase } from '../names.ts';
import type { GenerateOptions } from '../options.ts';
import { type DeclaredComponent, type Publication, publicationsOf, takesIn } from '../publications.ts';
import { docComment, literal } from '../text.ts';

/**
 * `consume.ts`: a consumer for every event type, which may publish what any component is declared to publish on it;
 * in a system without declarations, every event type of the catalogue.
 */
export function consumeFile(events: readonly GeneratedEvent[], options: GenerateOptions): GeneratedFile {
  const { components } = options;
  const everything = events.map(({ contract }): Publication => ({ event: contract.id, stage: undefined }));
  const consumers = events.map((event) => {
    const { id } = event.contract;
    const contracts = events.map(({ contract }) => contract);
    const publications = components.length === 0 ? everything : publicationsOf(components, id, contracts);
    return { event, publications, settings: '' };
  });
  return write('consume.ts', 0, 'all event schemas', consumers, events, options);
}

/** `components/moderationFunction.ts`: the consumers of one declared component, with its own publications only. */
export function componentFile(
  component: DeclaredComponent,
  events: readonly GeneratedEvent[],
  options: GenerateOptions,
): GeneratedFile | undefined {
  const { name, maxChainDepth, callsModel } = component;
  const settings = [
    ...(maxChainDepth === undefined ? [] : [`maxChainDepth: ${maxChainDepth}`]),
    ...(callsModel ? ['callsModel: true'] : []),
  ];
  const consumers = events
    .filter(({ contract }) => takesIn(component, contract.id))
    .map((event) => ({
      event,
      publications: publicationsOf(
        [component],
        event.contract.id,
        events.map(({ contract }) => contract),
      ),
      settings: settings.length === 0 ? '' : `  defaults: { ${settings.join(', ')} },\n`,
    }));
  if (consumers.length === 0) return undefined;
  const path = `components/${camelCase(name)}.ts`;
  return write(path, 1, `the declaration of ${name} and the event schemas`, consumers, events, options);
}

interface ConsumerToWrite {
  readonly event: GeneratedEvent;
  readonly publications: readonly Publication[];
  readonly settings: string;
}

function write(
  path: string,
  depth: number,
  sources: string,
  consumers: readonly ConsumerToWrite[],
  events: readonly GeneratedEvent[],
  options: GenerateOptions,
): GeneratedFile {
  const byId = new Map(events.map((event) => [event.contract.id, event]));
  const used = new Set<string>();
  const blocks = consumers.map(({ event, publications, settings }) => {
    const known = publications.flatMap(({ event: id, stage }) => {
      const published = byId.get(id);
      return published && !isOfAws(published) ? [{ name: published.names.value, stage }] : [];
    });
    for (const { name } of known) used.add(name);
    used.add(event.names.value);
    return consumer(event, known, settings);
  });
  const imports = [...used].sort();
  const text = [
    header(options, sources),
    consumers.length === 0
      ? 'export {};\n'
      : importLine(['type ConsumerFactory', 'consumerOf'], runtimeFrom(options, depth)),
    ...imports.map((name) => importLine([`${name} as $${name}`], sibling(`events/${name}`, options, depth))),
    '\n',
    blocks.join('\n'),
  ].join('');
  return { path, text };
}

function consumer(
  { names: { value }, contract }: GeneratedEvent,
  publications: readonly { readonly name: string; readonly stage: string | undefined }[],
  settings: string,
): string {
  const types = publications.map(({ name }) => `  readonly ${name}: typeof $${name};\n`).join('');
  const members = publications.map(({ name }) => `    ${name}: $${name},\n`).join('');
  const stages = publications
    .filter(({ stage }) => stage !== undefined)
    .map(({ name, stage }) => `${name}: ${literal(stage!)}`);
  const publishes =
    publications.length === 0
      ? 'It publishes nothing.'
      : `It may publish: ${publications.map(({ name }) => name).join(', ')}.`;
  return [
    docComment([`Makes the handler of a function that receives ${contract.id}. ${publishes}`]),
    `export const ${value}: ConsumerFactory<\n`,
    `  typeof $${value},\n`,
    types === '' ? '  Record<never, never>\n' : `  {\n${types.replace(/^/gm, '  ').trimEnd()}\n  }\n`,
    '> = /* @__PURE__ */ consumerOf({\n',
    `  contract: $${value},\n`,
    members === '' ? '  publications: {},\n' : `  publications: {\n${members}  },\n`,
    stages.length === 0 ? '' : `  stages: { ${stages.join(', ')} },\n`,
    settings,
    '});\n',
  ].join('');
}
