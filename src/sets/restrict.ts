import { isObject, type JsonValue } from '../json/value.ts';
import { count, each, items, numbers, oneOf, opaque, size, some, strings } from './atoms.ts';
import { FALSE, type Formula, TRUE, type Values } from './formula.ts';
import { and, or } from './junction.ts';
import { oneName } from './names.ts';
import { not } from './not.ts';
import { numbersIn } from './numbers/number-set.ts';
import { words } from './strings/build.ts';
import { ANY_TYPE, ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, STRING, type TypeBit, typeOf } from './types.ts';

/** Stands for a reference that is being unfolded: reached again without any keyword between, it is a circle. */
const CIRCLE = opaque('circle', ANY_TYPE, 'a reference that leads back to itself');

/**
 * What is left of a formula for values of one type: only atoms that speak about the type, lists of values of the
 * type, and opaque atoms; references at the top are unfolded. Kept at the formula.
 */
export function restrict(formula: Formula, type: TypeBit): Formula {
  if ((formula.can & type) === 0) return FALSE;
  if ((formula.sure & type) !== 0) return TRUE;
  const known = formula.restricted?.[type];
  if (known) return known;
  formula.restricted ??= {};
  formula.restricted[type] = CIRCLE;
  try {
    const result = restrictNode(formula, type);
    formula.restricted[type] = result;
    return result;
  } catch (error) {
    // Interrupted, for the stack or the budget ended: nothing is known yet.
    delete formula.restricted[type];
    throw error;
  }
}

function restrictNode(formula: Formula, type: TypeBit): Formula {
  switch (formula.kind) {
    case 'and':
      return and(...formula.parts.map((part) => restrict(part, type)));
    case 'or':
      return or(...formula.parts.map((part) => restrictAlternative(part, type)));
    case 'lazy':
      return restrict(formula.unfold(), type);
    case 'values':
      return restrictValues(formula, type);
    default:
      return formula;
  }
}

/**
 * In an alternative that asks for more than a reference, the reference is left for the search to unfold, which it
 * does only if the rest can be met: what is behind references of alternatives may be very much.
 */
function restrictAlternative(part: Formula, type: TypeBit): Formula {
  if (part.kind !== 'and' || (type !== ARRAY && type !== OBJECT)) return restrict(part, type);
  return and(...part.parts.map((inner) => (inner.kind === 'lazy' ? inner : restrict(inner, type))));
}

function restrictValues(formula: Values, type: TypeBit): Formula {
  const values = formula.values.filter((value) => typeOf(value) === type);
  if (type === NULL || type === BOOLEAN) return formula;
  if (!formula.negated && type !== STRING && type !== NUMBER) return oneOf(values);
  const inside = insideOf(values, type);
  return formula.negated ? restrict(not(inside), type) : restrict(inside, type);
}

/** The values of one type, by structure, so that their complement is exact too. */
function insideOf(values: readonly JsonValue[], type: TypeBit): Formula {
  if (values.length === 0) return FALSE;
  if (type === STRING) return strings(words(values as readonly string[]));
  if (type === NUMBER) return numbers(numbersIn(values as readonly number[]));
  if (type === ARRAY) return or(...values.map((value) => structureOfArray(value as readonly JsonValue[])));
  return or(...values.map(structureOfObject));
}

function structureOfArray(value: readonly JsonValue[]): Formula {
  return and(size(value.length, value.length), ...value.map((item, i) => items(i, i, oneOf([item]))));
}

function structureOfObject(value: JsonValue): Formula {
  const entries = isObject(value) ? Object.entries(value) : [];
  return and(
    count(entries.length, entries.length),
    ...entries.map(([name, item]) => and(some(oneName(name), TRUE), each(oneName(name), oneOf([item])))),
  );
}
