import { type End, hasSorted, type Range, rangeKey } from './range.ts';
import { compare, equal, type Rational, text } from './rational.ts';

/** Points that some range leaves out, or that close an open end, become part of the range. */
export function fillHoles(points: readonly Rational[], ranges: readonly Range[]): [Rational[], Range[]] {
  let rest = [...points];
  const out = ranges.map((range) => {
    const holes = range.except.filter((value) => hasSorted(rest, value));
    if (holes.length === 0) return range;
    rest = rest.filter((value) => !hasSorted(holes, value));
    return { ...range, except: range.except.filter((value) => !hasSorted(holes, value)) };
  });
  const closed = out.map((range) => {
    if (range.step || range.not.length > 0) return range;
    const close = (end: End | undefined) => {
      if (!end?.open || !hasSorted(rest, end.value)) return end;
      rest = rest.filter((value) => !equal(value, end.value));
      return { value: end.value, open: false };
    };
    const low = close(range.low);
    const high = close(range.high);
    return { ...range, ...(low && { low }), ...(high && { high }) };
  });
  return [rest, joinRanges(closed)];
}

/** Joins plain ranges that overlap or touch, and drops ranges inside others. */
export function joinRanges(ranges: readonly Range[]): Range[] {
  const same = new Map<string, Range[]>();
  for (const range of ranges) {
    const { step, not, except } = range;
    const key = `${step ? text(step) : ''} ${not.map(text)} ${except.length > 0 ? rangeKey(range) : ''}`;
    const group = same.get(key);
    if (group) group.push(range);
    else same.set(key, [range]);
  }
  return [...same.values()].flatMap(joinAlike);
}

function joinAlike(ranges: readonly Range[]): Range[] {
  const ordered = [...ranges].sort(byLow);
  const out: Range[] = [];
  for (const range of ordered) {
    const last = out[out.length - 1];
    if (last && meets(last, range)) out[out.length - 1] = withHigh(last, laterEnd(last.high, range.high));
    else out.push(range);
  }
  return out;
}

function byLow(a: Range, b: Range): number {
  if (!a.low || !b.low) return a.low ? 1 : b.low ? -1 : 0;
  return compare(a.low.value, b.low.value) || Number(a.low.open) - Number(b.low.open);
}

function meets(a: Range, b: Range): boolean {
  if (!a.high || !b.low) return true;
  const side = compare(a.high.value, b.low.value);
  return side > 0 || (side === 0 && !(a.high.open && b.low.open));
}

function laterEnd(a: End | undefined, b: End | undefined): End | undefined {
  if (!a || !b) return undefined;
  const side = compare(a.value, b.value);
  return side === 0 ? { value: a.value, open: a.open && b.open } : side > 0 ? a : b;
}

function withHigh({ low, step, not, except }: Range, high: End | undefined): Range {
  return { ...(low && { low }), ...(high && { high }), ...(step && { step }), not, except };
}
