import { describeNumbers } from './describe-numbers.ts';
import { describeStrings } from './describe-strings.ts';
import { FALSE, type Formula, type Names, TRUE } from './formula.ts';
import { amount, listing, shown } from './listing.ts';
import { restrict } from './restrict.ts';
import { numbersIn } from './solve-scalar.ts';
import { asTrie } from './strings/primitive.ts';
import { ALL, type Language } from './strings/term.ts';
import { trieWords } from './strings/trie.ts';
import { languageOf } from './strings-of.ts';
import { ANY_TYPE, ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, STRING, type TypeBit, typeNames } from './types.ts';

const MOST_DEPTH = 3;
/** What is told of an array, in this order. */
const ORDER = ['size', 'unique', 'items', 'anyItem', 'counted'];

/**
 * A set in words: which types, and what is asked of each. For people: long lists are cut, deep parts are left out,
 * and two equal sets may read differently.
 */
export function describe(formula: Formula, depth = 0): string {
  if (formula.kind === 'constant') return formula.value ? 'any value' : 'no value';
  if (formula.kind === 'values' && !formula.negated) return listing(formula.values.map(shown), 'or');
  const plain: TypeBit[] = [];
  const special: string[] = [];
  for (const type of [NULL, BOOLEAN, NUMBER, STRING, ARRAY, OBJECT] as const) {
    const left = restrict(formula, type);
    if (left === TRUE) plain.push(type);
    else if (left !== FALSE) special.push(describeType(left, type, depth));
  }
  const mask = plain.reduce((sum, type) => sum | type, 0);
  if (mask === ANY_TYPE) return 'any value';
  if (mask === 0 && special.length === 0) return 'no value';
  return listing(
    [...typeNames(mask).map((name) => (name === 'null' ? 'null' : `any ${name}`)), ...special],
    'or',
  );
}

