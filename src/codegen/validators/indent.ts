/** Indents Ajv's lines, of which each opens or closes at most one block, at its end and its beginning. */
export function indent(lines: readonly string[]): string {
  let depth = 0;
  const texts = lines.map((line) => {
    if (line.startsWith('}')) depth = Math.max(0, depth - 1);
    const text = '  '.repeat(Math.min(depth, 20)) + line;
    if (line.endsWith('{')) depth++;
    return text;
  });
  return `${texts.join('\n')}\n`;
}
