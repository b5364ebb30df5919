import { intersection } from './boolean.ts';
import { includesChars, intersectChars, NON_WORD_CHARS, WORD_CHARS } from './chars.ts';
import { concat, repeat } from './concat.ts';
import { chars } from './primitive.ts';
import { ALL, ANY, type Language, NONE } from './term.ts';

const ENDS_IN_WORD = concat(ALL, chars(WORD_CHARS));
const ENDS_IN_OTHER = concat(ALL, chars(NON_WORD_CHARS));

/** The members but the empty string. */
export function nonEmpty(part: Language): Language {
  if (!part.nullable) return part;
  if (part.kind === 'repeat' && !part.inner.nullable) return repeat(part.inner, 1, part.to);
  return intersection([part, repeat(ANY, 1, Number.POSITIVE_INFINITY)]);
}

/** The members that end in a word character, or the non-empty ones that do not. */
export function endingIn(part: Language, word: boolean): Language {
  const wanted = word ? WORD_CHARS : NON_WORD_CHARS;
  if (part.kind === 'chars') return chars(intersectChars(part.set, wanted));
  if (part.kind === 'repeat' && part.inner.kind === 'chars') {
    if (includesChars(wanted, part.inner.set)) return nonEmpty(part);
    if (intersectChars(wanted, part.inner.set).size === 0) return NONE;
    const before = repeat(part.inner, Math.max(0, part.from - 1), part.to - 1);
    return concat(before, chars(intersectChars(part.inner.set, wanted)));
  }
  return intersection([part, word ? ENDS_IN_WORD : ENDS_IN_OTHER]);
}
