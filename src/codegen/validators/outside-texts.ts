/** Replaces in code only: what stands in a text is none, even where it looks like some. */
export function replaceOutsideTexts(
  line: string,
  pattern: RegExp,
  replace: (whole: string, ...groups: string[]) => string,
): string {
  return line
    .split(/("(?:[^"\\]|\\.)*")/)
    .reduce<string[]>(joinIndexes, [])
    .map((piece) => (piece.startsWith('"') ? piece : piece.replace(pattern, replace)))
    .join('');
}

/** A text in brackets is an index and belongs to the code before it. */
function joinIndexes(pieces: string[], piece: string): string[] {
  const last = pieces.at(-1);
  const isIndex = piece.startsWith('"') && last !== undefined && /\bschema\d+[^\s(,]*\[$/.test(last);
  const isAfter =
    last !== undefined && /\bschema\d+[^\s(,]*\["(?:[^"\\]|\\.)*"$/.test(last) && piece.startsWith(']');
  if (isIndex || isAfter) pieces[pieces.length - 1] = last + piece;
  else pieces.push(piece);
  return pieces;
}
