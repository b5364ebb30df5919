import { listing } from './listing.ts';
import type { NumberSet } from './numbers/number-set.ts';
import type { Range } from './numbers/range.ts';
import { equal, ONE, type Rational, text, toNumber } from './numbers/rational.ts';

/** The numbers of a set: `an integer of at least 1`, `3, 5 or a number above 10`. */
export function describeNumbers({ points, ranges }: NumberSet): string {
  return listing([...points.map(decimal), ...ranges.map(describeRange)], 'or');
}

function describeRange({ low, high, step, not, except }: Range): string {
  const parts: string[] = [];
  if (step && !equal(step, ONE)) parts.push(`that is a multiple of ${decimal(step)}`);
  if (low && high && !low.open && !high.open) {
    parts.push(`from ${decimal(low.value)} to ${decimal(high.value)}`);
  } else {
    if (low) parts.push(`${low.open ? 'above' : 'of at least'} ${decimal(low.value)}`);
    if (high) parts.push(`${high.open ? 'below' : 'of at most'} ${decimal(high.value)}`);
  }
  if (not.length > 0) parts.push(`that is no multiple of ${listing(not.map(decimal), 'or')}`);
  if (except.length > 0) parts.push(`other than ${listing(except.map(decimal), 'or')}`);
  const name = step && equal(step, ONE) ? 'an integer' : 'a number';
  return parts.length === 0 ? name : `${name} ${listing(parts, 'and')}`;
}

function decimal(value: Rational): string {
  const number = toNumber(value);
  return number === undefined ? text(value) : String(number);
}
