import type { Formula } from '../../sets/formula.ts';
import type { Keyword } from '../keyword.ts';

/** A keyword whose value is a number of things: a whole number, not negative. */
export function amount(name: string, set: (limit: number) => Formula): Keyword {
  return {
    name,
    compile: (value, site) =>
      typeof value === 'number' && Number.isInteger(value) && value >= 0
        ? set(value)
        : site.invalid(name, 'a whole number, 0 or more'),
  };
}
