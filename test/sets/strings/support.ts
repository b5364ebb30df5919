import { type Language, parseRegex } from '../../../src/sets/strings/language.ts';

/** A small seeded generator of numbers in [0, 1): a failing test is repeated by its seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

/** Every word over the letters, up to a length. */
export function allWords(letters: string, longest: number): string[] {
  const alphabet = [...letters];
  const out = [''];
  for (let start = 0, length = 1; length <= longest; length++) {
    const end = out.length;
    for (; start < end; start++) for (const letter of alphabet) out.push(out[start]! + letter);
  }
  return out;
}

/** A regular expression over a, b and -, with assertions; valid under the u flag. */
export function randomRegex(random: () => number, depth: number): string {
  const kind = random();
  if (depth === 0 || kind < 0.25)
    return pick(random, ['a', 'b', '-', '.', '[ab]', '[^a]', '\\w', 'ab', 'b-']);
  if (kind < 0.5) return randomRegex(random, depth - 1) + randomRegex(random, depth - 1);
  if (kind < 0.65) return `(?:${randomRegex(random, depth - 1)}|${randomRegex(random, depth - 1)})`;
  if (kind < 0.8) {
    return `(?:${randomRegex(random, depth - 1)})${pick(random, ['*', '+', '?', '{2}', '{1,2}', '{0,3}', '{2,}', '*?'])}`;
  }
  if (kind < 0.9) return pick(random, ['^', '$', '\\b', '\\B']) + randomRegex(random, depth - 1);
  if (kind < 0.95) return `${randomRegex(random, depth - 1)}${pick(random, ['^', '$', '\\b', '\\B'])}`;
  return `(?${pick(random, ['=', '!'])}${randomRegex(random, depth - 1)})${randomRegex(random, depth - 1)}`;
}

/** The language of a valid regular expression. */
export function regex(pattern: string): Language {
  const reading = parseRegex(pattern);
  if ('invalid' in reading) throw new Error(reading.invalid);
  return reading.language;
}
