import { complement, intersection, union } from './boolean.ts';
import { charSet, intersectChars, SURROGATES } from './chars.ts';
import { classChars, partitionOf } from './partition.ts';
import { type Edges, intern, type Language, NONE } from './term.ts';

const HIGH = charSet([0xd800, 0xdbff]);
const LOW = charSet([0xdc00, 0xdfff]);
const WITHOUT_HALVES = charSet([0, 0xd7ff, 0xe000, 0xffff]);

/**
 * The strings whose UTF-16 code units, read as characters one by one, are in `inner`: what a regular expression
 * without the `u` flag sees. Where `inner` cannot tell halves of characters apart this is `inner` itself.
 */
export function units(inner: Language): Language {
  if (!inner.surrogates) return inner;
  if (inner.kind === 'union') return union(inner.items.map(units));
  if (inner.kind === 'intersection') return intersection(inner.items.map(units));
  if (inner.kind === 'complement') return complement(units(inner.inner));
  return intern(`u${inner.id}`, () => ({
    kind: 'units',
    inner,
    nullable: inner.nullable,
    min: Math.ceil(inner.min / 2),
    max: inner.max,
    plain: false,
    exact: true,
    surrogates: true,
  }));
}

/** A character outside the basic plane is two steps of `inner`; every other one is one. */
export function stepUnits(
  term: Extract<Language, { kind: 'units' }>,
  step: (term: Language) => Edges,
): Edges {
  const targets = new Map<Language, number[]>();
  const add = (next: Language, ranges: readonly number[]) => {
    if (next === NONE || ranges.length === 0) return;
    const known = targets.get(next);
    if (known) known.push(...ranges);
    else targets.set(next, [...ranges]);
  };
  const first = step(term.inner);
  first.to.forEach((next, cls) => {
    const set = classChars(first.partition, cls);
    add(units(next), intersectChars(set, WITHOUT_HALVES).ranges);
    add(units(next), intersectChars(set, SURROGATES).ranges);
    const high = intersectChars(set, HIGH).ranges;
    if (high.length === 0 || next === NONE) return;
    const second = step(next);
    second.to.forEach((last, lastCls) => {
      add(units(last), pairs(high, intersectChars(classChars(second.partition, lastCls), LOW).ranges));
    });
  });
  const sets = [...targets.values()].map((ranges) => charSet(ranges));
  const { partition, labels } = partitionOf(sets);
  const next = [...targets.keys()];
  return { partition, to: labels.map((label) => (label < 0 ? NONE : next[label]!)) };
}

/** The code points whose halves lie in the ranges. */
function pairs(high: readonly number[], low: readonly number[]): number[] {
  const out: number[] = [];
  const whole = low.length === 2 && low[0] === 0xdc00 && low[1] === 0xdfff;
  for (let i = 0; i < high.length; i += 2) {
    if (whole) {
      out.push(join(high[i]!, 0xdc00), join(high[i + 1]!, 0xdfff));
      continue;
    }
    for (let h = high[i]!; h <= high[i + 1]!; h++) {
      for (let j = 0; j < low.length; j += 2) out.push(join(h, low[j]!), join(h, low[j + 1]!));
    }
  }
  return out;
}

function join(high: number, low: number): number {
  return ((high - 0xd800) << 10) + (low - 0xdc00) + 0x10000;
}
