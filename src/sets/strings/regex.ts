import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { Budget } from '../budget.ts';
import { approximate } from './approximate.ts';
import { intersection } from './boolean.ts';
import { Cache } from './cache.ts';
import { charSet } from './chars.ts';
import { sequence } from './concat.ts';
import { chars } from './primitive.ts';
import { isEmpty } from './questions.ts';
import { Unsupported } from './regex-classes.ts';
import { type Compiled, type CompileOptions, compileRegex } from './regex-compile.ts';
import { ALL, type Language } from './term.ts';
import { units } from './units.ts';

export interface RegexReading {
  /** The strings in which the expression is found. Approximate if `reason` is given. */
  readonly language: Language;
  /** Whether it was read with the `u` flag; false where only the reading without it is valid. */
  readonly unicode: boolean;
  /** The construct that could not be read exactly. */
  readonly reason?: string;
}

export interface InvalidRegex {
  /** What the engine says is wrong with the expression. */
  readonly invalid: string;
}

/** Longer expressions are not read. */
const LONGEST = 100_000;
/** Deeper groups are not read: reading recurses. */
const DEEPEST = 250;

const readings = new Cache<string, RegexReading | InvalidRegex>(5_000);

/**
 * Reads an ECMA-262 regular expression as the set of strings in which it is found, unanchored as JSON Schema
 * has it, with the `u` flag; without, if only that is valid (`\-`), and then over UTF-16 code units.
 * Exact for everything but backreferences, lookbehind, inline modifiers and assertions in long counted
 * repetitions: for those the language is approximate, and members are tested with the engine's own RegExp.
 */
export function parseRegex(pattern: string): RegexReading | InvalidRegex {
  const known = readings.get(pattern);
  if (known) return known;
  const reading = read(pattern);
  readings.set(pattern, reading);
  return reading;
}

function read(pattern: string): RegexReading | InvalidRegex {
  for (const flags of ['u', '']) {
    try {
      new RegExp(pattern, flags);
    } catch (error) {
      if (flags === '') return { invalid: (error as Error).message };
      continue;
    }
    const { language, reason } = regexLanguage(pattern, flags);
    const unicode = flags === 'u';
    return reason === undefined ? { language, unicode } : { language, unicode, reason };
  }
  return { invalid: pattern };
}

/** The language of a valid expression under flags out of `i`, `s` and `u`. */
export function regexLanguage(source: string, flags: string): { language: Language; reason?: string } {
  const options: CompileOptions = {
    unicode: flags.includes('u'),
    ignoreCase: flags.includes('i'),
    dotAll: flags.includes('s'),
    loose: false,
  };
  const wide = (compiled: Compiled) => (options.unicode ? compiled.language : overUnits(compiled));
  let alternatives: readonly AST.Alternative[] | undefined;
  try {
    if (source.length > LONGEST || depthOf(source) > DEEPEST)
      throw new Unsupported('very long or deep expression');
    alternatives = new RegExpParser().parsePattern(source, 0, source.length, {
      unicode: options.unicode,
    }).alternatives;
    return { language: wide(compileRegex(alternatives, options)) };
  } catch (error) {
    const reason = blame(error);
    const expression = new RegExp(source, flags);
    const over = alternatives
      ? loosely(() => wide(compileRegex(alternatives!, { ...options, loose: true })))
      : ALL;
    const member = (word: string) => expression.test(word);
    const language = approximate({ key: `/${source}/${flags}`, over, member, reason });
    return { language, reason };
  }
}

/** Steps for finding out that no character beyond the basic plane can occur. */
const LOOKED = 5_000;
const BEYOND = sequence([ALL, chars(charSet([0xd800, 0xdfff, 0x10000, 0x10ffff])), ALL]);

/** The strings whose code units are in the language. Where none of them is a half of a character, it stays. */
function overUnits({ language, even }: Compiled): Language {
  if (!language.surrogates) return language;
  const parts = language.kind === 'intersection' ? language.items : [language];
  const basic =
    even && parts.some((part) => isEmpty(intersection([part, BEYOND]), new Budget(LOOKED)) === true);
  return basic ? language : units(language);
}

function blame(error: unknown): string {
  if (error instanceof Unsupported) return error.construct;
  if (error instanceof RangeError) return 'very deep expression';
  if (error instanceof SyntaxError) return 'syntax newer than the parser';
  throw error;
}

function loosely(compile: () => Language): Language {
  try {
    return compile();
  } catch {
    return ALL;
  }
}

function depthOf(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === '(') deepest = Math.max(deepest, ++depth);
    else if (source[i] === ')') depth--;
  }
  return deepest;
}
