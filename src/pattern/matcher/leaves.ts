import { patternNumber } from '../numbers.ts';
import { NOWHERE, Positions } from './positions.ts';

export type LeafKind = 'string' | 'number' | 'true' | 'false' | 'null';

/** Leaves kept for the next event; what one event needed beyond that is given back. */
const KEPT = 4096;

/**
 * A value of the event at a path some pattern asks about. Of an event that is text only the place is noted; the
 * value is read when a condition looks at it. Leaves are used again for the next event.
 */
export class Leaf {
  kind: LeafKind = 'null';
  /** See {@link Positions}. */
  position = NOWHERE;
  /** The next leaf of the same path. */
  next: Leaf | undefined;
  private source = '';
  private start = 0;
  private end = 0;
  private escaped = false;
  private read: string | undefined;
  private nearest: number | undefined;
  private shortest: boolean | undefined;

  /** A part of a text: a string's is between its quotes. */
  place(source: string, start: number, end: number, escaped: boolean): void {
    this.source = source;
    this.start = start;
    this.end = end;
    this.escaped = escaped;
    this.read = undefined;
    this.nearest = undefined;
    this.shortest = undefined;
  }

  /** A value that is already there: a string, or a number and its text. */
  hold(text: string, number?: number): void {
    this.source = '';
    this.read = text;
    this.nearest = number;
    this.shortest = number !== undefined && Number.isFinite(number);
  }

  /** The string, or the characters of the number. */
  get text(): string {
    this.read ??= this.escaped
      ? (JSON.parse(this.source.slice(this.start - 1, this.end + 1)) as string)
      : this.source.slice(this.start, this.end);
    return this.read;
  }

  /** Characters as they were written. */
  get size(): number {
    return this.read === undefined ? this.end - this.start : this.read.length;
  }

  /** The nearest double. */
  get number(): number {
    this.nearest ??= Number(this.text);
    return this.nearest;
  }

  /**
   * Whether the number is comparable (see PatternNumber). Most were printed by something that prints the shortest
   * decimal, only the others are taken apart. This costs more than a comparison: ask when that was in favour.
   */
  get comparable(): boolean {
    this.shortest ??= isShortest(this.text, this.number);
    return this.shortest;
  }
}

/** A decimal of so few digits is the shortest of its double, if that is neither endless nor among the least. */
const SHORT = 15;

function isShortest(raw: string, number: number): boolean {
  if (raw.length <= SHORT && Number.isFinite(number) && Math.abs(number) >= 1e-5) return true;
  return String(number) === raw ? Number.isFinite(number) : patternNumber(raw, number).comparable;
}

/** The leaves of one event by the slots of their paths, and their positions. */
export class Leaves {
  readonly positions = new Positions();
  private readonly pool: Leaf[] = [];
  private used = 0;
  private readonly firsts: (Leaf | undefined)[] = [];
  private readonly lasts: (Leaf | undefined)[] = [];
  /** The slots of the paths that have leaves. */
  readonly slots: number[] = [];

  /** Makes room for the leaves of the next event. */
  clear(): void {
    for (const slot of this.slots) this.firsts[slot] = undefined;
    this.slots.length = 0;
    this.used = 0;
    if (this.pool.length > KEPT) this.pool.length = KEPT;
    this.positions.clear();
  }

  /** Prepares a slot. */
  open(slot: number): void {
    while (this.firsts.length <= slot) {
      this.firsts.push(undefined);
      this.lasts.push(undefined);
    }
  }

  add(slot: number, kind: LeafKind, position: number): Leaf {
    const leaf = this.pool[this.used] ?? this.grow();
    this.used++;
    leaf.kind = kind;
    leaf.position = position;
    leaf.next = undefined;
    if (this.firsts[slot] === undefined) {
      this.firsts[slot] = leaf;
      this.slots.push(slot);
    } else {
      this.lasts[slot]!.next = leaf;
    }
    this.lasts[slot] = leaf;
    return leaf;
  }

  private grow(): Leaf {
    const leaf = new Leaf();
    this.pool.push(leaf);
    return leaf;
  }

  /** The first leaf of a path, in the order of the event. */
  first(slot: number): Leaf | undefined {
    return this.firsts[slot];
  }
}
