import { evaluate } from '../../sets/evaluate.ts';
import type { Formula } from '../../sets/formula.ts';
import { numbersOf } from '../../sets/numbers/number-questions.ts';
import { hasNumber, isNoNumber, type NumberSet } from '../../sets/numbers/number-set.ts';
import type { Range } from '../../sets/numbers/range.ts';
import { type Rational, toNumber } from '../../sets/numbers/rational.ts';
import { numbersIn } from '../../sets/solve-scalar.ts';
import type { Dice } from './dice.ts';

const EXTREMES: readonly number[] = [
  0,
  1,
  -1,
  2 ** 31,
  -(2 ** 31),
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  0.1,
  -0.5,
  1e21,
  5e-324,
];
const LISTED = 12;
const TRIES = 6;

/** Sets → members worth trying: the ends, what lies next to them, small ones. */
const known = new WeakMap<NumberSet, readonly number[]>();

/** A random number of a formula restricted to numbers: an end of its range as often as something between. */
export function sampleNumber(goal: Formula, dice: Dice): number | undefined {
  const set = numbersIn(goal);
  if (isNoNumber(set)) return undefined;
  const edges = edgesOf(set);
  for (let i = 0; i < TRIES; i++) {
    const value = dice.chance(0.5) && edges.length > 0 ? dice.pick(edges) : between(set, dice);
    if (value !== undefined && isMember(goal, set, value)) return value;
  }
  return edges.find((value) => isMember(goal, set, value));
}

function isMember(goal: Formula, set: NumberSet, value: number): boolean {
  return (
    Number.isFinite(value) &&
    hasNumber(set, value) &&
    floatsAgree(set, value) &&
    evaluate(goal, value) === true
  );
}

/** From here on the text of a number has an exponent, which Ajv trips over when it looks for multiples. */
const WRITTEN_OUT = 1e21;

/** Whether validators that divide doubles see the same multiples: 0.3 is one of 0.1 by decimals, not by floats. */
function floatsAgree({ ranges, points }: NumberSet, value: number): boolean {
  if (points.length > 0 && ranges.length === 0) return true;
  return ranges.some(({ step }) => {
    const by = step && toNumber(step);
    return by === undefined || (Number.isInteger(value / by) && Math.abs(value / by) < WRITTEN_OUT);
  });
}

function edgesOf(set: NumberSet): readonly number[] {
  const before = known.get(set);
  if (before) return before;
  const ends = set.ranges.flatMap((range) => endsOf(range));
  const points = set.points.slice(0, LISTED).map(toNumber);
  const listed = [...ends, ...points, ...numbersOf(set, LISTED), ...EXTREMES];
  const edges = [...new Set(listed)].filter((value): value is number => {
    return value !== undefined && Number.isFinite(value) && hasNumber(set, value) && floatsAgree(set, value);
  });
  known.set(set, edges);
  return edges;
}

function endsOf({ low, high, step }: Range): (number | undefined)[] {
  const by = step ? (toNumber(step) ?? 1) : 1;
  const near = (end: Rational, sign: number): (number | undefined)[] => {
    const value = toNumber(end);
    return value === undefined ? [] : [value, value + sign * by, value + (sign * by) / 2];
  };
  return [...(low ? near(low.value, 1) : []), ...(high ? near(high.value, -1) : [])];
}

function between({ ranges, points }: NumberSet, dice: Dice): number | undefined {
  if (ranges.length === 0 || (points.length > 0 && dice.chance(0.3))) {
    return points.length > 0 ? toNumber(dice.pick(points)) : undefined;
  }
  const { low, high, step } = dice.pick(ranges);
  const spread = 10 ** dice.below(6);
  const from = low ? (toNumber(low.value) ?? 0) : high ? (toNumber(high.value) ?? 0) - spread : -spread;
  const to = high ? (toNumber(high.value) ?? 0) : from + (low ? spread : 2 * spread);
  const raw = from + dice.unit() * (to - from);
  if (!step) return dice.chance(0.5) ? Math.round(raw) : Number(raw.toPrecision(1 + dice.below(6)));
  const by = toNumber(step) ?? 1;
  return Math.round(raw / by) * by;
}
