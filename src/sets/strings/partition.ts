import { Cache, pairKey } from './cache.ts';
import { type CharSet, charSet, LAST } from './chars.ts';
import { mostReadable, type Readable } from './readable.ts';

/**
 * The code points cut into classes that a language cannot tell apart in its next step.
 * Piece i is `starts[i]` up to the next start (or to 10FFFF) and belongs to class `classes[i]`.
 * Promises: `starts[0]` is 0, starts ascend, neighbouring pieces differ in class, classes are numbered from 0
 * in order of their first piece.
 */
export interface Partition {
  readonly id: number;
  readonly starts: readonly number[];
  readonly classes: readonly number[];
  /** How many classes. */
  readonly count: number;
  readonly readable: (Readable | undefined)[];
  readonly sets: (CharSet | undefined)[];
}

const partitions = new Cache<string, Partition>(50_000);
let nextId = 0;

/** A partition from pieces; classes are renumbered. Returns the new number of each old class that occurs. */
function fromPieces(starts: readonly number[], raw: readonly number[]): [Partition, Map<number, number>] {
  const renumbered = new Map<number, number>();
  const outStarts: number[] = [];
  const outClasses: number[] = [];
  let count = 0;
  for (let i = 0; i < starts.length; i++) {
    const old = raw[i]!;
    let cls = renumbered.get(old);
    if (cls === undefined) {
      cls = count++;
      renumbered.set(old, cls);
    }
    if (outClasses.length === 0 || outClasses[outClasses.length - 1] !== cls) {
      outStarts.push(starts[i]!);
      outClasses.push(cls);
    }
  }
  const key = `${outStarts.join(',')};${outClasses.join(',')}`;
  let partition = partitions.get(key);
  if (!partition) {
    partition = { id: nextId++, starts: outStarts, classes: outClasses, count, readable: [], sets: [] };
    partitions.set(key, partition);
  }
  return [partition, renumbered];
}

/** Everything in one class. */
export const WHOLE: Partition = fromPieces([0], [0])[0];

/**
 * The classes of some disjoint sets and of what is outside all of them.
 * `labels[class]` is the index of the set, or -1 for the outside.
 */
export function partitionOf(sets: readonly CharSet[]): { partition: Partition; labels: number[] } {
  const pieces: [number, number, number][] = [];
  sets.forEach((set, index) => {
    for (let i = 0; i < set.ranges.length; i += 2)
      pieces.push([set.ranges[i]!, set.ranges[i + 1]!, index + 1]);
  });
  pieces.sort((a, b) => a[0] - b[0]);
  const starts: number[] = [];
  const classes: number[] = [];
  let from = 0;
  for (const [low, high, label] of pieces) {
    if (from < low) {
      starts.push(from);
      classes.push(0);
    }
    starts.push(low);
    classes.push(label);
    from = high + 1;
  }
  if (from <= LAST) {
    starts.push(from);
    classes.push(0);
  }
  const [partition, renumbered] = fromPieces(starts, classes);
  const labels: number[] = new Array(partition.count).fill(-1);
  for (const [label, cls] of renumbered) labels[cls] = label - 1;
  return { partition, labels };
}

export interface Merged {
  readonly partition: Partition;
  /** For each class of the merge, the class it lies in on the left and on the right. */
  readonly left: readonly number[];
  readonly right: readonly number[];
}

const merges = new Cache<number, Merged>(50_000);

/** The coarsest partition that refines both. O(pieces), memoised. */
export function merge(a: Partition, b: Partition): Merged {
  if (a === b) {
    const same = identity(a.count);
    return { partition: a, left: same, right: same };
  }
  const key = pairKey(a.id, b.id);
  const known = merges.get(key);
  if (known) return known;
  const starts: number[] = [];
  const raw: number[] = [];
  for (let i = 0, j = 0; i < a.starts.length && j < b.starts.length; ) {
    starts.push(Math.max(a.starts[i]!, b.starts[j]!));
    raw.push(a.classes[i]! * b.count + b.classes[j]!);
    const nextA = a.starts[i + 1] ?? LAST + 1;
    const nextB = b.starts[j + 1] ?? LAST + 1;
    if (nextA <= nextB) i++;
    if (nextB <= nextA) j++;
  }
  const [partition, renumbered] = fromPieces(starts, raw);
  const left: number[] = new Array(partition.count).fill(0);
  const right: number[] = new Array(partition.count).fill(0);
  for (const [pair, cls] of renumbered) {
    left[cls] = Math.floor(pair / b.count);
    right[cls] = pair % b.count;
  }
  const merged = { partition, left, right };
  merges.set(key, merged);
  return merged;
}

/** Joins the classes that carry the same label. Returns the new class of each label too. */
export function coarsen(partition: Partition, labels: readonly number[]): [Partition, Map<number, number>] {
  return fromPieces(
    partition.starts,
    partition.classes.map((cls) => labels[cls]!),
  );
}

function identity(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

export function classOf(partition: Partition, codePoint: number): number {
  let low = 0;
  let high = partition.starts.length - 1;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if (partition.starts[mid]! <= codePoint) low = mid;
    else high = mid - 1;
  }
  return partition.classes[low]!;
}

/** The members of a class. */
export function classChars(partition: Partition, cls: number): CharSet {
  const known = partition.sets[cls];
  if (known) return known;
  const ranges: number[] = [];
  partition.starts.forEach((start, i) => {
    if (partition.classes[i] === cls) ranges.push(start, (partition.starts[i + 1] ?? LAST + 1) - 1);
  });
  const set = charSet(ranges);
  partition.sets[cls] = set;
  return set;
}

/** The most readable member of a class that may stand in a JSON string; code point -1 if there is none. */
export function classSample(partition: Partition, cls: number): Readable {
  const known = partition.readable[cls];
  if (known) return known;
  const sample = mostReadable(classChars(partition, cls).ranges);
  partition.readable[cls] = sample;
  return sample;
}
