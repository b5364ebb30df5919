import type { AST } from '@eslint-community/regexpp';
import { Cache } from './cache.ts';
import {
  ANY_CHAR,
  BASIC,
  type CharSet,
  charSet,
  charsOf,
  complementChars,
  includesChars,
  intersectChars,
  LAST,
  LINE_TERMINATORS,
  oneChar,
  SPACES,
  subtractChars,
  unionChars,
  WORD_CHARS,
} from './chars.ts';

/** A node of a regular expression that stands for one character. */
export type CharacterNode = AST.Character | AST.CharacterClass | AST.CharacterSet;

/** The flags that change what one character means. */
export interface ClassFlags {
  readonly unicode: boolean;
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
}

/** Thrown for a construct that this reading does not cover. */
export class Unsupported extends Error {
  readonly construct: string;
  constructor(construct: string) {
    super(construct);
    this.construct = construct;
  }
}

const DIGITS = charSet([0x30, 0x39]);
const ASCII = charSet([0, 0x7f]);

/** The characters that a node of one character matches. */
export function classSet(node: CharacterNode, flags: ClassFlags): CharSet {
  const plain = plainSet(node, flags);
  return flags.ignoreCase ? withCases(node, plain, flags) : plain;
}

function plainSet(node: CharacterNode, flags: ClassFlags): CharSet {
  if (node.type === 'Character') return oneChar(node.value);
  if (node.type === 'CharacterSet') return escapeSet(node, flags);
  if (node.unicodeSets) throw new Unsupported('character class of the v flag');
  let set = charSet([]);
  for (const element of node.elements) {
    if (element.type === 'CharacterClassRange') {
      set = unionChars(set, charSet([element.min.value, element.max.value]));
    } else set = unionChars(set, plainSet(element, flags));
  }
  return node.negate ? complementChars(set) : set;
}

function escapeSet(node: AST.CharacterSet, flags: ClassFlags): CharSet {
  switch (node.kind) {
    case 'any':
      return flags.dotAll ? ANY_CHAR : complementChars(LINE_TERMINATORS);
    case 'digit':
      return node.negate ? complementChars(DIGITS) : DIGITS;
    case 'space':
      return node.negate ? complementChars(SPACES) : SPACES;
    case 'word':
      return node.negate ? complementChars(WORD_CHARS) : WORD_CHARS;
    case 'property':
      return matched(node.raw);
  }
}

const matches = new Cache<string, CharSet>(500);
let everyCharacter: string | undefined;

/** The characters a one-character expression matches under `u`, asked of the engine that runs us. */
function matched(raw: string): CharSet {
  const known = matches.get(raw);
  if (known) return known;
  everyCharacter ??= allText();
  const ranges: number[] = [];
  for (const { 0: run } of everyCharacter.matchAll(new RegExp(`(?:${raw})+`, 'gu'))) {
    const low = run.codePointAt(0)!;
    const last = run.codePointAt(run.length - 2) ?? 0;
    const high = last > 0xffff ? last : run.charCodeAt(run.length - 1);
    if (low < 0xd800 && high > 0xdfff) ranges.push(low, 0xd7ff, 0xe000, high);
    else ranges.push(low, high);
  }
  if (new RegExp(raw, 'u').test('\ud800')) ranges.push(0xd800, 0xdfff);
  const set = charSet(ranges);
  matches.set(raw, set);
  return set;
}

function allText(): string {
  const parts: string[] = [];
  for (let start = 0; start <= LAST; start += 0x800) {
    if (start === 0xd800) continue;
    parts.push(String.fromCodePoint(...Array.from({ length: 0x800 }, (_, i) => start + i)));
  }
  return parts.join('');
}

/** Characters with case are few: the engine is asked about each of them. */
function withCases(node: CharacterNode, plain: CharSet, flags: ClassFlags): CharSet {
  if (isAscii(plain)) return asciiWithCases(plain, flags);
  const everyCased = matched('[\\p{Changes_When_Casemapped}\\p{Changes_When_Casefolded}\\p{Cased}]');
  const cased = flags.unicode ? everyCased : intersectChars(everyCased, BASIC);
  const key = `${node.raw} ${flags.unicode} ${flags.dotAll}`;
  const known = matches.get(key);
  if (known) return known;
  const expression = new RegExp(`^${node.raw}$`, `i${flags.unicode ? 'u' : ''}${flags.dotAll ? 's' : ''}`);
  const members = charsOf(cased, LAST).filter((c) => expression.test(String.fromCodePoint(c)));
  const set = unionChars(subtractChars(plain, cased), charSet(members.flatMap((c) => [c, c])));
  matches.set(key, set);
  return set;
}

function isAscii(set: CharSet): boolean {
  return includesChars(ASCII, set);
}

/**
 * The other case of ASCII letters, without asking the engine. Beyond ASCII only U+017F folds to s and U+212A to k, and
 * only with the flag u (ECMA-262, Canonicalize).
 */
function asciiWithCases(plain: CharSet, { unicode }: ClassFlags): CharSet {
  const letters = charsOf(plain, 0x80).map((c) => String.fromCodePoint(c));
  const others = letters.flatMap((letter) => [letter.toLowerCase(), letter.toUpperCase()]);
  if (unicode && others.includes('s')) others.push('\u017f');
  if (unicode && others.includes('k')) others.push('\u212a');
  return unionChars(
    plain,
    charSet(others.flatMap((other) => [other.codePointAt(0)!, other.codePointAt(0)!])),
  );
}
