import type { Formula, Names } from './formula.ts';
import { restrict } from './restrict.ts';
import { ANY_TYPE, ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, STRING, type TypeBit, typeNames } from './types.ts';

/** Parts of a list that are written out. */
const MOST_PARTS = 6;
const MOST_DEPTH = 3;

/**
 * A set in words: which types, and what is asked of each. For people: long lists are cut, deep parts are left out,
 * and two equal sets may read differently.
 */
export function describe(formula: Formula, depth = 0): string {
  if (formula.kind === 'constant') return formula.value ? 'any value' : 'no value';
  if (formula.kind === 'values' && !formula.negated) return list(formula.values.map(shown), 'or');
  const plain: TypeBit[] = [];
  const special: string[] = [];
  for (const type of [NULL, BOOLEAN, NUMBER, STRING, ARRAY, OBJECT] as const) {
    const left = restrict(formula, type);
    if (left.kind === 'constant') {
      if (left.value) plain.push(type);
    } else {
      special.push(describeType(left, type, depth));
    }
  }
  const mask = plain.reduce((sum, type) => sum | type, 0);
  if (mask === ANY_TYPE) return 'any value';
  if (mask === 0 && special.length === 0) return 'no value';
  return list(
    [...typeNames(mask).map((name) => (name === 'null' ? 'null' : `any ${name}`)), ...special],
    'or',
  );
}

function describeType(formula: Formula, type: TypeBit, depth: number): string {
  const [name] = typeNames(type);
  if (formula.kind === 'or')
    return list(
      formula.parts.map((part) => describeType(part, type, depth)),
      'or',
    );
  const parts = formula.kind === 'and' ? formula.parts : [formula];
  const listed = parts.find((part) => part.kind === 'values');
  if (listed?.kind === 'values') return list(listed.values.map(shown), 'or');
  const article = type === ARRAY || type === OBJECT ? 'an' : 'a';
  return `${article} ${name} ${list(
    parts.map((part) => describeAtom(part, depth)),
    'and',
  )}`;
}

function describeAtom(atom: Formula, depth: number): string {
  const inner = (of: Formula) => (depth >= MOST_DEPTH ? 'what is asked of it' : describe(of, depth + 1));
  switch (atom.kind) {
    case 'length':
      return `of ${span(atom.from, atom.to, 'character')}`;
    case 'count':
      return `with ${span(atom.from, atom.to, 'member')}`;
    case 'size':
      return `with ${span(atom.from, atom.to, 'item')}`;
    case 'numbers':
      return 'in a set of numbers';
    case 'strings':
      return atom.language.kind === 'words' ? 'out of a list' : 'of a certain form';
    case 'each':
      if (atom.of.kind === 'constant') return `without ${names(atom.names)}`;
      return `in which ${names(atom.names)}, where present, is ${inner(atom.of)}`;
    case 'some':
      if (atom.of.kind === 'constant') return `with ${names(atom.names)}`;
      return `in which ${names(atom.names)} is there and is ${inner(atom.of)}`;
    case 'items':
      return `whose items ${positions(atom.from, atom.to)}are ${inner(atom.of)}`;
    case 'anyItem':
      return `with an item ${positions(atom.from, atom.to)}that is ${inner(atom.of)}`;
    case 'counted':
      return `with ${span(atom.from, atom.to, 'item')} that are ${inner(atom.of)}`;
    case 'unique':
      return atom.value ? 'whose items are all different' : 'with two equal items';
    case 'values':
      return `that is none of ${list(atom.values.map(shown), 'or')}`;
    case 'opaque':
      return `that ${atom.negated ? 'fails' : 'meets'} ${atom.what}`;
    case 'or':
      return list(
        atom.parts.map((part) => describeAtom(part, depth)),
        'or',
      );
    case 'and':
      return list(
        atom.parts.map((part) => describeAtom(part, depth)),
        'and',
      );
    default:
      return 'of the given type';
  }
}

function names({ single }: Names): string {
  return single === undefined ? 'a member with a name of a certain form' : JSON.stringify(single);
}

function positions(from: number, to: number): string {
  if (from === 0 && to === Number.POSITIVE_INFINITY) return '';
  if (from === to) return `at position ${from + 1} `;
  return to === Number.POSITIVE_INFINITY
    ? `from position ${from + 1} on `
    : `at positions ${from + 1} to ${to + 1} `;
}

function span(from: number, to: number, what: string): string {
  const many = (count: number) => `${count} ${what}${count === 1 ? '' : 's'}`;
  if (from === to) return `exactly ${many(from)}`;
  if (to === Number.POSITIVE_INFINITY) return `at least ${many(from)}`;
  return from === 0 ? `at most ${many(to)}` : `${from} to ${many(to)}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

function list(parts: readonly string[], word: 'and' | 'or'): string {
  const kept = parts.slice(0, MOST_PARTS);
  if (parts.length > MOST_PARTS) kept.push(`${parts.length - MOST_PARTS} more`);
  if (kept.length < 2) return kept.join('');
  return `${kept.slice(0, -1).join(', ')} ${word} ${kept.at(-1)}`;
}
