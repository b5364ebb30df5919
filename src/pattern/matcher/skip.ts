/**
 * Skipping over JSON in an array of UTF-16 units, without building anything. The array must hold a 0 after the
 * text: no rule of JSON accepts it, so that it ends every loop and the loops need not look at the length.
 *
 * Each function takes the index where its part begins and returns the index after it, or one of the negative
 * numbers below.
 */
export type Units = Uint16Array;

/** The text is not JSON. */
export const BROKEN = -1;
/** Arrays and objects are nested more deeply than allowed. */
export const TOO_DEEP = -2;

/** Levels of nesting that are read; EventBridge itself stops here, and so does the reader of patterns. */
export const MAX_DEPTH = 1000;

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const ZERO = 0x30;

export function skipSpace(units: Units, from: number): number {
  let at = from;
  let unit = units[at]!;
  while (unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09) unit = units[++at]!;
  return at;
}

/** From after the opening quote to after the closing one. */
export function skipString(units: Units, from: number): number {
  let at = from;
  for (;;) {
    const unit = units[at++]!;
    if (unit > QUOTE) {
      if (unit !== BACKSLASH) continue;
      at = skipEscape(units, at);
      if (at < 0) return BROKEN;
    } else if (unit === QUOTE) {
      return at;
    } else if (unit < 0x20) {
      return BROKEN;
    }
  }
}

/** From after the backslash. */
function skipEscape(units: Units, from: number): number {
  switch (units[from]) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f: // the solidus
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return from + 1;
    case 0x75: // u
      for (let i = 1; i <= 4; i++) if (!isHexDigit(units[from + i]!)) return BROKEN;
      return from + 5;
    default:
      return BROKEN;
  }
}

function isHexDigit(unit: number): boolean {
  return isDigit(unit) || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x66);
}

function isDigit(unit: number): boolean {
  return (unit - ZERO) >>> 0 <= 9;
}

/** From the minus or the first digit. */
export function skipNumber(units: Units, from: number): number {
  let at = from;
  if (units[at] === MINUS) at++;
  const first = units[at]!;
  if (!isDigit(first)) return BROKEN;
  let unit = units[++at]!;
  if (first !== ZERO) while (isDigit(unit)) unit = units[++at]!;
  if (unit === 0x2e) {
    unit = units[++at]!;
    if (!isDigit(unit)) return BROKEN;
    do unit = units[++at]!;
    while (isDigit(unit));
  }
  if ((unit | 0x20) === 0x65) {
    unit = units[++at]!;
    if (unit === 0x2b || unit === MINUS) unit = units[++at]!;
    if (!isDigit(unit)) return BROKEN;
    do unit = units[++at]!;
    while (isDigit(unit));
  }
  return at;
}

/** `true`, `false` or `null`. */
export function skipLiteral(units: Units, at: number): number {
  switch (units[at]) {
    case 0x74:
      return units[at + 1] === 0x72 && units[at + 2] === 0x75 && units[at + 3] === 0x65 ? at + 4 : BROKEN;
    case 0x66:
      return units[at + 1] === 0x61 &&
        units[at + 2] === 0x6c &&
        units[at + 3] === 0x73 &&
        units[at + 4] === 0x65
        ? at + 5
        : BROKEN;
    case 0x6e:
      return units[at + 1] === 0x75 && units[at + 2] === 0x6c && units[at + 3] === 0x6c ? at + 4 : BROKEN;
    default:
      return BROKEN;
  }
}

/** A string with its quotes, a number or a literal. */
export function skipScalar(units: Units, at: number): number {
  const unit = units[at]!;
  if (unit === QUOTE) return skipString(units, at + 1);
  if (isDigit(unit) || unit === MINUS) return skipNumber(units, at);
  return skipLiteral(units, at);
}

/** From before a key to before its value: the quotes, the name, the colon and the space around it. */
function skipKey(units: Units, from: number): number {
  if (units[from] !== QUOTE) return BROKEN;
  let at = skipString(units, from + 1);
  if (at < 0) return BROKEN;
  if (units[at] !== COLON) at = skipSpace(units, at);
  return units[at] === COLON ? skipSpace(units, at + 1) : BROKEN;
}

/** Which of the containers around are objects, by depth; only used while one value is skipped. */
const inObject = new Uint8Array(MAX_DEPTH + 1);

/**
 * Any value, checked to be JSON, with at most `room` levels of nesting. Iterative: it cannot exhaust the stack.
 */
export function skipValue(units: Units, from: number, room: number): number {
  let at = from;
  let depth = 0;
  for (;;) {
    const unit = units[at]!;
    if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
      if (depth === room) return TOO_DEEP;
      const object = unit === OPEN_BRACE;
      at = skipSpace(units, at + 1);
      if (units[at] === (object ? CLOSE_BRACE : CLOSE_BRACKET)) {
        at++;
      } else {
        inObject[depth++] = object ? 1 : 0;
        if (object) at = skipKey(units, at);
        if (at < 0) return at;
        continue;
      }
    } else {
      at = skipScalar(units, at);
      if (at < 0) return at;
    }
    for (;;) {
      if (depth === 0) return at;
      let next = units[at]!;
      if (next <= 0x20) {
        at = skipSpace(units, at);
        next = units[at]!;
      }
      const object = inObject[depth - 1] === 1;
      if (next === COMMA) {
        at = skipSpace(units, at + 1);
        if (object) at = skipKey(units, at);
        if (at < 0) return at;
        break;
      }
      if (next !== (object ? CLOSE_BRACE : CLOSE_BRACKET)) return BROKEN;
      at++;
      depth--;
    }
  }
}