function describeType(formula: Formula, type: TypeBit, depth: number): string {
  const [name] = typeNames(type);
  const parts = formula.kind === 'and' ? formula.parts : [formula];
  const listed = parts.find((part) => part.kind === 'values');
  if (listed?.kind === 'values' && !listed.negated) return listing(listed.values.map(shown), 'or');
  if (!parts.some(({ kind }) => kind === 'opaque')) {
    if (type === NUMBER) return describeNumbers(numbersIn(formula));
    if (type === STRING)
      return `a string ${describeStrings(languageOf(formula))}`.replace(/^a string that is (?=")/, '');
  }
  if (formula.kind === 'or')
    return listing(
      formula.parts.map((part) => describeType(part, type, depth)),
      'or',
    );
  if (type === OBJECT) return `an object ${describeMembers(parts, depth)}`;
  const article = type === ARRAY ? 'an' : 'a';
  const ordered = [...parts].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return `${article} ${name} ${listing(
    ordered.map((part) => describeAtom(part, depth)),
    'and',
  )}`;
}

/** Members first, the required ones before the others, then what else is asked. */
function describeMembers(parts: readonly Formula[], depth: number): string {
  const fields = new Map<string, { required: boolean; of: Formula[] }>();
  const rest: string[] = [];
  let allowed: readonly string[] | undefined;
  for (const part of parts) {
    const single = part.kind === 'each' || part.kind === 'some' ? part.names.single : undefined;
    if (single !== undefined && (part.kind === 'each' || part.kind === 'some')) {
      const field = fields.get(single) ?? { required: false, of: [] };
      fields.set(single, field);
      field.required ||= part.kind === 'some';
      if (part.of !== TRUE) field.of.push(part.of);
    } else if (part.kind === 'each' && part.of === FALSE && exceptions(part.names.language)) {
      allowed = exceptions(part.names.language);
    } else {
      rest.push(describeAtom(part, depth));
    }
  }
  const told = (required: boolean) =>
    [...fields]
      .filter(([, field]) => field.required === required && !field.of.includes(FALSE))
      .map(([name, { of }]) => field(name, of, depth));
  const [required, optional] = [told(true), told(false)];
  const without = [...fields].filter(([, { of }]) => of.includes(FALSE)).map(([name]) => shown(name));
  const phrases = [
    ...(required.length > 0 ? [`with ${listing(required, 'and')}`] : []),
    ...(optional.length > 0 ? [`perhaps with ${listing(optional, 'and')}`] : []),
    ...(without.length > 0 ? [`without ${listing(without, 'or')}`] : []),
    ...rest,
    ...(allowed
      ? [
          closing(
            fields.size > 0,
            allowed.filter((name) => !fields.has(name)),
          ),
        ]
      : []),
  ];
  return phrases.join(', ');
}

function closing(named: boolean, others: readonly string[]): string {
  if (others.length > 0)
    return `without members other than ${named ? 'these and ' : ''}${listing(others.map(shown), 'and')}`;
  return named ? 'without other members' : 'without members';
}

/** The names that a language of nearly all names leaves out; undefined for other languages. */
function exceptions(language: Language): readonly string[] | undefined {
  if (language === ALL) return [];
  const trie = language.kind === 'complement' ? asTrie(language.inner) : undefined;
  return trie && [...trieWords(trie)];
}

function field(name: string, of: readonly Formula[], depth: number): string {
  if (of.length === 0) return shown(name);
  if (depth >= MOST_DEPTH) return `${shown(name)} (…)`;
  return `${shown(name)} (${listing(
    of.map((one) => describe(one, depth + 1)),
    'and',
  )})`;
}

function describeAtom(atom: Formula, depth: number): string {
  const inner = (of: Formula) => (depth >= MOST_DEPTH ? 'what is asked of it' : describe(of, depth + 1));
  switch (atom.kind) {
    case 'length':
      return `of ${amount(atom.from, atom.to, 'character')}`;
    case 'count':
      return `with ${amount(atom.from, atom.to, 'member')}`;
    case 'size':
      return `with ${amount(atom.from, atom.to, 'item')}`;
    case 'numbers':
      return `that is ${describeNumbers(atom.set)}`;
    case 'strings':
      return describeStrings(atom.language);
    case 'each':
      if (atom.of === FALSE) return `without ${names(atom.names)}`;
      return `in which ${names(atom.names)}, where present, is ${inner(atom.of)}`;
    case 'some':
      if (atom.of === TRUE) return `with ${names(atom.names)}`;
      return `in which ${names(atom.names)} is there and is ${inner(atom.of)}`;
    case 'items':
      return `whose items ${positions(atom.from, atom.to)}are ${inner(atom.of)}`;
    case 'anyItem':
      return `with an item ${positions(atom.from, atom.to)}that is ${inner(atom.of)}`;
    case 'counted':
      return `with ${amount(atom.from, atom.to, 'item')} that are ${inner(atom.of)}`;
    case 'unique':
      return atom.value ? 'whose items are all different' : 'with two equal items';
    case 'values':
      return `that is ${atom.negated ? 'none of ' : ''}${listing(atom.values.map(shown), 'or')}`;
    case 'opaque':
      return `that ${atom.negated ? 'fails' : 'meets'} ${atom.what}`;
    case 'or':
    case 'and':
      return listing(
        atom.parts.map((part) => describeAtom(part, depth)),
        atom.kind,
      );
    default:
      return 'of the given type';
  }
}

function names({ single, language }: Names): string {
  return single === undefined ? `a member whose name is one ${describeStrings(language)}` : shown(single);
}

function positions(from: number, to: number): string {
  if (from === 0 && to === Number.POSITIVE_INFINITY) return '';
  if (from === to) return `at position ${from + 1} `;
  return to === Number.POSITIVE_INFINITY
    ? `from position ${from + 1} on `
    : `at positions ${from + 1} to ${to + 1} `;
}
