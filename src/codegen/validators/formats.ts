import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

interface NumberFormat {
  readonly type: 'number';
  readonly validate: (value: number) => boolean;
}
type Format =
  | true
  | RegExp
  | ((text: string) => boolean)
  | NumberFormat
  | { readonly validate: RegExp | ((text: string) => boolean) };

/** The formats of ajv-formats, as its plain module holds them. */
const { fullFormats } = require('ajv-formats/dist/formats') as {
  fullFormats: Readonly<Record<string, Format>>;
};

/** What is asserted of `format`: all that ajv-formats knows, checked in full. */
export function formatDefinitions(): Readonly<Record<string, Format>> {
  return fullFormats;
}

/** The formats that are functions, by the name the runtime exports them under. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  date: 'isDate',
  time: 'isTime',
  'date-time': 'isDateTime',
  'iso-time': 'isIsoTime',
  'iso-date-time': 'isIsoDateTime',
  regex: 'isRegex',
  byte: 'isByte',
  int32: 'isInt32',
  int64: 'isInt64',
};

/** The code that checks a format, and what it imports of the runtime. */
export interface FormatCode {
  readonly code: string;
  readonly imports: readonly string[];
}

/** How a format is written into a validator; undefined for a name that is not one of {@link formatDefinitions}. */
export function formatCode(name: string): FormatCode | undefined {
  if (!Object.hasOwn(fullFormats, name)) return undefined;
  const definition = fullFormats[name]!;
  if (name === 'uri') return { code: `(text) => ${absoluteUri()}.test(text)`, imports: [] };
  if (name === 'float' || name === 'double') return { code: '{ validate: () => true }', imports: [] };
  const own = FUNCTIONS[name];
  if (own !== undefined) {
    // Formats that can be compared, and those of numbers, are objects to Ajv.
    const isPlain = typeof definition === 'function';
    return { code: isPlain ? own : `{ validate: ${own} }`, imports: [own] };
  }
  return definition instanceof RegExp ? { code: String(definition), imports: [] } : undefined;
}

/** The regular expression of a relative reference, but with a scheme that may not be missing, nor what follows it. */
function absoluteUri(): RegExp {
  const { source, flags } = fullFormats['uri-reference'] as RegExp;
  const scheme = '^(?:[a-z][a-z0-9+\\-.]*:)?';
  const query = ')?(?:\\?(?:';
  const at = source.lastIndexOf(query);
  if (!source.startsWith(scheme) || at < 0)
    throw new Error('ajv-formats writes uri-reference in another way');
  const path = source.slice(scheme.length, at);
  return new RegExp(
    scheme.slice(0, -1) + path + query.replace('?', '') + source.slice(at + query.length),
    flags,
  );
}
