/**
 * Sets of strings.
 *
 * A {@link Language} is a term over Unicode code points: lengths count code points, and words handed out are
 * well-formed strings (no lone surrogates). Terms are immutable and interned: one `id` is one language, so results
 * may be remembered by id; different ids mean nothing. Nothing is ever determinised: questions walk lazily through
 * derivatives, kept on the terms, and asking again about parts seen before is cheap.
 *
 * | make | |
 * | --- | --- |
 * | `NONE`, `ALL`, `EPSILON` | no string, every string, the empty one |
 * | `word(text)`, `words(texts)` | exactly this, any of these (10,000 cost milliseconds) |
 * | `prefix`, `suffix`, `containing`, `wildcard(parts)`, `lengthBetween(min, max)` | |
 * | `equalsIgnoreCase`, `prefixIgnoreCase`, `suffixIgnoreCase` | case as event patterns fold it |
 * | `ipLiteral(address)`, `cidr(low, high)` | every spelling of one address, of a range |
 * | `parseRegex(pattern)` | `{language, unicode, reason?}`, or `{invalid}`; `reason`: the construct not read exactly |
 * | `formatLanguage(name)` | what ajv-formats (full mode) accepts, or undefined for a name it does not know |
 * | `union(list)`, `intersection(list)`, `complement(x)`, `concat(a, b)`, `sequence(list)`, `repeat(x, min, max)` | |
 * | `approximate({key, over?, under?, member, reason})` | a language known by bounds and a test; only under ∪ ∩ ¬ |
 *
 * | ask | answer |
 * | --- | --- |
 * | `contains(x, text)` | boolean, always exact |
 * | `isEmpty(x, budget)`, `includes(a, b, budget)` (b inside a), `isFinite(x, budget)` | true, false, or undefined: not decided |
 * | `shortestWord`, `readableWord`, `anyWord` `(x, budget)` | a verdict: yes with the word, no, unknown |
 * | `wordsOf(x, limit, budget)` | `{words, complete}`: different words, shortest first; complete: there are no others |
 * | `minLength(x, budget)`, `maxLength(x, budget)`, `maxBytes(x, budget, weights?)` | `{value, exact}`: a sound bound even when not exact; bytes of the JSON string without its quotes |
 * | `sample(x, random, budget, length?)` | a random word, or undefined |
 *
 * Give conditions on one string as one intersection, minLength and maxLength among them as `lengthBetween`: the
 * search takes windows of lengths out of the term and counts instead of walking.
 */
export { approximate } from './approximate.ts';
export { complement, intersection, union } from './boolean.ts';
export { containing, lengthBetween, prefix, suffix, wildcard, word, words } from './build.ts';
export { concat, repeat, sequence } from './concat.ts';
export { contains } from './contains.ts';
export { formatLanguage } from './formats.ts';
export { equalsIgnoreCase, prefixIgnoreCase, suffixIgnoreCase } from './ignore-case.ts';
export { cidr, type IpAddress, ipLiteral } from './ip.ts';
export { isFinite, type Measure, maxBytes, maxLength, minLength } from './measure.ts';
export {
  anyWord,
  includes,
  isEmpty,
  readableWord,
  shortestWord,
  type Truth,
  type Words,
  wordsOf,
} from './questions.ts';
export { type InvalidRegex, parseRegex, type RegexReading } from './regex.ts';
export { sample } from './sample.ts';
export { ALL, EPSILON, type Language, NONE } from './term.ts';
