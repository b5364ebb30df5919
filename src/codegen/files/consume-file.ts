import { type GeneratedEvent, isOfAws } from '../catalogue.ts';
import { type GeneratedFile, header, importLine, runtimeFrom, sibling } from '../generated-file.ts';
import { camelCase } from '../names.ts';
import type { GenerateOptions } from '../options.ts';
import { type DeclaredComponent, publicationsOf, takesIn } from '../publications.ts';
import { docComment, literal } from '../text.ts';

/** The publications of a consumer by their names in generated code, with the stage where one is declared. */
type Named = readonly { readonly name: string; readonly stage: string | undefined }[];

interface ConsumerToWrite {
  readonly name: string;
  readonly about: string;
  readonly events: readonly GeneratedEvent[];
  readonly publications: Named;
}

/**
 * `consume.ts`: a consumer for every event type, which may publish what any component is declared to publish on it;
 * in a system without declarations, every event type of the catalogue.
 */
export function consumeFile(events: readonly GeneratedEvent[], options: GenerateOptions): GeneratedFile {
  const { components } = options;
  const everything = publishable(events).map((name) => ({ name, stage: undefined }));
  const consumers = events.map((event) => {
    const publications = components.length === 0 ? everything : named(components, event, events);
    return consumerOf(event, publications);
  });
  return write('consume.ts', 0, 'all event schemas', consumers, '', options);
}

/**
 * `components/moderationFunction.ts`: the consumers of one declared component, with its own publications only. One
 * that takes in several event types has `any`, too, for a function that does the same with all of them.
 */
export function componentFile(
  component: DeclaredComponent,
  events: readonly GeneratedEvent[],
  options: GenerateOptions,
): GeneratedFile | undefined {
  const { name, maxChainDepth, callsModel } = component;
  const taken = events.filter(({ contract }) => takesIn(component, contract.id));
  if (taken.length === 0) return undefined;
  const consumers = taken.map((event) => consumerOf(event, named([component], event, events)));
  const all = distinct(consumers.flatMap(({ publications }) => publications));
  const about = 'Makes the handler of a function that receives any of these events.';
  if (taken.length > 1) consumers.push({ name: 'any', about, events: taken, publications: all });
  const settings = [
    ...(maxChainDepth === undefined ? [] : [`maxChainDepth: ${maxChainDepth}`]),
    ...(callsModel ? ['callsModel: true'] : []),
  ];
  const defaults = settings.length === 0 ? '' : `  defaults: { ${settings.join(', ')} },\n`;
  const sources = `the declaration of ${name} and the event schemas`;
  return write(`components/${camelCase(name)}.ts`, 1, sources, consumers, defaults, options);
}

function consumerOf(event: GeneratedEvent, publications: Named): ConsumerToWrite {
  const about = `Makes the handler of a function that receives ${event.contract.id}.`;
  return { name: event.names.value, about, events: [event], publications };
}

function publishable(events: readonly GeneratedEvent[]): string[] {
  return events.filter((event) => !isOfAws(event)).map(({ names }) => names.value);
}

/** The declared publications, as far as the catalogue has them. */
function named(
  components: readonly DeclaredComponent[],
  event: GeneratedEvent,
  events: readonly GeneratedEvent[],
): Named {
  const contracts = events.map(({ contract }) => contract);
  return publicationsOf(components, event.contract.id, contracts).flatMap(({ event: id, stage }) => {
    const published = events.find(({ contract }) => contract.id === id);
    return published && !isOfAws(published) ? [{ name: published.names.value, stage }] : [];
  });
}

function distinct(publications: Named): Named {
  return [...new Map(publications.map((publication) => [publication.name, publication])).values()].sort(
    (a, b) => (a.name < b.name ? -1 : 1),
  );
}

