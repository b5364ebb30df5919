import type { AST } from '@eslint-community/regexpp';
import { complement, intersection, union } from './boolean.ts';
import { words } from './build.ts';
import { type CharSet, charSet, includesChars, intersectChars, NON_WORD_CHARS, WORD_CHARS } from './chars.ts';
import { concat, repeat, sequence, word } from './concat.ts';
import { chars } from './primitive.ts';
import { type ClassFlags, classSet, Unsupported } from './regex-classes.ts';
import { ALL, ANY, EPSILON, type Language, lazy, NONE } from './term.ts';

/**
 * Where in the word a part of an expression begins to match, as far as assertions can tell: at the start, after a
 * word character, or after another; and whether the innermost loop has consumed something in this round.
 */
type Place = 0 | 1 | 2 | 3 | 4 | 5;
const START: Place = 0;
const WORD = 1;
const OTHER = 2;
const CONSUMED = 3;

const AFTER_WORD: Place = (WORD + CONSUMED) as Place;
const AFTER_OTHER: Place = (OTHER + CONSUMED) as Place;
/** A repetition around assertions is written out up to this many rounds. */
const ROUNDS = 64;

const ENDS_IN_WORD = concat(ALL, chars(WORD_CHARS));
const ENDS_IN_OTHER = concat(ALL, chars(NON_WORD_CHARS));
const BEGINS_WITH_WORD = concat(chars(WORD_CHARS), ALL);

/** What the rest of the word must be, after a part that ended at the place. */
type Rest = (place: Place) => Language;

export interface CompileOptions extends ClassFlags {
  /** Read what is not supported as if it always matched: the result is an over-approximation. */
  readonly loose: boolean;
}

/**
 * The words in which the expression is found, anywhere. Parts with assertions are compiled backwards, each given
 * the language of what follows it: an assertion is then an intersection, and needs no term of its own.
 */
export function compileRegex(alternatives: readonly AST.Alternative[], options: CompileOptions): Compiled {
  const compiler = new Compiler(options);
  const language = compiler.found(alternatives);
  return { language, even: compiler.even };
}

export interface Compiled {
  readonly language: Language;
  /** Whether no part tells a surrogate from another, or from a character beyond the basic plane. */
  readonly even: boolean;
}

const WIDE = charSet([0xd800, 0xdfff, 0x10000, 0x10ffff]);

class Compiler {
  private readonly options: CompileOptions;
  even = true;
  private readonly pureNodes = new Map<AST.Node, boolean>();

  constructor(options: CompileOptions) {
    this.options = options;
  }

  found(alternatives: readonly AST.Alternative[]): Language {
    const end: Rest = () => ALL;
    const at = (place: Place) => this.either(alternatives, place, end);
    const start = at(START);
    const word = at(WORD);
    const other = at(OTHER);
    if (word === other) {
      return start === word ? anywhere(word) : union([start, concat(repeat(ANY, 1, Infinity), word)]);
    }
    return union([start, concat(ENDS_IN_WORD, word), concat(ENDS_IN_OTHER, other)]);
  }

  private either(alternatives: readonly AST.Alternative[], place: Place, rest: Rest): Language {
    return union(alternatives.map((alternative) => this.inOrder(alternative.elements, place, rest)));
  }

  private inOrder(elements: readonly AST.Element[], place: Place, rest: Rest): Language {
    let following = rest;
    for (let i = elements.length - 1; i >= 0; i--) {
      const after = following;
      const first = this.startOfRun(elements, i);
      if (first < i) {
        // All but the last of a run without assertions in one piece: long literals must not recurse.
        const part = this.pureSequence(elements.slice(first, i + 1));
        following = once((at) => this.followed(part, at, after));
        i = first;
      } else {
        const element = elements[i]!;
        following = once((at) => this.compile(element, at, after));
      }
    }
    return following(place);
  }

  /** Where the run of parts without assertions begins that ends at `end`, if it is not the end of a longer run. */
  private startOfRun(elements: readonly AST.Element[], end: number): number {
    const next = elements[end + 1];
    if (!this.isPure(elements[end]!) || !next || !this.isPure(next)) return end;
    let first = end;
    while (first > 0 && this.isPure(elements[first - 1]!)) first--;
    return first;
  }

  private compile(node: AST.Element, place: Place, rest: Rest): Language {
    if (this.isPure(node)) return this.followed(this.term(node), place, rest);
    switch (node.type) {
      case 'Group':
      case 'CapturingGroup':
        if (node.type === 'Group' && node.modifiers) return this.unsupported('inline modifiers', rest(place));
        return this.either(node.alternatives, place, rest);
      case 'Quantifier':
        return this.quantified(node, place, rest);
      case 'Assertion':
        return this.assertion(node, place, rest(place));
      case 'Backreference':
        return this.unsupported('backreference', this.followed(ALL, place, rest));
      default:
        throw new Unsupported(node.type);
    }
  }

  private unsupported(construct: string, loose: Language): Language {
    if (!this.options.loose) throw new Unsupported(construct);
    return loose;
  }

  private assertion(node: AST.Assertion, place: Place, rest: Language): Language {
    switch (node.kind) {
      case 'start':
        return place % 3 === START ? rest : NONE;
      case 'end':
        return intersection([EPSILON, rest]);
      case 'word': {
        const boundary =
          (place % 3 === WORD) !== node.negate ? complement(BEGINS_WITH_WORD) : BEGINS_WITH_WORD;
        return intersection([boundary, rest]);
      }
      case 'lookahead': {
        if (node.negate && this.options.loose) return rest;
        const seen = this.either(node.alternatives, place, () => ALL);
        return intersection([node.negate ? complement(seen) : seen, rest]);
      }
      case 'lookbehind':
        return this.unsupported('lookbehind', rest);
    }
  }

