import type { AST } from '@eslint-community/regexpp';
import { complement, intersection, union } from './boolean.ts';
import { WORD_CHARS } from './chars.ts';
import { concat, repeat } from './concat.ts';
import { endingIn, nonEmpty } from './endings.ts';
import { chars } from './primitive.ts';
import { type ClassFlags, Unsupported } from './regex-classes.ts';
import { PlainParts } from './regex-plain.ts';
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
  return { language, even: compiler.plain.even };
}

export interface Compiled {
  readonly language: Language;
  /** Whether no part tells a surrogate from another, or from a character beyond the basic plane. */
  readonly even: boolean;
}

class Compiler {
  readonly plain: PlainParts;
  private readonly loose: boolean;
  private readonly foldsUnicode: boolean;

  constructor(options: CompileOptions) {
    this.plain = new PlainParts(options);
    this.loose = options.loose;
    this.foldsUnicode = options.ignoreCase && options.unicode;
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
    return union([start, concat(endingIn(ALL, true), word), concat(endingIn(ALL, false), other)]);
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
        const part = this.plain.sequence(elements.slice(first, i + 1));
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
    if (!this.plain.has(elements[end]!) || !next || !this.plain.has(next)) return end;
    let first = end;
    while (first > 0 && this.plain.has(elements[first - 1]!)) first--;
    return first;
  }

  private compile(node: AST.Element, place: Place, rest: Rest): Language {
    if (this.plain.has(node)) return this.followed(this.plain.term(node), place, rest);
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
    if (!this.loose) throw new Unsupported(construct);
    return loose;
  }

  private assertion(node: AST.Assertion, place: Place, rest: Language): Language {
    switch (node.kind) {
      case 'start':
        return place % 3 === START ? rest : NONE;
      case 'end':
        return intersection([EPSILON, rest]);
      case 'word': {
        // ſ and the Kelvin sign are word characters then.
        if (this.foldsUnicode) return this.unsupported('word boundary under the flags i and u', rest);
        const boundary =
          (place % 3 === WORD) !== node.negate ? complement(BEGINS_WITH_WORD) : BEGINS_WITH_WORD;
        return intersection([boundary, rest]);
      }
      case 'lookahead': {
        if (node.negate && this.loose) return rest;
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
}

function once(rest: Rest): Rest {
  const known: (Language | undefined)[] = [];
  return (place) => (known[place] ??= rest(place));
}

/** `[^]*·x`, for each x of a union by itself. */
function anywhere(term: Language): Language {
  return term.kind === 'union' ? union(term.items.map((item) => concat(ALL, item))) : concat(ALL, term);
}
