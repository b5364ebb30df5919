import { length, strings } from '../../sets/atoms.ts';
import { TRUE } from '../../sets/formula.ts';
import { formatSet } from '../formats.ts';
import type { Keyword } from '../keyword.ts';
import { regexOf } from '../regexes.ts';
import { amount } from './amount.ts';

const MANY = Number.POSITIVE_INFINITY;

const minLength = amount('minLength', (limit) => length(limit, MANY));
const maxLength = amount('maxLength', (limit) => length(0, limit));

/** https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3.3: not anchored. */
const pattern: Keyword = {
  name: 'pattern',
  compile(value, site) {
    if (typeof value !== 'string') return site.invalid('pattern', 'a regular expression');
    const language = regexOf('pattern', value, site);
    return language ? strings(language) : TRUE;
  },
};

const format: Keyword = {
  name: 'format',
  compile(value, site) {
    if (typeof value !== 'string') return site.invalid('format', 'the name of a format');
    return formatSet(value, site.formatAssertion);
  },
};

export const stringKeywords: readonly Keyword[] = [minLength, maxLength, pattern, format];
