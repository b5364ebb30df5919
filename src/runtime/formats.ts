/**
 * The formats that take more than a regular expression. They answer as ajv-formats does (a test holds them against
 * it), so that a generated validator and Ajv at run time agree.
 */

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d):(\d\d(?:\.\d+)?)(z|([+-])(\d\d)(?::?(\d\d))?)?$/i;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `2026-02-28`: a day that the calendar has. */
export function isDate(text: string): boolean {
  const parts = DATE.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= last;
}

/** `09:14:22+09:00`; a second 60 only where UTC has its leap seconds, at the end of the day. */
export function isTime(text: string): boolean {
  return checkTime(text, true);
}

/** A time whose offset may be missing. */
export function isIsoTime(text: string): boolean {
  return checkTime(text, false);
}

function checkTime(text: string, needsOffset: boolean): boolean {
  const parts = TIME.exec(text);
  if (!parts) return false;
  const [, hours, minutes, seconds, offset, sign, offsetHours = '0', offsetMinutes = '0'] = parts;
  if (Number(offsetHours) > 23 || Number(offsetMinutes) > 59 || (needsOffset && !offset)) return false;
  if (Number(hours) <= 23 && Number(minutes) <= 59 && Number(seconds) < 60) return true;
  const direction = sign === '-' ? -1 : 1;
  const minute = Number(minutes) - direction * Number(offsetMinutes);
  const sinceMidnight = (Number(hours) - direction * Number(offsetHours)) * 60 + minute;
  const lastOfDay = sinceMidnight === 1439 || sinceMidnight === -1;
  return lastOfDay && (minute === 59 || minute === -1) && Number(seconds) < 61;
}

/** `2026-05-03T09:14:22+09:00`; a blank may stand for the T. */
export function isDateTime(text: string): boolean {
  const parts = text.split(/t|\s/i);
  return parts.length === 2 && isDate(parts[0]!) && isTime(parts[1]!);
}

export function isIsoDateTime(text: string): boolean {
  const parts = text.split(/t|\s/i);
  return parts.length === 2 && isDate(parts[0]!) && isIsoTime(parts[1]!);
}

/** A regular expression that JavaScript accepts; `\Z` is of other languages. */
export function isRegex(text: string): boolean {
  if (/[^\\]\\Z/.test(text)) return false;
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/m;

export function isByte(text: string): boolean {
  return BASE64.test(text);
}

export function isInt32(value: number): boolean {
  return Number.isInteger(value) && value <= 2 ** 31 - 1 && value >= -(2 ** 31);
}

export function isInt64(value: number): boolean {
  return Number.isInteger(value);
}

/** Length in characters, where surrogate pairs are one each. */
export function characters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    count++;
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdbff && at + 1 < text.length) {
      const next = text.charCodeAt(at + 1);
      if (next >= 0xdc00 && next <= 0xdfff) at++;
    }
  }
  return count;
}

/** Equality of JSON values; order of members does not count. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return keys.every((key) => Object.hasOwn(right, key) && equalJson(left[key], right[key]));
}
