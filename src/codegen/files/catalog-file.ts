import { isObject, type JsonObject, type JsonValue, own } from '../../json/value.ts';
import type { GeneratedEvent } from '../catalogue.ts';
import { type GeneratedFile, header, importLine, runtimeFrom } from '../generated-file.ts';
import type { GenerateOptions } from '../options.ts';
import { literal } from '../text.ts';
import { code } from '../validators/literals.ts';

/** `catalog.ts`: what tests and tools want to know of all event types. Files that schemas share are there once. */
export function catalogFile(events: readonly GeneratedEvent[], options: GenerateOptions): GeneratedFile {
  const files = new Map<string, string>();
  const declarations: string[] = [];
  const share = (schema: JsonValue): string => {
    const key = JSON.stringify(schema);
    const known = files.get(key);
    if (known !== undefined) return known;
    const name = `file${files.size}`;
    files.set(key, name);
    declarations.push(`const ${name}: JsonSchema = ${code(schema)};\n`);
    return name;
  };
  const entries = events.map((event) => entry(event, share));
  const text = [
    header(options, 'all event schemas'),
    importLine(
      declarations.length === 0 ? ['CatalogEntry'] : ['CatalogEntry', 'JsonSchema'],
      runtimeFrom(options),
      true,
    ),
    '\n',
    declarations.join(''),
    declarations.length === 0 ? '' : '\n',
    '/** Every event type by `source@DetailType`. Each `schema` is complete: it holds what it refers to. */\n',
    'export const catalog: Readonly<Record<string, CatalogEntry>> = {\n',
    entries.join(''),
    '};\n',
  ].join('');
  return { path: 'catalog.ts', text };
}

function entry({ contract, names }: GeneratedEvent, share: (schema: JsonValue) => string): string {
  const { id, type, owner, title, description, bus, examples, span } = contract;
  const optional = { owner, title, description, bus };
  const lines = [
    `name: ${literal(names.value)}`,
    `source: ${literal(type.source)}`,
    `detailType: ${literal(type.detailType)}`,
    ...Object.entries(optional).flatMap(([key, text]) =>
      text === undefined ? [] : [`${key}: ${literal(text)}`],
    ),
    `file: ${literal(span.document.path)}`,
    `schema: ${schemaCode(contract.detailSchema, share)}`,
    `examples: ${code(examples)}`,
  ];
  const key = id === '__proto__' ? `[${literal(id)}]` : literal(id);
  return `  ${key}: {\n${lines.map((line) => `    ${line},\n`).join('')}  },\n`;
}

/** The schema of detail, with the files it holds by name. */
function schemaCode(schema: JsonValue, share: (schema: JsonValue) => string): string {
  if (!isObject(schema)) return code(schema);
  const members = Object.entries(schema).map(([keyword, value]) => {
    const holds = (keyword === '$defs' || keyword === 'definitions') && isObject(value);
    return `${literal(keyword)}: ${holds ? filesCode(value, share) : code(value)}`;
  });
  return `{ ${members.join(', ')} }`;
}

function filesCode(files: JsonObject, share: (schema: JsonValue) => string): string {
  const members = Object.keys(files)
    .sort()
    .map((uri) => {
      const file = own(files, uri)!;
      return `${literal(uri)}: ${isObject(file) ? share(file) : code(file)}`;
    });
  return `{ ${members.join(', ')} }`;
}
