import { createHash } from 'node:crypto';

/** A text as a literal of TypeScript: quotes, newlines and whatever else is in it cannot end it. */
export function literal(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `'${escaped}'`;
}

/** Text that is to stand in a block comment: it cannot end it, and control characters are gone. */
export function commentText(text: string): string {
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f\u2028\u2029]/g, ' ').replaceAll('*/', '*\\/');
}

/** A doc comment of some paragraphs; none gives no comment. */
export function docComment(lines: readonly string[]): string {
  const texts = lines.flatMap((line) => commentText(line).split('\n')).map((line) => line.trimEnd());
  if (texts.length === 0) return '';
  if (texts.length === 1) return `/** ${texts[0]} */\n`;
  return `/**\n${texts.map((line) => (line === '' ? ' *' : ` * ${line}`)).join('\n')}\n */\n`;
}

/** Text of a line comment, which a line end would leave. */
export function lineComment(text: string): string {
  return `// ${commentText(text).replaceAll('\n', ' ')}`;
}

/** Eight digits that a text always has, for names that would be alike otherwise. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
