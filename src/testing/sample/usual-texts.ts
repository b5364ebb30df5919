import { contains } from '../../sets/strings/contains.ts';
import type { Language } from '../../sets/strings/term.ts';
import type { Dice } from './dice.ts';

/** Makes a text of a kind that programs pass around. */
type Kind = (dice: Dice) => string;

const WORDS = [
  'amber',
  'book',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'grove',
  'harbor',
  'iris',
  'jade',
  'kite',
];
/** All in the past: what happened cannot lie ahead. */
const FIRST = Date.UTC(2024, 0, 1);
const SECONDS = 2 * 365 * 86_400;

const digits = (dice: Dice, count: number, radix: number): string =>
  Array.from({ length: count }, () => dice.below(radix).toString(radix)).join('');
const moment = (dice: Dice): string => new Date(FIRST + dice.below(SECONDS) * 1000).toISOString();

/** What formats and usual patterns ask for; a language that takes one of these is mostly given it. */
const KINDS: readonly Kind[] = [
  (dice) => moment(dice).replace('.000Z', dice.pick(['Z', '.5Z', '.123Z', '+09:00', '-03:30'])),
  (dice) => moment(dice).slice(0, 10),
  (dice) => `${moment(dice).slice(11, 19)}Z`,
  (dice) =>
    `${digits(dice, 8, 16)}-${digits(dice, 4, 16)}-4${digits(dice, 3, 16)}-8${digits(dice, 3, 16)}-${digits(dice, 12, 16)}`,
  (dice) => `${dice.pick(WORDS)}.${dice.pick(WORDS)}@example.com`,
  (dice) => `https://${dice.pick(WORDS)}.example.com/${dice.pick(WORDS)}?page=${dice.below(100)}`,
  (dice) => `${dice.pick(WORDS)}.example.com`,
  (dice) => `192.0.2.${dice.below(256)}`,
  (dice) => `2001:db8::${digits(dice, 3, 16)}`,
  (dice) => `PT${1 + dice.below(90)}M`,
  (dice) => `/${dice.pick(WORDS)}/${dice.below(10)}`,
];

/** Shows that a language takes anything: then no kind is special to it. */
const ANYTHING = 'z Z,9';

const known = new WeakMap<Language, readonly Kind[]>();

/** A real-looking text of the language, of the kind that it asks for; undefined if it asks for none. */
export function usualText(language: Language, dice: Dice): string | undefined {
  const kinds = known.get(language) ?? kindsOf(language);
  known.set(language, kinds);
  return kinds.length === 0 ? undefined : dice.pick(kinds)(dice);
}

function kindsOf(language: Language): readonly Kind[] {
  if (contains(language, ANYTHING)) return [plainText];
  const zero: Parameters<Kind>[0] = {
    below: () => 0,
    pick: (items: readonly unknown[]) => items[0],
  } as never;
  return KINDS.filter((kind) => contains(language, kind(zero)));
}

function plainText(dice: Dice): string {
  return Array.from({ length: 1 + dice.below(4) }, () => dice.pick(WORDS)).join(' ');
}
