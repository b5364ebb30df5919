import { textsFor } from '../../schema/real-looking.ts';
import { Budget } from '../../sets/budget.ts';
import { evaluate } from '../../sets/evaluate.ts';
import type { Formula } from '../../sets/formula.ts';
import { intersection } from '../../sets/strings/boolean.ts';
import { lengthBetween } from '../../sets/strings/build.ts';
import { contains } from '../../sets/strings/contains.ts';
import { readableWord, shortestWord } from '../../sets/strings/questions.ts';
import { sample } from '../../sets/strings/sample.ts';
import { type Language, NONE } from '../../sets/strings/term.ts';
import { languageOf } from '../../sets/strings-of.ts';
import type { Dice } from './dice.ts';
import { usualText } from './usual-texts.ts';

/** Steps one text may cost. */
const STEPS = 5_000;
/** Longer texts are made seldom: they cost the reader more than they find. */
const LONG = 300;
const LONGEST = 20_000;

/** Texts that break programs: scripts, combining marks, astral characters, quotes, names of JavaScript. */
const NASTY: readonly string[] = [
  '',
  ' ',
  'é',
  'e\u0301',
  '日本語',
  '静かで美しい巻',
  '👩‍👩‍👧',
  '𝒳',
  '\u0000',
  '\n',
  '"',
  '\\',
  '${a}',
  '__proto__',
  'constructor',
  'null',
  '0',
  '\u202eabc',
  'ß',
  'İ',
];

const languages = new WeakMap<Formula, Language>();

/** A random text of a formula restricted to strings: shortest, longest, odd, real-looking and plain random ones. */
export function sampleString(goal: Formula, dice: Dice, name: string | undefined): string | undefined {
  const language = languages.get(goal) ?? languageOf(goal);
  languages.set(goal, language);
  if (language === NONE) return undefined;
  const fits = (text: string | undefined): text is string =>
    text !== undefined && contains(language, text) && evaluate(goal, text) !== false;
  const first = attempt(language, dice, name);
  if (fits(first)) return first;
  const drawn = sample(language, () => dice.unit(), new Budget(STEPS), 8);
  if (fits(drawn)) return drawn;
  const simple = readableWord(language, new Budget(STEPS));
  return simple.answer === 'yes' && fits(simple.witness) ? simple.witness : undefined;
}

function attempt(language: Language, dice: Dice, name: string | undefined): string | undefined {
  const kind = dice.unit();
  if (kind < 0.12) return dice.pick(NASTY);
  if (kind < 0.22) return dice.pick(textsFor(name, []));
  if (kind < 0.6) return usualText(language, dice);
  if (kind < 0.68) {
    const least = shortestWord(language, new Budget(STEPS));
    return least.answer === 'yes' ? least.witness : undefined;
  }
  const { max } = language;
  if (kind < 0.78 && max <= LONGEST && (max <= LONG || dice.chance(0.15))) {
    const longest = intersection([language, lengthBetween(max, max)]);
    return sample(longest, () => dice.unit(), new Budget(STEPS + 4 * max), max);
  }
  return sample(language, () => dice.unit(), new Budget(STEPS), dice.pick([2, 6, 16]));
}
