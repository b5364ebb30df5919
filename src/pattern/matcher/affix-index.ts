import { reversed, sortPrefixes } from './prefixes.ts';
import { Sorted } from './snapshot.ts';

/** The conditions that stand for one prefix or suffix, by their numbers. */
interface Bucket {
  /** The prefix, or the suffix back to front. */
  readonly prefix: string;
  readonly ids: number[];
}

/** Different lengths beyond which trying each of them costs more than a search in sorted order. */
const FEW_LENGTHS = 12;

/**
 * Conditions by a text with which values begin (or end). As long as these texts have few different lengths, a
 * value is cut to each length and looked up; else they are searched in sorted order.
 */
export class AffixIndex {
  private readonly fromEnd: boolean;
  private readonly buckets = new Map<string, Bucket>();
  private readonly lengths = new Map<number, number>();
  private readonly sorted = new Sorted<Bucket, string>(sortPrefixes);

  constructor(fromEnd: boolean) {
    this.fromEnd = fromEnd;
  }

  get empty(): boolean {
    return this.buckets.size === 0;
  }

  add(affix: string, id: number): void {
    const known = this.buckets.get(affix);
    if (known) {
      known.ids.push(id);
      return;
    }
    const bucket = { prefix: this.fromEnd ? reversed(affix) : affix, ids: [id] };
    this.buckets.set(affix, bucket);
    this.lengths.set(affix.length, 1 + (this.lengths.get(affix.length) ?? 0));
    this.sorted.add(bucket);
  }

  delete(affix: string, id: number): void {
    const bucket = this.buckets.get(affix);
    if (!bucket) return;
    removeId(bucket.ids, id);
    if (bucket.ids.length > 0) return;
    this.buckets.delete(affix);
    const rest = this.lengths.get(affix.length)! - 1;
    if (rest > 0) this.lengths.set(affix.length, rest);
    else this.lengths.delete(affix.length);
    this.sorted.delete(bucket);
  }

  /** Tells the conditions that the text may meet, bucket by bucket. */
  find(text: string, found: (ids: readonly number[]) => void): void {
    if (this.lengths.size > FEW_LENGTHS) {
      this.sorted.find(this.fromEnd ? reversed(text) : text, ({ ids }) => found(ids));
      return;
    }
    const size = text.length;
    for (const length of this.lengths.keys()) {
      if (length > size) continue;
      const affix = this.fromEnd ? text.slice(size - length) : text.slice(0, length);
      const bucket = this.buckets.get(affix);
      if (bucket) found(bucket.ids);
    }
  }
}

/** Takes a number out of a list whose order does not matter. */
export function removeId(ids: number[], id: number): void {
  const at = ids.indexOf(id);
  const last = ids.pop()!;
  if (at < ids.length) ids[at] = last;
}