  /** A round that consumed nothing is not taken, as in ECMA-262, unless the least count asks for it. */
  private quantified(node: AST.Quantifier, place: Place, rest: Rest): Language {
    const { element, min, max } = node;
    const rounds = max === Number.POSITIVE_INFINITY ? min : max;
    if (rounds > ROUNDS)
      return this.unsupported('assertion inside a long counted repetition', this.followed(ALL, place, rest));
    let following: Rest = max === Number.POSITIVE_INFINITY ? this.loop(element, rest) : rest;
    for (let i = rounds; i > 0; i--) {
      const after = following;
      following = once((at) =>
        i <= min ? this.compile(element, at, after) : union([rest(at), this.round(element, at, after)]),
      );
    }
    return following(place);
  }

  /** One round that consumes something, then `after`. */
  private round(element: AST.Element, place: Place, after: Rest): Language {
    const fresh = (place % 3) as Place;
    return this.compile(element, fresh, (at) => (at >= CONSUMED ? after(at) : NONE));
  }

  private loop(element: AST.Element, rest: Rest): Rest {
    return once((place) => {
      const done = rest(place);
      const again: Rest = (at) => self(at);
      const self = this.loops(element, rest, again);
      return union([done, this.round(element, place, again)]);
    });
  }

  private loops(element: AST.Element, rest: Rest, again: Rest): Rest {
    return once((place) => {
      const done = rest(place);
      return lazy(() => union([done, this.round(element, place, again)]), {
        min: 0,
        nullable: done.nullable,
      });
    });
  }

  /** A part without assertions, then the rest, which may ask what the part's last character was. */
  private followed(part: Language, place: Place, rest: Rest): Language {
    const word = rest(AFTER_WORD);
    const other = rest(AFTER_OTHER);
    const skipped = part.nullable ? rest(place) : NONE;
    if (word === other) {
      return !part.nullable || skipped === word
        ? concat(part, word)
        : union([skipped, concat(nonEmpty(part), word)]);
    }
    return union([skipped, concat(endingIn(part, true), word), concat(endingIn(part, false), other)]);
  }

  private isPure(node: AST.Node): boolean {
    let pure = this.pureNodes.get(node);
    if (pure === undefined) {
      pure = this.findPure(node);
      this.pureNodes.set(node, pure);
    }
    return pure;
  }

  private findPure(node: AST.Node): boolean {
    switch (node.type) {
      case 'Assertion':
      case 'Backreference':
        return false;
      case 'Group':
        return !node.modifiers && node.alternatives.every((part) => this.isPure(part));
      case 'CapturingGroup':
        return node.alternatives.every((part) => this.isPure(part));
      case 'Alternative':
        return node.elements.every((part) => this.isPure(part));
      case 'Quantifier':
        return this.isPure(node.element);
      default:
        return true;
    }
  }

  /** Alternatives that are literal words become one list: expressions with thousands of them exist. */
  private pureAlternatives(alternatives: readonly AST.Alternative[]): Language {
    const literals: string[] = [];
    const others: Language[] = [];
    for (const { elements } of alternatives) {
      const literal = this.literal(elements);
      if (literal === undefined) others.push(this.pureSequence(elements));
      else literals.push(literal);
    }
    return union([words(literals), ...others]);
  }

  private pureSequence(elements: readonly AST.Element[]): Language {
    const literal = this.literal(elements);
    return literal === undefined ? sequence(elements.map((element) => this.term(element))) : word(literal);
  }

  /** The text that the elements spell; code units that are halves of characters are none. */
  private literal(elements: readonly AST.Element[]): string | undefined {
    if (this.options.ignoreCase) return undefined;
    let text = '';
    for (const element of elements) {
      if (element.type !== 'Character' || (element.value >= 0xd800 && element.value <= 0xdfff))
        return undefined;
      text += String.fromCodePoint(element.value);
    }
    return text;
  }

  private term(node: AST.Element): Language {
    switch (node.type) {
      case 'Group':
      case 'CapturingGroup':
        return this.pureAlternatives(node.alternatives);
      case 'Quantifier':
        return repeat(this.term(node.element), node.min, node.max);
      case 'Character':
      case 'CharacterClass':
      case 'CharacterSet':
        return this.oneOf(classSet(node, this.options));
      default:
        throw new Unsupported(node.type);
    }
  }

  private oneOf(set: CharSet): Language {
    const wide = intersectChars(set, WIDE).size;
    this.even &&= wide === 0 || wide === WIDE.size;
    return chars(set);
  }
}

function once(rest: Rest): Rest {
  const known: (Language | undefined)[] = [];
  return (place) => (known[place] ??= rest(place));
}

/** `[^]*·x`, for each x of a union by itself. */
function anywhere(term: Language): Language {
  return term.kind === 'union' ? union(term.items.map((item) => concat(ALL, item))) : concat(ALL, term);
}

function nonEmpty(part: Language): Language {
  if (!part.nullable) return part;
  if (part.kind === 'repeat' && !part.inner.nullable) return repeat(part.inner, 1, part.to);
  return intersection([part, repeat(ANY, 1, Number.POSITIVE_INFINITY)]);
}

/** The members that end in a word character, or the non-empty ones that do not. */
function endingIn(part: Language, word: boolean): Language {
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
