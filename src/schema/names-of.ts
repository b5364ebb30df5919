import type { Names } from '../sets/formula.ts';
import { otherNames } from '../sets/names.ts';
import { parseRegex } from '../sets/strings/regex.ts';

/** All names but the listed ones and those that one of the regular expressions matches. */
export function namesOf({
  listed,
  patterns,
}: {
  readonly listed: Iterable<string>;
  readonly patterns: Iterable<string>;
}): Names {
  const languages = [...patterns].flatMap((source) => {
    const read = parseRegex(source);
    return 'invalid' in read ? [] : [read.language];
  });
  return otherNames([...listed], languages);
}
