import { parseRegex } from '../sets/strings/regex.ts';
import type { Language } from '../sets/strings/term.ts';
import type { Site } from './keyword.ts';

/**
 * The language of a regular expression in a schema, or undefined (and the schema is invalid). One that is invalid
 * under the `u` flag but valid without is read without it, with a remark: validators that insist refuse it.
 */
export function regexOf(keyword: string, source: string, site: Site): Language | undefined {
  const read = parseRegex(source);
  if ('invalid' in read) {
    site.invalid(keyword, `a regular expression (${read.invalid})`);
    return undefined;
  }
  if (!read.unicode) site.remark(keyword, `/${source}/ is invalid with the u flag, and read without it`);
  return read.language;
}
