import {
  anyItem,
  count,
  countedItems,
  each,
  items,
  lazy,
  length,
  numbers,
  size,
  some,
  strings,
  unique,
} from './atoms.ts';
import { FALSE, type Formula } from './formula.ts';
import { and, or, typeIs } from './junction.ts';
import { complementNumbers } from './numbers/number-set.ts';
import { complement } from './strings/boolean.ts';
import { ANY_TYPE, ARRAY, NUMBER, OBJECT, STRING } from './types.ts';

/** The complement, pushed to the atoms: each atom has a dual, so nothing is lost. Made once per formula. */
export function not(formula: Formula): Formula {
  if (formula.opposite) return formula.opposite;
  const opposite = dual(formula);
  formula.opposite = opposite;
  opposite.opposite ??= formula;
  return opposite;
}

const MANY = Number.POSITIVE_INFINITY;

function dual(f: Formula): Formula {
  switch (f.kind) {
    case 'type':
      return typeIs(ANY_TYPE & ~f.mask);
    case 'and':
      return or(...f.parts.map(not));
    case 'or':
      return and(...f.parts.map(not));
    case 'numbers':
      return and(typeIs(NUMBER), numbers(complementNumbers(f.set)));
    case 'strings':
      return and(typeIs(STRING), strings(complement(f.language)));
    case 'length':
      return and(typeIs(STRING), or(length(0, f.from - 1), length(f.to + 1, MANY)));
    case 'count':
      return and(typeIs(OBJECT), or(count(0, f.from - 1), count(f.to + 1, MANY)));
    case 'size':
      return and(typeIs(ARRAY), or(size(0, f.from - 1), size(f.to + 1, MANY)));
    case 'each':
      return some(f.names, not(f.of));
    case 'some':
      return each(f.names, not(f.of));
    case 'items':
      return anyItem(f.from, f.to, not(f.of));
    case 'anyItem':
      return items(f.from, f.to, not(f.of));
    case 'counted':
      return and(typeIs(ARRAY), or(countedItems(f.of, 0, f.from - 1), countedItems(f.of, f.to + 1, MANY)));
    case 'unique':
      return and(typeIs(ARRAY), unique(!f.value));
    case 'lazy':
      return lazy(`not ${f.key}`, () => not(f.unfold()));
    default:
      // Constants, values and opaque atoms know their complement from the start.
      return FALSE;
  }
}
