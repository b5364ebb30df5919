import type { JsonValue } from '../../json/value.ts';
import { lazy } from '../../sets/atoms.ts';
import { excludeEachOther } from '../../sets/exclude.ts';
import { type Formula, TRUE } from '../../sets/formula.ts';
import { and, or } from '../../sets/junction.ts';
import { not as complementOf } from '../../sets/not.ts';
import { Cache } from '../../sets/strings/cache.ts';
import type { Keyword, Site } from '../keyword.ts';

function listed(name: string, combine: (parts: readonly Formula[]) => Formula): Keyword {
  return {
    name,
    compile(value: JsonValue, site: Site) {
      if (!Array.isArray(value) || value.length === 0) return site.invalid(name, 'a list of schemas');
      return combine(value.map((schema, i) => site.child(schema, name, String(i))));
    },
  };
}

const allOf = listed('allOf', (parts) => and(...parts));
const anyOf = listed('anyOf', (parts) => or(...parts));

/** Of more alternatives than this, what the others must not hold is said when it is needed. */
const MANY = 30;

/** One holds and no other does. Where two of them exclude each other anyway, that is not said again. */
const oneOf = listed('oneOf', (parts) => {
  const noOther = (part: Formula, i: number) =>
    parts.filter((other, j) => i !== j && !excludeEachOther(part, other)).map(complementOf);
  if (parts.length <= MANY) return or(...parts.map((part, i) => and(part, ...noOther(part, i))));
  const list = numberOf(parts.map(({ id }) => id).join());
  const alone = (part: Formula, i: number) =>
    and(
      part,
      lazy(`none but ${i} of list ${list}`, () => and(...noOther(part, i))),
    );
  return or(...parts.map(alone));
});

const lists = new Cache<string, number>(1_000);
let nextList = 0;

/** A short name for a long list. */
function numberOf(list: string): number {
  const known = lists.get(list) ?? nextList++;
  lists.set(list, known);
  return known;
}

const not: Keyword = {
  name: 'not',
  compile: (value, site) => complementOf(site.child(value, 'not')),
};

/** `then` and `else` say nothing without it. */
const condition: Keyword = {
  name: 'if',
  compile(value, site) {
    const { then: positive, else: negative } = site.schema;
    const holds = site.child(value, 'if');
    const whenTrue = positive === undefined ? TRUE : site.child(positive, 'then');
    const whenFalse = negative === undefined ? TRUE : site.child(negative, 'else');
    return and(or(complementOf(holds), whenTrue), or(holds, whenFalse));
  },
};

export const logicKeywords: readonly Keyword[] = [allOf, anyOf, oneOf, not, condition];
