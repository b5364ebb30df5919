import type { AST } from '@eslint-community/regexpp';
import { union } from './boolean.ts';
import { words } from './build.ts';
import { type CharSet, charSet, intersectChars } from './chars.ts';
import { repeat, sequence, word } from './concat.ts';
import { chars } from './primitive.ts';
import { type ClassFlags, classSet, Unsupported } from './regex-classes.ts';
import type { Language } from './term.ts';

/** Surrogates, and what pairs of them stand for. */
const WIDE = charSet([0xd800, 0xdfff, 0x10000, 0x10ffff]);

/** Compiles the parts of an expression that do not look around: without assertions and references. */
export class PlainParts {
  /** Whether no part so far tells a surrogate from another, or from a character beyond the basic plane. */
  even = true;
  private readonly flags: ClassFlags;
  private readonly known = new Map<AST.Node, boolean>();

  constructor(flags: ClassFlags) {
    this.flags = flags;
  }

  has(node: AST.Node): boolean {
    let pure = this.known.get(node);
    if (pure === undefined) {
      pure = this.find(node);
      this.known.set(node, pure);
    }
    return pure;
  }

  private find(node: AST.Node): boolean {
    switch (node.type) {
      case 'Assertion':
      case 'Backreference':
        return false;
      case 'Group':
        return !node.modifiers && node.alternatives.every((part) => this.has(part));
      case 'CapturingGroup':
        return node.alternatives.every((part) => this.has(part));
      case 'Alternative':
        return node.elements.every((part) => this.has(part));
      case 'Quantifier':
        return this.has(node.element);
      default:
        return true;
    }
  }

  /** Alternatives that are literal words become one list: expressions with thousands of them exist. */
  private alternatives(alternatives: readonly AST.Alternative[]): Language {
    const literals: string[] = [];
    const others: Language[] = [];
    for (const { elements } of alternatives) {
      const literal = this.literal(elements);
      if (literal === undefined) others.push(this.sequence(elements));
      else literals.push(literal);
    }
    return union([words(literals), ...others]);
  }

  sequence(elements: readonly AST.Element[]): Language {
    const literal = this.literal(elements);
    return literal === undefined ? sequence(elements.map((element) => this.term(element))) : word(literal);
  }

  /** The text that the elements spell; code units that are halves of characters are none. */
  private literal(elements: readonly AST.Element[]): string | undefined {
    if (this.flags.ignoreCase) return undefined;
    let text = '';
    for (const element of elements) {
      if (element.type !== 'Character' || (element.value >= 0xd800 && element.value <= 0xdfff))
        return undefined;
      text += String.fromCodePoint(element.value);
    }
    return text;
  }

  term(node: AST.Element): Language {
    switch (node.type) {
      case 'Group':
      case 'CapturingGroup':
        return this.alternatives(node.alternatives);
      case 'Quantifier':
        return repeat(this.term(node.element), node.min, node.max);
      case 'Character':
      case 'CharacterClass':
      case 'CharacterSet':
        return this.oneOf(classSet(node, this.flags));
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
