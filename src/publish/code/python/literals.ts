/** A string literal: its prefix, its quotes and its text as written. */
export interface Literal {
  readonly prefix: string;
  readonly body: string;
  /** Offset of the body within the literal. */
  readonly start: number;
}

export function literalOf(text: string): Literal {
  const match = /^([a-zA-Z]*)("""|'''|"|')/.exec(text);
  if (!match) return { prefix: '', body: text, start: 0 };
  const start = match[0].length;
  const end =
    text.endsWith(match[2]!) && text.length >= start + match[2]!.length
      ? text.length - match[2]!.length
      : text.length;
  return { prefix: match[1]!.toLowerCase(), body: text.slice(start, end), start };
}

const simple: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  0: '\0',
};

export function unescape(body: string, prefix: string): string {
  if (prefix.includes('r') || !body.includes('\\')) return body;
  return body.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(\r\n|[\s\S]))/g,
    (_whole, two?: string, four?: string, sign?: string) => {
      const code = two ?? four;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      if (/^[\r\n]/.test(sign!)) return '';
      return simple[sign!] ?? (/["'\\]/.test(sign!) ? sign! : `\\${sign}`);
    },
  );
}
