import type { Names } from './formula.ts';
import { complement, union } from './strings/boolean.ts';
import { word, words } from './strings/build.ts';
import { Cache } from './strings/cache.ts';
import { contains } from './strings/contains.ts';
import { ALL, type Language } from './strings/term.ts';

const known = new Cache<string, Names>(100_000);

/** One name. */
export function oneName(name: string): Names {
  const key = `=${name}`;
  const found = known.get(key);
  if (found) return found;
  const language = word(name);
  const names: Names = { id: language.id, language, single: name, has: (other) => other === name };
  known.set(key, names);
  return names;
}

/** The names of a language. */
export function namesIn(language: Language): Names {
  const key = `~${language.id}`;
  const found = known.get(key);
  if (found?.language === language) return found;
  const members = new Cache<string, boolean>(1000);
  const names: Names = {
    id: language.id,
    language,
    single: undefined,
    has: (name) => {
      const before = members.get(name);
      if (before !== undefined) return before;
      const is = contains(language, name);
      members.set(name, is);
      return is;
    },
  };
  known.set(key, names);
  return names;
}

/** Every name but some words and those in some languages. */
export function otherNames(listed: readonly string[], patterns: readonly Language[]): Names {
  if (listed.length === 0 && patterns.length === 0) return ALL_NAMES;
  const key = `!${JSON.stringify(listed)} ${patterns.map(({ id }) => id).join()}`;
  const found = known.get(key);
  if (found) return found;
  const excluded = new Set(listed);
  const language = complement(union([words(listed), ...patterns]));
  const byPattern = patterns.map(namesIn);
  const names: Names = {
    id: language.id,
    language,
    single: undefined,
    has: (name) => !excluded.has(name) && !byPattern.some((pattern) => pattern.has(name)),
  };
  known.set(key, names);
  return names;
}

/** Every name. */
export const ALL_NAMES: Names = { id: ALL.id, language: ALL, single: undefined, has: () => true };
