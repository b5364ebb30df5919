import type { PatternNumber } from './pattern.ts';

const NUMBER = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;
const SHORT_INTEGER = /^(?:0|-?[1-9][0-9]{0,14})$/;

/**
 * A number token with what a comparison needs. A token is comparable if its decimal value is the shortest decimal
 * that reads back to its nearest double; Event Ruler compares all others by their characters only.
 * Source: `ComparableNumber` of aws/event-ruler, which keeps a number only if its double prints the same value.
 */
export function patternNumber(raw: string, value: number = Number(raw)): PatternNumber {
  if (SHORT_INTEGER.test(raw)) return { raw, value, comparable: true };
  const match = NUMBER.exec(raw);
  if (!match) return numberOfValue(value);
  return { raw, value, comparable: Number.isFinite(value) && decimal(raw) === decimal(String(value)) };
}

/**
 * A number that has no text of its own: YAML spellings such as `0x10`, JavaScript values. What was too large for a
 * double (`1e400` after `JSON.parse`) is not comparable and equals only its like.
 */
export function numberOfValue(value: number): PatternNumber {
  return { raw: printNumber(value), value, comparable: Number.isFinite(value) };
}

/** A number as JSON text; infinities, for which JSON has no word, as numbers that no double holds. */
export function printNumber(value: number): string {
  if (Number.isFinite(value)) return String(value + 0);
  return value < 0 ? '-1e999' : '1e999';
}

/** Comparable numbers are the same if their values are, all others only if their characters are. */
export function sameNumber(a: PatternNumber, b: PatternNumber): boolean {
  return a.comparable && b.comparable ? a.value === b.value : a.raw === b.raw;
}

/** Sign, digits without zeros at either end, exponent: equal for texts of equal decimal value. */
function decimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const scale = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${scale}`;
}
