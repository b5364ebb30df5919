import { numbers, strings } from '../sets/atoms.ts';
import { type Formula, TRUE } from '../sets/formula.ts';
import { INTEGERS, intersectNumbers, numbersFrom, numbersUpTo } from '../sets/numbers/number-set.ts';
import { formatLanguage } from '../sets/strings/formats.ts';

const INT32 = intersectNumbers([INTEGERS, numbersFrom(-(2 ** 31)), numbersUpTo(2 ** 31 - 1)]);

/** Formats of numbers, which OpenAPI has. */
const NUMERIC: Readonly<Record<string, Formula>> = {
  int32: numbers(INT32),
  int64: numbers(INTEGERS),
  float: TRUE,
  double: TRUE,
};

/**
 * What a format asks where formats are asserted: what the validator's formats accept. A name it does not know says
 * nothing, and so does every format where it is an annotation.
 */
export function formatSet(name: string, asserted: boolean): Formula {
  if (!asserted) return TRUE;
  if (Object.hasOwn(NUMERIC, name)) return NUMERIC[name]!;
  const language = formatLanguage(name);
  return language ? strings(language) : TRUE;
}
