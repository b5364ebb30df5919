import { type Dialect, since } from './dialect.ts';
import type { Keyword } from './keyword.ts';
import { arrayKeywords } from './keywords/arrays.ts';
import { logicKeywords } from './keywords/logic.ts';
import { numberKeywords } from './keywords/numbers.ts';
import { objectKeywords } from './keywords/objects.ts';
import { referenceKeywords } from './keywords/references.ts';
import { stringKeywords } from './keywords/strings.ts';
import { unevaluatedKeywords } from './keywords/unevaluated.ts';
import { valueKeywords } from './keywords/values.ts';

/** All keywords that say something about an instance. The others are annotations. */
const ALL: readonly Keyword[] = [
  ...referenceKeywords,
  ...valueKeywords,
  ...numberKeywords,
  ...stringKeywords,
  ...objectKeywords,
  ...arrayKeywords,
  ...logicKeywords,
  ...unevaluatedKeywords,
];

const byDialect = new Map<Dialect, ReadonlyMap<string, Keyword>>();

/** The keywords of a dialect by name. */
export function keywordsOf(dialect: Dialect): ReadonlyMap<string, Keyword> {
  const known = byDialect.get(dialect);
  if (known) return known;
  const has = ({ from, until }: Keyword) =>
    (!from || since(dialect, from)) && (!until || since(until, dialect));
  const keywords = new Map(ALL.filter(has).map((keyword) => [keyword.name, keyword]));
  byDialect.set(dialect, keywords);
  return keywords;
}
