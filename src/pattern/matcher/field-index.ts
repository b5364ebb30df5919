import { parseAddress } from '../addresses.ts';
import { AffixIndex, removeId } from './affix-index.ts';
import { lowerAscii } from './ascii-case.ts';
import type { Condition } from './condition.ts';
import { addressKey, addressNumber, type Entry } from './entry.ts';
import { sortRanges } from './intervals.ts';
import type { Leaf } from './leaves.ts';
import { Sorted } from './snapshot.ts';

/** Told the numbers of conditions, some at a time. */
export type Found = (ids: readonly number[]) => void;

interface Range<N extends number | bigint> {
  readonly low: N;
  readonly high: N;
  /** Empty once the condition is gone, whose number may then be another's. */
  ids: readonly number[];
}

/** Value → the conditions that stand for it, by their numbers: a list of plain numbers lies together in memory. */
type Buckets<K> = Map<K, number[]>;

/** The conditions on one field by what they accept. */
export class FieldIndex {
  private readonly strings: Buckets<string> = new Map();
  /** Numbers by value, literals and numbers that are not comparable by their text, addresses by addressKey. */
  private readonly others: Buckets<number | string> = new Map();
  private addresses = 0;
  private readonly affixes = {
    prefix: new AffixIndex(false),
    suffix: new AffixIndex(true),
    'folded prefix': new AffixIndex(false),
    'folded suffix': new AffixIndex(true),
  };
  private readonly numbers = new Sorted<Range<number>, number>(sortRanges);
  private readonly blocks = new Sorted<Range<bigint>, bigint>(sortRanges);
  private readonly ranges = new Map<Entry, Range<never>>();

  /** How many different values have a bucket of their own. */
  get distinct(): number {
    return this.strings.size + this.others.size;
  }

  add({ id, entries }: Condition): void {
    for (const entry of entries) {
      switch (entry.index) {
        case 'string':
          addTo(this.strings, entry.key, id);
          break;
        case 'other':
          addTo(this.others, entry.key, id);
          if (isAddress(entry.key)) this.addresses++;
          break;
        case 'number':
          this.numbers.add(this.range(entry, id));
          break;
        case 'address':
          this.blocks.add(this.range(entry, id));
          break;
        case 'tested':
          break;
        default:
          this.affixes[entry.index].add(entry.affix, id);
      }
    }
  }

  delete({ id, entries }: Condition): void {
    for (const entry of entries) {
      switch (entry.index) {
        case 'string':
          deleteFrom(this.strings, entry.key, id);
          break;
        case 'other':
          deleteFrom(this.others, entry.key, id);
          if (isAddress(entry.key)) this.addresses--;
          break;
        case 'number':
          this.numbers.delete(this.dropRange(entry));
          break;
        case 'address':
          this.blocks.delete(this.dropRange(entry));
          break;
        case 'tested':
          break;
        default:
          this.affixes[entry.index].delete(entry.affix, id);
      }
    }
  }

  private range<N extends number | bigint>(entry: Entry & { low: N; high: N }, id: number): Range<N> {
    const range = { low: entry.low, high: entry.high, ids: [id] };
    this.ranges.set(entry, range as unknown as Range<never>);
    return range;
  }

  private dropRange(entry: Entry): Range<never> {
    const range = this.ranges.get(entry)!;
    this.ranges.delete(entry);
    range.ids = [];
    return range;
  }

  /** The conditions that have a bucket for the value: it meets each of them. */
  findExact(leaf: Leaf, found: Found): void {
    if (leaf.kind === 'string') {
      if (this.strings.size > 0) tell(this.strings, leaf.text, found);
      if (this.addresses > 0) {
        const address = parseAddress(leaf.text);
        if (address) tell(this.others, addressKey(address), found);
      }
    } else if (leaf.kind !== 'number') {
      tell(this.others, leaf.kind, found);
    } else if (this.others.size > 0) {
      if (this.others.has(leaf.number) && leaf.comparable) tell(this.others, leaf.number, found);
      else tell(this.others, leaf.text, found);
    }
  }

  /** The conditions that stand in another index for the value; some of them it may not meet. */
  findOthers(leaf: Leaf, found: Found): void {
    if (leaf.kind === 'number') {
      if (this.numbers.size > 0) this.numbers.find(leaf.number, ({ ids }) => found(ids));
    } else if (leaf.kind === 'string') {
      this.findText(leaf.text, found);
    }
  }

  private findText(text: string, found: Found): void {
    const { prefix, suffix } = this.affixes;
    const foldedPrefix = this.affixes['folded prefix'];
    const foldedSuffix = this.affixes['folded suffix'];
    if (!prefix.empty) prefix.find(text, found);
    if (!suffix.empty) suffix.find(text, found);
    if (!foldedPrefix.empty) foldedPrefix.find(lowerAscii(text), found);
    if (!foldedSuffix.empty) foldedSuffix.find(lowerAscii(text), found);
    if (this.blocks.size > 0) {
      const address = parseAddress(text);
      if (address) this.blocks.find(addressNumber(address), ({ ids }) => found(ids));
    }
  }
}

/** Whether a key of `others` is that of an address: only those hold a colon. */
function isAddress(key: number | string): boolean {
  return typeof key === 'string' && key.includes(':');
}

function tell<K>(buckets: Buckets<K>, key: K, found: Found): void {
  const ids = buckets.get(key);
  if (ids) found(ids);
}

function addTo<K>(buckets: Buckets<K>, key: K, id: number): void {
  const ids = buckets.get(key);
  if (ids) ids.push(id);
  else buckets.set(key, [id]);
}

function deleteFrom<K>(buckets: Buckets<K>, key: K, id: number): void {
  const ids = buckets.get(key);
  if (!ids) return;
  removeId(ids, id);
  if (ids.length === 0) buckets.delete(key);
}
