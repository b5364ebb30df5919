import { BACKSLASH, BROKEN, CLOSE_BRACE, CLOSE_BRACKET, COMMA, QUOTE, type Units } from './skip.ts';

/**
 * Skipping over text that is known to be JSON: only quotes and brackets are looked at. Two 0 must stand after the
 * text, since an escape takes two units unseen. On other text the result
 * is some index after `from` or {@link BROKEN}, in time linear in the text.
 */

/** From after the opening quote to after the closing one. */
export function skipTrustedString(units: Units, from: number): number {
  let at = from;
  for (;;) {
    const unit = units[at++]!;
    if (unit > QUOTE) {
      if (unit === BACKSLASH) at++;
    } else if (unit === QUOTE) {
      return at;
    } else if (unit === 0) {
      return BROKEN;
    }
  }
}

/** Any value. */
export function skipTrustedValue(units: Units, from: number): number {
  let at = from;
  let unit = units[at]!;
  if (unit === QUOTE) return skipTrustedString(units, at + 1);
  if (isOpen(unit)) return skipTrustedLevels(units, at + 1, 1);
  while (unit > 0x20 && unit !== COMMA && unit !== CLOSE_BRACE && unit !== CLOSE_BRACKET) unit = units[++at]!;
  return at;
}

/** From inside of some containers to after the end of the outermost. */
export function skipTrustedLevels(units: Units, from: number, levels: number): number {
  let at = from;
  let depth = levels;
  for (;;) {
    let unit = units[at++]!;
    // Digits, points, colons, commas: one comparison each for what lies between a quote and a bracket.
    while ((unit - 0x23) >>> 0 < 0x38) unit = units[at++]!;
    if (unit > 0x5a) {
      if (isOpen(unit)) depth++;
      else if ((unit | 0x20) === 0x7d && --depth === 0) return at;
    } else if (unit === QUOTE) {
      at = skipTrustedString(units, at);
      if (at < 0) return BROKEN;
    } else if (unit === 0) {
      return BROKEN;
    }
  }
}

/** `{` and `[` differ in one bit, as do `}` and `]`. */
function isOpen(unit: number): boolean {
  return (unit | 0x20) === 0x7b;
}
