/**
 * Matching without case where the pattern is ASCII, the common case: an ASCII letter of a pattern accepts its two
 * forms and nothing else (no Turkish i, no Kelvin sign), so lengths are equal and units are compared one by one.
 * All other patterns go through fold.ts.
 */

/** The pattern in lower case if it is ASCII, otherwise undefined. */
export function asciiFolder(pattern: string): string | undefined {
  return isAscii(pattern) ? pattern.toLowerCase() : undefined;
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** Whether the text has the folded pattern, in any case, at an offset. */
export function hasAsciiAt(text: string, offset: number, folded: string): boolean {
  if (offset < 0 || offset + folded.length > text.length) return false;
  for (let i = 0; i < folded.length; i++) {
    const unit = text.charCodeAt(offset + i);
    const lower = unit >= 0x41 && unit <= 0x5a ? unit | 0x20 : unit;
    if (lower !== folded.charCodeAt(i)) return false;
  }
  return true;
}

/** ASCII letters in lower case, all other units as they are. */
export function lowerAscii(text: string): string {
  return isAscii(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
