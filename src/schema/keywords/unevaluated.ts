import { each, items, opaque } from '../../sets/atoms.ts';
import { type Formula, TRUE } from '../../sets/formula.ts';
import { and, or } from '../../sets/junction.ts';
import { ARRAY, OBJECT } from '../../sets/types.ts';
import type { Keyword } from '../keyword.ts';
import { namesOf } from '../names-of.ts';

const MANY = Number.POSITIVE_INFINITY;

const unevaluatedProperties: Keyword = {
  name: 'unevaluatedProperties',
  from: '2019-09',
  compile(value, site) {
    const rest = site.child(value, 'unevaluatedProperties');
    if (rest === TRUE) return TRUE;
    const cases = site.evaluatedMembers();
    if (!cases) return tooMany('unevaluatedProperties', OBJECT, rest);
    return or(...cases.map((at) => and(at.when, at.all ? TRUE : each(namesOf(at), rest))));
  },
};

const unevaluatedItems: Keyword = {
  name: 'unevaluatedItems',
  from: '2019-09',
  compile(value, site) {
    const rest = site.child(value, 'unevaluatedItems');
    if (rest === TRUE) return TRUE;
    const cases = site.evaluatedItems();
    if (!cases) return tooMany('unevaluatedItems', ARRAY, rest);
    return or(...cases.map((at) => and(at.when, items(at.upTo, MANY, or(...at.matching, rest)))));
  },
};

let unread = 0;

function tooMany(name: string, mask: number, rest: Formula): Formula {
  return opaque(`${name} ${rest.id} ${unread++}`, mask, `${name} beside very many alternatives`);
}

export const unevaluatedKeywords: readonly Keyword[] = [unevaluatedProperties, unevaluatedItems];
