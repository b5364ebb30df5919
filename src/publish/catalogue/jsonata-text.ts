import { hole } from '../../json/holes.ts';

/** A literal, an `&`, or a run of anything else up to the next `&`. */
const piece = /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^&"'()[\]{}?:]+))\s*(?:&|$)/gy;

/**
 * A JSONata expression that makes a text: literals joined by `&`, everything else a hole; an expression of any other
 * shape is one hole.
 *
 * https://docs.jsonata.org/string-functions
 */
export function jsonataText(expression: string, what: string): string {
  const text = expression.trim();
  const parts: string[] = [];
  let holes = 0;
  let at = 0;
  piece.lastIndex = 0;
  while (at < text.length) {
    piece.lastIndex = at;
    const match = piece.exec(text);
    if (!match) return hole(what);
    const literal = match[1] ?? match[2];
    parts.push(literal === undefined ? hole(holes++ === 0 ? what : `${what} ${holes}`) : unescape(literal));
    at = piece.lastIndex;
  }
  return parts.length === 0 ? hole(what) : parts.join('');
}

function unescape(literal: string): string {
  return literal.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_whole, code: string | undefined, sign: string) =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : ({ n: '\n', t: '\t', r: '\r' }[sign] ?? sign),
  );
}
