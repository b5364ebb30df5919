/** The text of a string literal with its quotes, or of a piece of a template. */
export function unquote(literal: string): string {
  return unescape(literal.slice(1, literal.length > 1 ? -1 : undefined));
}

const simple: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
};

export function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))/g,
    (_whole, wide?: string, four?: string, two?: string, sign?: string) => {
      const code = wide ?? four ?? two;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : '';
      }
      return /^[\r\n]/.test(sign!) ? '' : (simple[sign!] ?? sign!);
    },
  );
}
