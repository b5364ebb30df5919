/** An exact fraction. Promises: `d` is positive, and the two have no common divisor. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** Exponents beyond this are not written out as digits, and longer texts are not read. */
const LARGEST_EXPONENT = 5000;

export function rational(n: bigint, d = 1n): Rational {
  const sign = d < 0n ? -1n : 1n;
  const common = gcd(n, d);
  return common === 0n ? ZERO : { n: (sign * n) / common, d: (sign * d) / common };
}

const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/**
 * The exact value of a JSON number: of its text, or of the shortest text of a double. Undefined for what is not a
 * finite number, for exponents beyond ±5000 and for texts of more than 5000 characters.
 */
export function parseRational(value: number | string): Rational | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(String(value));
  if (!parts || parts[0].length > LARGEST_EXPONENT) return undefined;
  const [, sign, whole, fraction = '', exponent = '0'] = parts;
  const shift = Number(exponent) - fraction.length;
  if (Math.abs(shift) > LARGEST_EXPONENT) return undefined;
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return shift >= 0 ? rational(digits * 10n ** BigInt(shift)) : rational(digits, 10n ** BigInt(-shift));
}

export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function equal(a: Rational, b: Rational): boolean {
  return a.n === b.n && a.d === b.d;
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.n * b.n, a.d * b.d);
}

export function divide(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d, a.d * b.n);
}

function negate(a: Rational): Rational {
  return { n: -a.n, d: a.d };
}

/** The largest integer not above. */
export function floor(a: Rational): bigint {
  const quotient = a.n / a.d;
  return a.n < 0n && quotient * a.d !== a.n ? quotient - 1n : quotient;
}

/** The smallest integer not below. */
export function ceil(a: Rational): bigint {
  return -floor(negate(a));
}

export function isMultiple(a: Rational, step: Rational): boolean {
  return (a.n * step.d) % (a.d * step.n) === 0n;
}

/** The least positive number that is a multiple of both. */
export function leastCommonMultiple(a: Rational, b: Rational): Rational {
  const left = a.n * b.d;
  const right = b.n * a.d;
  return rational((left / gcd(left, right)) * right, a.d * b.d);
}

/**
 * The double that stands for exactly this value: whose shortest text reads back as it. Undefined if there is none
 * (1/3, 2^53 + 1, 1e400).
 */
export function toNumber(a: Rational): number | undefined {
  const value = nearest(a);
  if (!Number.isFinite(value)) return undefined;
  const back = parseRational(value);
  return back && equal(back, a) ? (value === 0 ? 0 : value) : undefined;
}

/** A double next to the value: exact to about 17 digits. */
function nearest(a: Rational): number {
  const small = a.n > -(2n ** 1000n) && a.n < 2n ** 1000n && a.d < 2n ** 1000n;
  const digits = decimalText(a);
  if (digits !== undefined) return Number(digits);
  if (small) return Number(a.n) / Number(a.d);
  const shift = BigInt(Math.max(a.n.toString(2).length, a.d.toString(2).length) - 900);
  return Number(a.n >> shift) / Number(a.d >> shift);
}

/** The value in decimal notation, if it has a finite one of moderate length. */
function decimalText(a: Rational): string | undefined {
  let places = 0;
  let rest = a.d;
  let twos = 0;
  let fives = 0;
  while (rest % 2n === 0n && twos <= LARGEST_EXPONENT) {
    rest /= 2n;
    twos++;
  }
  while (rest % 5n === 0n && fives <= LARGEST_EXPONENT) {
    rest /= 5n;
    fives++;
  }
  if (rest !== 1n) return undefined;
  places = Math.max(twos, fives);
  return `${(a.n * 10n ** BigInt(places)) / a.d}e-${places}`;
}

export function text(a: Rational): string {
  return a.d === 1n ? String(a.n) : `${a.n}/${a.d}`;
}
