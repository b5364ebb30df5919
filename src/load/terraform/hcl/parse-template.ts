import type { Scanner } from './scanner.ts';
import type { Expression, TemplatePart } from './syntax.ts';

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** Reads an expression that stands in a template. */
export type ReadExpression = () => Expression;

/** A text in double quotes, with `${…}` in it. The scanner stands before the quote. */
export function quoted(scanner: Scanner, read: ReadExpression): Expression {
  const start = scanner.at++;
  const parts = new Parts(scanner);
  for (;;) {
    const sign = scanner.text[scanner.at];
    if (sign === undefined || sign === '\n') scanner.fail('a string is not closed');
    if (sign === '"') break;
    if (sign === '\\') parts.escape();
    else if (!parts.interpolation(read)) parts.plain();
  }
  const found = parts.done();
  scanner.at++;
  return { kind: 'template', parts: found, span: scanner.span(start) };
}

/** `<<EOT` or `<<-EOT`, which takes the common indentation away. */
export function heredoc(scanner: Scanner, read: ReadExpression): Expression {
  const start = scanner.at;
  const head = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy;
  head.lastIndex = start;
  const [written, dash, marker] = head.exec(scanner.text) ?? scanner.fail('a heredoc begins with <<NAME');
  scanner.at += written!.length;
  const body = scanner.at;
  const end = new RegExp(`^[ \\t]*${marker}[ \\t]*\\r?$`, 'mu').exec(scanner.text.slice(body));
  if (!end) scanner.fail(`the heredoc ${marker} does not end`);
  const last = body + end.index;
  const indent = dash ? indentation(scanner.text.slice(body, last)) : 0;
  const parts = new Parts(scanner);
  while (scanner.at < last) {
    const lineStart = scanner.at === body || scanner.text[scanner.at - 1] === '\n';
    if (lineStart && indent > 0) {
      parts.flush();
      scanner.at = Math.min(scanner.at + indent, lineEnd(scanner.text, scanner.at));
      parts.start();
      if (scanner.at >= last) break;
    }
    if (scanner.text[scanner.at] === '\n') {
      scanner.at++;
      continue;
    }
    if (!parts.interpolation(read)) parts.plain();
  }
  const found = parts.done(last);
  scanner.at = last + end[0].length;
  return { kind: 'template', parts: found, span: scanner.span(start) };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function indentation(text: string): number {
  const widths = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  return widths.length === 0 ? 0 : Math.min(...widths);
}

/** Gathers the parts of a template: runs of text as they stand, and what is put in between. */
class Parts {
  private readonly scanner: Scanner;
  private readonly parts: TemplatePart[] = [];
  private from: number;

  constructor(scanner: Scanner) {
    this.scanner = scanner;
    this.from = scanner.at;
  }

  start(): void {
    this.from = this.scanner.at;
  }

  plain(): void {
    this.scanner.at++;
  }

  flush(end = this.scanner.at): void {
    const { scanner, from } = this;
    if (from < end)
      this.parts.push({
        kind: 'text',
        value: scanner.text.slice(from, end),
        span: scanner.span(from, end),
        exact: true,
      });
    this.from = end;
  }

  done(end = this.scanner.at): TemplatePart[] {
    this.flush(end);
    return this.parts;
  }

  escape(): void {
    const { scanner } = this;
    this.flush();
    const rest = scanner.text.slice(scanner.at + 1, scanner.at + 10);
    const code = /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
    const point = Number.parseInt(code?.[1] ?? code?.[2] ?? '', 16);
    const value = code && point <= 0x10ffff ? String.fromCodePoint(point) : escapes[rest[0] ?? ''];
    this.put(
      value ?? scanner.fail('this escape is none of the Terraform language'),
      scanner.at + 1 + (code?.[0].length ?? 1),
    );
  }

  /** `${…}`, `%{…}`, or one of them escaped by a second sign; false when none comes next. */
  interpolation(read: ReadExpression): boolean {
    const { scanner } = this;
    const sign = scanner.text[scanner.at];
    if (sign !== '$' && sign !== '%') return false;
    if (scanner.text.startsWith(`${sign}${sign}{`, scanner.at)) {
      this.flush();
      this.put(`${sign}{`, scanner.at + 3);
      return true;
    }
    if (scanner.text[scanner.at + 1] !== '{') return false;
    this.flush();
    const start = scanner.at;
    scanner.at += 2;
    if (sign === '%') {
      const end = scanner.text.indexOf('}', scanner.at);
      scanner.at = end < 0 ? scanner.text.length : end + 1;
      this.parts.push({ kind: 'directive', span: scanner.span(start) });
    } else {
      if (scanner.text[scanner.at] === '~') scanner.at++;
      const expression = scanner.within(() => {
        const inner = read();
        scanner.skip();
        if (scanner.text[scanner.at] === '~') scanner.at++;
        scanner.expect('}', 'after an expression in a text');
        return inner;
      });
      this.parts.push({ kind: 'value', expression });
    }
    this.start();
    return true;
  }

  private put(value: string, end: number): void {
    const { scanner } = this;
    this.parts.push({ kind: 'text', value, span: scanner.span(scanner.at, end), exact: false });
    scanner.at = end;
    this.from = end;
  }
}