function write(
  path: string,
  depth: number,
  sources: string,
  consumers: readonly ConsumerToWrite[],
  defaults: string,
  options: GenerateOptions,
): GeneratedFile {
  const used = new Set<string>();
  for (const { events } of consumers) {
    for (const { names } of events) used.add(names.value);
  }
  for (const publications of new Set(consumers.map((consumer) => consumer.publications))) {
    for (const { name } of publications) used.add(name);
  }
  const shared = new SharedPublications(consumers);
  const blocks = consumers.map((consumer) => print(consumer, shared, defaults));
  const text = [
    header(options, sources),
    consumers.length === 0
      ? 'export {};\n'
      : importLine(['type ConsumerFactory', 'consumerOf'], runtimeFrom(options, depth)),
    ...[...used]
      .sort()
      .map((name) => importLine([`${name} as $${name}`], sibling(`events/${name}`, options, depth))),
    '\n',
    ...shared.declarations,
    blocks.join('\n'),
  ].join('');
  return { path, text };
}

/** Publications that several consumers have alike are written once. */
class SharedPublications {
  readonly declarations: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly keys = new Map<Named, string>();

  constructor(consumers: readonly ConsumerToWrite[]) {
    const seen = new Set<string>();
    for (const { publications } of consumers) {
      const key = this.keyOf(publications);
      if (publications.length > 0 && seen.has(key) && !this.numbers.has(key)) this.declare(key, publications);
      seen.add(key);
    }
  }

  private declare(key: string, publications: Named): void {
    const number = this.numbers.size + 1;
    this.numbers.set(key, number);
    this.declarations.push(
      `type $Publications${number} = ${typeOf(publications, '')};\n\n`,
      `const $publications${number}: $Publications${number} = ${valueOf(publications, '')};\n\n`,
    );
  }

  type(publications: Named): string {
    const number = this.numbers.get(this.keyOf(publications));
    return number === undefined ? typeOf(publications, '  ') : `$Publications${number}`;
  }

  value(publications: Named): string {
    const number = this.numbers.get(this.keyOf(publications));
    return number === undefined ? valueOf(publications, '  ') : `$publications${number}`;
  }

  /** Without declarations all consumers have the same long list, which is to be read once. */
  private keyOf(publications: Named): string {
    const known = this.keys.get(publications);
    if (known !== undefined) return known;
    const key = publications.map(({ name }) => name).join(' ');
    this.keys.set(publications, key);
    return key;
  }
}

function typeOf(publications: Named, margin: string): string {
  if (publications.length === 0) return 'Record<never, never>';
  const members = publications.map(({ name }) => `${margin}  readonly ${name}: typeof $${name};\n`);
  return `{\n${members.join('')}${margin}}`;
}

function valueOf(publications: Named, margin: string): string {
  if (publications.length === 0) return '{}';
  return `{\n${publications.map(({ name }) => `${margin}  ${name}: $${name},\n`).join('')}${margin}}`;
}

function print(
  { name, about, events, publications }: ConsumerToWrite,
  shared: SharedPublications,
  defaults: string,
): string {
  const more = publications.length > 8 ? `, and ${publications.length - 8} more` : '';
  const first = publications.slice(0, 8).map((publication) => publication.name);
  const publishes =
    first.length === 0 ? 'It publishes nothing.' : `It may publish: ${first.join(', ')}${more}.`;
  const stages = publications
    .filter(({ stage }) => stage !== undefined)
    .map(({ name: of, stage }) => `${of}: ${literal(stage!)}`);
  const values = events.map(({ names: own }) => `$${own.value}`);
  const contract =
    values.length === 1 ? values[0]! : `[\n${values.map((value) => `    ${value},\n`).join('')}  ]`;
  const type = values.map((value) => `typeof ${value}`).join(values.length === 1 ? '' : '\n  | ');
  return [
    docComment([about, publishes]),
    `export const ${name}: ConsumerFactory<\n  ${type},\n  ${shared.type(publications)}\n>`,
    ` = /* @__PURE__ */ consumerOf({\n  contract: ${contract},\n`,
    `  publications: ${shared.value(publications)},\n`,
    stages.length === 0 ? '' : `  stages: { ${stages.join(', ')} },\n`,
    defaults,
    '});\n',
  ].join('');
}
