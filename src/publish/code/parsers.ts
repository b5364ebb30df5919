import type { Parser } from '@lezer/common';

/** The parsers of the languages that code is read in. */
export interface Parsers {
  readonly javascript: Parser;
  readonly typescript: Parser;
  readonly tsx: Parser;
  readonly python: Parser;
  /** Only where something runs Java. */
  readonly java?: Parser;
}

/** Loads the parsers: only who reads code pays for them, and for Java's only who runs some. */
export async function loadParsers({ java = false }: { readonly java?: boolean } = {}): Promise<Parsers> {
  const [javascript, python] = await Promise.all([import('@lezer/javascript'), import('@lezer/python')]);
  return parsersOf(javascript, python, java ? await import('@lezer/java') : undefined);
}

/** The parsers of the packages that have them. */
export function parsersOf(
  javascript: typeof import('@lezer/javascript'),
  python: typeof import('@lezer/python'),
  java?: typeof import('@lezer/java'),
): Parsers {
  return {
    javascript: javascript.parser.configure({ dialect: 'jsx' }),
    typescript: javascript.parser.configure({ dialect: 'ts' }),
    tsx: javascript.parser.configure({ dialect: 'ts jsx' }),
    python: python.parser,
    ...(java ? { java: java.parser } : {}),
  };
}
