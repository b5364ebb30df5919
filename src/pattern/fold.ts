/**
 * Matching without regard to case, as Event Ruler does it: each character of the pattern stands for exactly its
 * lower-case and its upper-case form, and nothing else. So `ß` accepts `ß` and `SS` but not `ss`, and `ǅ` does not
 * accept itself. Comparing `toLowerCase()` of both sides, or a `/i` expression, gives other answers.
 *
 * Event Ruler maps UTF-16 units one by one and so loses characters beyond U+FFFF; here these are folded whole.
 */

/** The texts one character of a pattern accepts: its lower-case form, and its upper-case form if that differs. */
export function foldsOf(character: string): readonly string[] {
  const lower = character.toLowerCase();
  const upper = character.toUpperCase();
  return lower === upper ? [lower] : [lower, upper];
}

export function equalsIgnoreCase(pattern: string, text: string): boolean {
  return endsOf(pattern, text).includes(text.length);
}

export function startsIgnoreCase(pattern: string, text: string): boolean {
  return endsOf(pattern, text).length > 0;
}

export function endsIgnoreCase(pattern: string, text: string): boolean {
  let starts = [text.length];
  for (const character of Array.from(pattern).reverse()) {
    const folds = foldsOf(character);
    starts = step(starts, folds, (at, fold) => (text.endsWith(fold, at) ? at - fold.length : undefined));
  }
  return starts.length > 0;
}

/** Offsets at which the pattern may end if it is laid on the start of the text. */
function endsOf(pattern: string, text: string): readonly number[] {
  let ends = [0];
  for (const character of pattern) {
    const folds = foldsOf(character);
    ends = step(ends, folds, (at, fold) => (text.startsWith(fold, at) ? at + fold.length : undefined));
    if (ends.length === 0) break;
  }
  return ends;
}

/** Offsets after one more character; the forms of a character may differ in length, so there may be several. */
function step(
  offsets: readonly number[],
  folds: readonly string[],
  advance: (at: number, fold: string) => number | undefined,
): number[] {
  const next = new Set<number>();
  for (const at of offsets) {
    for (const fold of folds) {
      const moved = advance(at, fold);
      if (moved !== undefined) next.add(moved);
    }
  }
  return [...next];
}
