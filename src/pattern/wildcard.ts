/** The language of `wildcard`: `*` is any run of characters, also none; `\*` and `\\` are themselves. */

export interface WildcardProblem {
  /** The service's sentence. */
  readonly reason: string;
  /** UTF-16 offset in the text. */
  readonly at: number;
}

/** The literal parts between the stars with escapes resolved, or what is wrong. */
export function parseWildcard(text: string): readonly string[] | WildcardProblem {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text[i]!;
    if (unit === '*') {
      if (text[i + 1] === '*') return problem('Consecutive wildcard characters', text, i);
      parts.push(part);
      part = '';
    } else if (unit === '\\') {
      const next = text[++i];
      if (next !== '*' && next !== '\\') return problem('Invalid escape character', text, i - 1);
      part += next;
    } else {
      part += unit;
    }
  }
  parts.push(part);
  return parts;
}

/** The service counts bytes of UTF-8, and the quotation mark in front. */
function problem(what: string, text: string, at: number): WildcardProblem {
  return { reason: `${what} at pos ${new TextEncoder().encode(text.slice(0, at)).length + 1}`, at };
}

/** Parts → text that parses to them again. */
export function printWildcard(parts: readonly string[]): string {
  return parts.map((part) => part.replace(/[\\*]/g, '\\$&')).join('*');
}

/** Whether a text is the parts in order with anything between them. Each part is looked for once, leftmost first. */
export function matchesWildcard(parts: readonly string[], text: string): boolean {
  const first = parts[0]!;
  if (parts.length === 1) return text === first;
  const last = parts[parts.length - 1]!;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  let from = first.length;
  const end = text.length - last.length;
  for (let i = 1; i < parts.length - 1; i++) {
    const part = parts[i]!;
    const found = text.indexOf(part, from);
    if (found < 0 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}
