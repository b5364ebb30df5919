import { parseAddress } from '../addresses.ts';
import { lowerAscii } from './ascii-case.ts';
import type { Condition } from './condition.ts';
import { addressKey, addressNumber, type Entry } from './entry.ts';
import { sortRanges } from './intervals.ts';
import type { Leaf } from './leaves.ts';
import { reversed, sortPrefixes } from './prefixes.ts';
import { Sorted } from './snapshot.ts';

type Buckets<K> = Map<K, Set<Condition>>;
type Found = (condition: Condition) => void;

interface Stored {
  readonly condition: Condition;
}
type Prefix = Stored & { readonly prefix: string };
type Range<N extends number | bigint> = Stored & { readonly low: N; readonly high: N };

/** The conditions on one field by what they accept: value → the conditions that it meets. */
export class FieldIndex {
  private readonly strings: Buckets<string> = new Map();
  /** Numbers by value, literals and numbers that are not comparable by their text, addresses by addressKey. */
  private readonly others: Buckets<number | string> = new Map();
  private addresses = 0;
  private readonly affixes = {
    prefix: new Sorted<Prefix, string>(sortPrefixes),
    suffix: new Sorted<Prefix, string>(sortPrefixes),
    'folded prefix': new Sorted<Prefix, string>(sortPrefixes),
    'folded suffix': new Sorted<Prefix, string>(sortPrefixes),
  };
  private readonly numbers = new Sorted<Range<number>, number>(sortRanges);
  private readonly blocks = new Sorted<Range<bigint>, bigint>(sortRanges);
  private readonly stored = new Map<Condition, (() => void)[]>();

  /** How many different values have a bucket of their own. */
  get distinct(): number {
    return this.strings.size + this.others.size;
  }

  add(condition: Condition): void {
    const undo = condition.entries.map((entry) => this.store(entry, condition));
    this.stored.set(condition, undo);
  }

  delete(condition: Condition): void {
    for (const undo of this.stored.get(condition) ?? []) undo();
    this.stored.delete(condition);
  }

  /** Puts an entry in its place; the answer takes it out again. */
  private store(entry: Entry, condition: Condition): () => void {
    switch (entry.index) {
      case 'string':
        return inBucket(this.strings, entry.key, condition);
      case 'other': {
        const remove = inBucket(this.others, entry.key, condition);
        if (typeof entry.key === 'number' || !entry.key.includes(':')) return remove;
        this.addresses++;
        return () => {
          this.addresses--;
          remove();
        };
      }
      case 'number':
        return inSorted(this.numbers, { ...entry, condition });
      case 'address':
        return inSorted(this.blocks, { ...entry, condition });
      case 'tested':
        return () => {};
      default:
        return inSorted(this.affixes[entry.index], { prefix: entry.prefix, condition });
    }
  }

  /** The conditions that have a bucket for the value: it meets each of them. */
  findExact(leaf: Leaf, found: Found): void {
    if (leaf.kind === 'string') {
      tell(this.strings.get(leaf.text), found);
      if (this.addresses > 0) {
        const address = parseAddress(leaf.text);
        if (address) tell(this.others.get(addressKey(address)), found);
      }
    } else if (this.others.size > 0) {
      tell(this.others.get(keyOf(leaf)), found);
    }
  }

  /** The conditions that a sorted index has for the value, and perhaps some that it does not meet. */
  findSorted(leaf: Leaf, found: Found): void {
    const each = ({ condition }: Stored) => found(condition);
    if (leaf.kind === 'number') {
      const { number } = leaf;
      if (this.numbers.size > 0 && !Number.isNaN(number)) this.numbers.find(number, each);
    } else if (leaf.kind === 'string') {
      this.findText(leaf.text, each);
    }
  }

  private findText(text: string, each: (stored: Stored) => void): void {
    const { prefix, suffix } = this.affixes;
    const foldedPrefix = this.affixes['folded prefix'];
    const foldedSuffix = this.affixes['folded suffix'];
    if (prefix.size > 0) prefix.find(text, each);
    if (suffix.size > 0) suffix.find(reversed(text), each);
    if (foldedPrefix.size > 0) foldedPrefix.find(lowerAscii(text), each);
    if (foldedSuffix.size > 0) foldedSuffix.find(reversed(lowerAscii(text)), each);
    if (this.blocks.size > 0) {
      const address = parseAddress(text);
      if (address) this.blocks.find(addressNumber(address), each);
    }
  }
}

function keyOf(leaf: Leaf): number | string {
  if (leaf.kind !== 'number') return leaf.kind;
  return Number.isNaN(leaf.number) ? leaf.text : leaf.number;
}

function tell(bucket: Set<Condition> | undefined, found: Found): void {
  if (bucket) for (const condition of bucket) found(condition);
}

function inBucket<K>(buckets: Buckets<K>, key: K, condition: Condition): () => void {
  const known = buckets.get(key);
  if (known) known.add(condition);
  else buckets.set(key, new Set([condition]));
  return () => {
    const bucket = buckets.get(key);
    bucket?.delete(condition);
    if (bucket?.size === 0) buckets.delete(key);
  };
}

function inSorted<E extends Stored, Q>(sorted: Sorted<E, Q>, entry: E): () => void {
  sorted.add(entry);
  return () => sorted.delete(entry);
}
