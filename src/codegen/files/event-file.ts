import type { GeneratedEvent } from '../catalogue.ts';
import { type GeneratedFile, header, importLine, runtimeFrom, sibling } from '../generated-file.ts';
import type { GenerateOptions } from '../options.ts';
import { docComment, literal } from '../text.ts';

/** `events/reviewSubmitted.ts`: the contract of one event type, and its type as it is delivered. */
export function eventFile(event: GeneratedEvent, options: GenerateOptions): GeneratedFile {
  const { contract, names, members } = event;
  const { source, detailType } = contract.type;
  const carried = Object.values(members).map(literal).join(' | ') || 'never';
  const parameters = [literal(source), literal(detailType), 'Detail', carried];
  const fields = Object.entries(members).map(([name, member]) => `${name}: ${literal(member)}`);
  const text = [
    header(options, contract.span.document.path),
    importLine(['defineContract', 'type EventContract', 'type EventEnvelope'], runtimeFrom(options, 1)),
    importLine([`${names.type} as Detail`], sibling('types', options, 1), true),
    importLine(['validator'], sibling(`validators/${names.value}`, options, 1)),
    '\n',
    docComment([`${contract.type.detailType} as EventBridge delivers it.`]),
    `export type ${names.type}Event = EventEnvelope<${literal(source)}, ${literal(detailType)}, Detail>;\n\n`,
    docComment(describe(event)),
    `export const ${names.value}: EventContract<\n`,
    parameters.map((parameter) => `  ${parameter}`).join(',\n'),
    '\n> = /* @__PURE__ */ defineContract({\n',
    `  source: ${literal(source)},\n`,
    `  detailType: ${literal(detailType)},\n`,
    contract.bus === undefined ? '' : `  bus: ${literal(contract.bus)},\n`,
    fields.length === 0 ? '  fields: {},\n' : `  fields: { ${fields.join(', ')} },\n`,
    '  validator,\n',
    '});\n\n',
    docComment([`Whether a value is the detail of ${contract.id}.`]),
    `export function is${names.type}(detail: unknown): detail is Detail {\n`,
    '  return validator(detail);\n',
    '}\n',
  ].join('');
  return { path: `events/${names.value}.ts`, text };
}

/** What the schema says of the event type, and whose it is. */
export function describe({ contract }: GeneratedEvent): string[] {
  const { description, title, owner, id } = contract;
  const lines = [description ?? title ?? id];
  if (owner !== undefined) lines.push('', `Owner: ${owner}`);
  return lines;
}
