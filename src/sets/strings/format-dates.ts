import { union } from './boolean.ts';
import { words } from './build.ts';
import { charSet, SPACES, unionChars } from './chars.ts';
import { before, concat, repeat, sequence, word } from './concat.ts';
import { chars } from './primitive.ts';
import { EPSILON, type Language } from './term.ts';

/** Two digits. */
const two = (value: number) => String(value).padStart(2, '0');
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => two(from + i));

const DIGIT = chars(charSet([0x30, 0x39]));
const COLON = word(':');
const FRACTION = concat(word('.'), repeat(DIGIT, 1, Number.POSITIVE_INFINITY));

/** `YYYY-MM-DD` of a day that exists; the 29th of February in leap years only. */
export function dateFormat(): Language {
  const pairs = upTo(0, 99);
  const fours = pairs.filter((pair) => Number(pair) % 4 === 0);
  const leapYear = union([
    concat(words(pairs), words(fours.filter((pair) => pair !== '00'))),
    concat(words(fours), word('00')),
  ]);
  const days = (months: number[], last: number) =>
    sequence([word('-'), words(months.map(two)), word('-'), words(upTo(1, last))]);
  const anyYear = repeat(DIGIT, 4, 4);
  return union([
    concat(anyYear, union([days([1, 3, 5, 7, 8, 10, 12], 31), days([4, 6, 9, 11], 30), days([2], 28)])),
    concat(leapYear, word('-02-29')),
  ]);
}

/** What is known of a format: no more than `over`, no less than `under`. */
export interface FormatBounds {
  readonly over: Language;
  readonly under: Language;
}

/**
 * `hh:mm:ss`, fractions of a second, and a time zone: `z`, `Z`, or a sign, hours and perhaps minutes.
 *
 * ajv-formats takes a leap second only at 23:59 UTC, and there takes any two digits for hour and minute that come
 * to 23:59 with the zone. An exact term would have a state for each of 4,800 such times; so times with a zone of
 * digits are known between bounds: below, leap seconds with a zone of zero only; above, with any.
 */
export function timeFormat(zoneNeeded: boolean): FormatBounds {
  const utc = words(zoneNeeded ? ['z', 'Z'] : ['z', 'Z', '']);
  const zones = union([utc, zonesOf(24, 60)]);
  const ordinary = sequence([words(upTo(0, 23)), COLON, words(upTo(0, 59)), COLON]);
  const leap = (zone: Language) => sequence([word('23:59:'), secondsTo(60), zone]);
  const anyDigits = repeat(DIGIT, 2, 2);
  return {
    under: union([sequence([ordinary, secondsTo(59), zones]), leap(union([utc, zonesOf(1, 1)]))]),
    over: union([
      sequence([ordinary, anySecondsTo(59), zones]),
      sequence([word('23:59:'), anySecondsTo(60), utc]),
      sequence([words(upTo(0, LAST_LEAP_HOUR)), COLON, anyDigits, COLON, anySecondsTo(60), zonesOf(24, 60)]),
    ]),
  };
}

/** 23 and the largest zone, 23:59 to the west, with the minute it carries over. */
const LAST_LEAP_HOUR = 47;

/** Date and time with one `t`, `T` or white space between them. */
export function dateTimeFormat(zoneNeeded: boolean): FormatBounds {
  const separator = chars(unionChars(charSet([0x54, 0x54, 0x74, 0x74]), SPACES));
  const start = concat(dateFormat(), separator);
  const { over, under } = timeFormat(zoneNeeded);
  return { over: concat(start, over), under: concat(start, under) };
}

/** Zones of a sign, hours below one limit, and perhaps minutes below another. */
function zonesOf(hours: number, minutes: number): Language {
  const minute = concat(repeat(COLON, 0, 1), words(upTo(0, minutes - 1)));
  return sequence([words(['+', '-']), words(upTo(0, hours - 1)), repeat(minute, 0, 1)]);
}

/** Seconds whose whole part is at most `last`. */
function anySecondsTo(last: number): Language {
  return concat(words(upTo(0, last)), union([EPSILON, FRACTION]));
}

/** Seconds that, read as a double, are below `last` + 1: 59.99999999999999999 is 60. */
function secondsTo(last: number): Language {
  return union([
    concat(words(upTo(0, last - 1)), union([EPSILON, FRACTION])),
    concat(word(two(last)), union([EPSILON, before('.', belowOne())])),
  ]);
}

/** From here on, 59.… and 60.… round up to the next whole number: 1 - 2^-48. */
const ROUNDS_UP = '999999999999996447286321199499070644378662109375';

/** Digits after the point of fractions below {@link ROUNDS_UP}. */
function belowOne(): Language {
  const more = repeat(DIGIT, 0, Number.POSITIVE_INFINITY);
  let below: Language = EPSILON;
  for (let i = ROUNDS_UP.length - 1; i >= 0; i--) {
    const digit = Number(ROUNDS_UP[i]);
    const less = digit === 0 ? [] : [concat(chars(charSet([0x30, 0x30 + digit - 1])), more)];
    const same =
      i === ROUNDS_UP.length - 1
        ? []
        : [concat(word(String(digit)), i === 0 ? below : union([EPSILON, below]))];
    below = union([...less, ...same]);
  }
  return below;
}
