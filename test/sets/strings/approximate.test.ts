import { describe, expect, test } from 'vitest';
import { Budget } from '../../../src/sets/budget.ts';
import {
  anyWord,
  approximate,
  complement,
  contains,
  includes,
  intersection,
  isEmpty,
  type Language,
  lengthBetween,
  maxLength,
  minLength,
  readableWord,
  shortestWord,
  union,
  words,
  wordsOf,
} from '../../../src/sets/strings/language.ts';
import { allWords, pick, randomRegex, regex, seeded } from './support.ts';

const budget = () => new Budget(20_000);
const doubled = regex('^(a|b)\\1$');

describe('a language known between bounds', () => {
  test('is found between them, or unknown', () => {
    expect(shortestWord(doubled, budget())).toEqual({ answer: 'yes', witness: 'aa' });
    expect(isEmpty(intersection([doubled, regex('^c')]), budget())).toBe(true);
    expect(isEmpty(intersection([doubled, words(['aa', 'cc'])]), budget())).toBe(false);
    const blocked = intersection([doubled, complement(words(['aa', 'bb']))]);
    expect(isEmpty(blocked, budget())).toBe(undefined);
    expect(shortestWord(blocked, budget())).toEqual({ answer: 'unknown', reason: { text: 'backreference' } });
  });

  test('stays unknown under complement', () => {
    expect(isEmpty(intersection([doubled, complement(doubled)]), budget())).toBe(true);
    expect(includes(doubled, words(['aa', 'bb']), budget())).toBe(true);
    expect(includes(doubled, words(['ab']), budget())).toBe(false);
  });
});

test('random ones: no answer is wrong, and members are exact', () => {
  const random = seeded(9);
  const short = allWords('ab-', 5);
  interface Case {
    readonly language: Language;
    readonly has: (word: string) => boolean;
  }
  let key = 0;

  function leaf(): Case {
    const pattern =
      random() < 0.2 ? pick(random, ['^(a|b)\\1', '(?<=a)b', '(?<!-)a$']) : randomRegex(random, 3);
    const native = new RegExp(pattern, 'u');
    const has = (word: string) => native.test(word);
    const language = regex(pattern);
    if (!language.exact || random() < 0.5) return { language, has };
    const over = union([language, regex(randomRegex(random, 2))]);
    const under = intersection([language, regex(randomRegex(random, 2))]);
    return {
      language: approximate({ key: `case ${key++}`, over, under, member: has, reason: 'a case' }),
      has,
    };
  }

  function combined(depth: number): Case {
    if (depth === 0) return leaf();
    const a = combined(depth - 1);
    if (random() < 0.3) return { language: complement(a.language), has: (word) => !a.has(word) };
    const b = combined(depth - 1);
    return random() < 0.6
      ? { language: intersection([a.language, b.language]), has: (word) => a.has(word) && b.has(word) }
      : { language: union([a.language, b.language]), has: (word) => a.has(word) || b.has(word) };
  }

  for (let i = 0; i < 250; i++) {
    const { language, has } = combined(2);
    expect(short.filter((word) => contains(language, word))).toEqual(short.filter(has));
    const longest = Math.floor(random() * 6);
    const bounded = intersection([language, regex('^[ab-]*$'), lengthBetween(0, longest)]);
    const members = short.filter((word) => word.length <= longest && has(word));
    for (const find of [anyWord, shortestWord, readableWord]) {
      const found = find(bounded, budget());
      if (found.answer === 'yes') expect(members).toContain(found.witness);
      if (found.answer === 'no') expect(members).toEqual([]);
    }
    const empty = isEmpty(bounded, budget());
    if (empty !== undefined) expect(empty).toBe(members.length === 0);
    const listed = wordsOf(bounded, 1_000, budget());
    if (listed.complete) expect([...listed.words].sort()).toEqual([...members].sort());
    const lengths = members.map((word) => word.length);
    const [least, most] = [minLength(bounded, budget()), maxLength(bounded, budget())];
    expect(least.exact ? least.value === Math.min(...lengths) : least.value <= Math.min(...lengths)).toBe(
      true,
    );
    expect(most.exact ? most.value === Math.max(...lengths) : most.value >= Math.max(...lengths)).toBe(true);
  }
});
