import { words } from './build.ts';
import { concat, sequence, word } from './concat.ts';
import { ALL, type Language } from './term.ts';

/**
 * Strings equal to the text as event patterns ignore case: each UTF-16 unit of the text stands for its lower-case
 * and its upper-case form, which may be several characters, and for nothing else. So `ß` stands for `ß` and `SS`,
 * but `ss` does not stand for `ß`, and `ǅ` does not stand for itself. Characters beyond the basic plane stand for
 * themselves only.
 */
export function equalsIgnoreCase(text: string): Language {
  return sequence(Array.from(text, eitherCase));
}

/** Strings that start so. */
export function prefixIgnoreCase(text: string): Language {
  return concat(equalsIgnoreCase(text), ALL);
}

/** Strings that end so. */
export function suffixIgnoreCase(text: string): Language {
  return concat(ALL, equalsIgnoreCase(text));
}

function eitherCase(character: string): Language {
  if (character.length > 1) return word(character);
  return words([character.toLowerCase(), character.toUpperCase()]);
}
