import { union } from './boolean.ts';
import { words } from './build.ts';
import { charSet } from './chars.ts';
import { before, concat, repeat, sequence, word } from './concat.ts';
import { chars } from './primitive.ts';
import { EPSILON, type Language, lazy } from './term.ts';

/** Two digits. */
const two = (value: number) => String(value).padStart(2, '0');
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => two(from + i));

const DIGIT = chars(charSet([0x30, 0x39]));
const COLON = word(':');

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

/**
 * `hh:mm:ss`, fractions of a second, and a time zone: `z`, `Z`, or a sign, hours and perhaps minutes. As ajv-formats
 * judges it: a leap second only at 23:59 UTC, where hour and minute may then be any two digits that come to that.
 */
export function timeFormat(zoneNeeded: boolean): Language {
  const zone = words(['z', 'Z', ...(zoneNeeded ? [] : ['']), ...allZones()]);
  const ordinary = sequence([words(upTo(0, 23)), COLON, words(upTo(0, 59)), COLON, seconds(59), zone]);
  return union([ordinary, leapTimes(zoneNeeded)]);
}

/** Date and time with one `t`, `T` or white space between them. */
export function dateTimeFormat(zoneNeeded: boolean): Language {
  const separator = chars(
    charSet([
      0x54, 0x54, 0x74, 0x74, 0x09, 0x0d, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028,
      0x2029, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000, 0xfeff, 0xfeff,
    ]),
  );
  return sequence([dateFormat(), separator, timeFormat(zoneNeeded)]);
}

/** Every zone of sign and digits. */
function allZones(): string[] {
  const out: string[] = [];
  for (const sign of [1, -1]) {
    for (let hours = 0; hours < 24; hours++) {
      for (let minutes = 0; minutes < 60; minutes++) out.push(...zoneTexts(sign, hours, minutes));
    }
  }
  return out;
}

function zoneTexts(sign: number, hours: number, minutes: number): string[] {
  const start = `${sign < 0 ? '-' : '+'}${two(hours)}`;
  const full = [`${start}${two(minutes)}`, `${start}:${two(minutes)}`];
  return minutes === 0 ? [start, ...full] : full;
}

/** Largest hour and minute that are 23:59 UTC in some zone. */
const LAST_HOUR = 47;
const LAST_MINUTE = 99;

/**
 * Hour and minute that are 23:59 UTC in some zone, with a second up to 60 and one of these zones. Thousands of
 * pairs, each with its own zones: what follows the hour, and the minute, is worked out when a search gets there.
 */
function leapTimes(zoneNeeded: boolean): Language {
  const second = seconds(60);
  const after = (text: string, min: number, unfold: () => Language) =>
    before(text, lazy(unfold, { min, nullable: false }));
  const minutes = (hour: number) =>
    Array.from({ length: LAST_MINUTE + 1 }, (_, minute) => ({
      minute,
      zones: leapZones(hour, minute, zoneNeeded),
    }))
      .filter(({ zones }) => zones.length > 0)
      .map(({ minute, zones }) => {
        const shortest = 2 + Math.min(...zones.map(({ length }) => length));
        return after(`${two(minute)}:`, shortest, () => concat(second, words(zones)));
      });
  return union(
    Array.from({ length: LAST_HOUR + 1 }, (_, hour) =>
      after(`${two(hour)}:`, hour === 23 ? 5 : 8, () => union(minutes(hour))),
    ),
  );
}

/** The zones in which a local time is 23:59 UTC. */
function leapZones(hour: number, minute: number, zoneNeeded: boolean): string[] {
  const out: string[] = [];
  if (hour === 23 && minute === 59) out.push('z', 'Z', ...(zoneNeeded ? [] : ['']));
  for (const sign of [1, -1]) {
    for (const utcMinute of [59, -1]) {
      const minutes = sign * (minute - utcMinute);
      for (const utcHour of [23, -1]) {
        const hours = sign * (hour - utcHour - (utcMinute < 0 ? 1 : 0));
        if (minutes >= 0 && minutes < 60 && hours >= 0 && hours < 24)
          out.push(...zoneTexts(sign, hours, minutes));
      }
    }
  }
  return out;
}

/** Seconds that read as a double are below `last` + 1: 59.99999999999999999 is 60. */
function seconds(last: number): Language {
  const fraction = concat(word('.'), repeat(DIGIT, 1, Number.POSITIVE_INFINITY));
  return union([
    concat(words(upTo(0, last - 1)), union([EPSILON, fraction])),
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
