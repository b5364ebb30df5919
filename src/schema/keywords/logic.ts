import type { JsonValue } from '../../json/value.ts';
import { FALSE, type Formula, TRUE } from '../../sets/formula.ts';
import { and, or } from '../../sets/junction.ts';
import { not as complementOf } from '../../sets/not.ts';
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

/** One holds and no other does. Where two of them exclude each other anyway, that is not said again. */
const oneOf = listed('oneOf', (parts) => {
  const single = parts.map((part, i) =>
    and(part, ...parts.filter((other, j) => i !== j && and(part, other) !== FALSE).map(complementOf)),
  );
  return or(...single);
});

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
