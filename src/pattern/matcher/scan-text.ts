import type { Leaves } from './leaves.ts';
import { NOWHERE } from './positions.ts';
import * as json from './skip.ts';
import { skipTrustedLevels, skipTrustedValue } from './skip-trusted.ts';
import { NO_SLOT, type Wanted } from './wanted.ts';

/** Bytes of the buffer kept for the next text; a longer text has one of its own. */
const KEPT = 1 << 21;
const DOT = 0x2e;

/** Why an event could not be read. */
export type ScanProblem = 'not JSON' | 'not an object' | 'too deep';

/**
 * Reads events from text: only the values on wanted paths are noted, everything else is skipped, without building
 * objects and without decoding strings or numbers. Linear in the text.
 *
 * The whole object is checked to be JSON; text after its closing brace is ignored, as AWS does. With `trusted` the
 * text is taken for JSON in which no object repeats a name (nor spells a nested path with dots): what is not wanted
 * is not checked, and reading ends as soon as every wanted path was seen.
 */
export class TextScanner {
  private readonly leaves: Leaves;
  private kept = Buffer.alloc(1 << 12);
  private keptUnits = unitsOf(this.kept);
  private text = '';
  private units = this.keptUnits;
  private trusted = false;
  /** Levels of nesting that a trusting scan left before their end, because nothing more was wanted in them. */
  private unclosed = 0;

  constructor(leaves: Leaves) {
    this.leaves = leaves;
  }

  scan(text: string, wanted: Wanted, trusted: boolean): ScanProblem | undefined {
    this.take(text);
    this.trusted = trusted;
    this.unclosed = 0;
    const start = json.skipSpace(this.units, 0);
    let end: number;
    if (this.units[start] === json.OPEN_BRACE) end = this.object(start, wanted, NOWHERE, json.MAX_DEPTH);
    else end = json.skipValue(this.units, start, json.MAX_DEPTH);
    const object = this.units[start] === json.OPEN_BRACE;
    this.text = '';
    this.units = this.keptUnits;
    if (end === json.TOO_DEEP) return 'too deep';
    if (end < 0) return 'not JSON';
    return object ? undefined : 'not an object';
  }

  /**
   * Copies the text into an array of units: reading an array is several times faster than asking a string for its
   * units, above all where the string is a slice of another.
   */
  private take(text: string): void {
    const bytes = this.room(2 * (text.length + 2));
    bytes.write(text, 'utf16le');
    this.units = bytes === this.kept ? this.keptUnits : unitsOf(bytes);
    this.units[text.length] = 0;
    this.units[text.length + 1] = 0;
    this.text = text;
  }

  private room(size: number): Buffer {
    if (size <= this.kept.length) return this.kept;
    if (size > KEPT) return Buffer.alloc(size);
    this.kept = Buffer.alloc(Math.min(KEPT, 2 * size));
    this.keptUnits = unitsOf(this.kept);
    return this.kept;
  }

  /** From the opening brace to after the closing one; `room` is the number of levels allowed from here. */
  private object(from: number, wanted: Wanted, position: number, room: number): number {
    if (room === 0) return json.TOO_DEEP;
    const { units, text, trusted } = this;
    let left = wanted.size;
    let at = json.skipSpace(units, from + 1);
    if (units[at] === json.CLOSE_BRACE) return at + 1;
    for (;;) {
      if (units[at] !== json.QUOTE) return json.BROKEN;
      const start = at + 1;
      let plain = true;
      for (;;) {
        const unit = units[++at]!;
        if (unit > DOT) {
          if (unit !== json.BACKSLASH) continue;
          plain = false;
          break;
        }
        if (unit === json.QUOTE) break;
        if (unit === DOT) {
          plain = false;
          break;
        }
        if (unit < 0x20) return json.BROKEN;
      }
      if (!plain) {
        at = json.skipString(units, at) - 1;
        if (at < 0) return json.BROKEN;
      }
      const child = plain
        ? wanted.childAt(units, start, at, text)
        : wanted.child(JSON.parse(text.slice(start - 1, at + 1)) as string);
      at++;
      if (units[at] !== json.COLON) {
        at = json.skipSpace(units, at);
        if (units[at] !== json.COLON) return json.BROKEN;
      }
      at = json.skipSpace(units, at + 1);
      if (child === undefined) {
        at = trusted ? skipTrustedValue(units, at) : json.skipValue(units, at, room - 1);
        if (at < 0) return at;
      } else {
        at = this.value(at, child, position, room - 1);
        if (at < 0) return at;
        if (trusted) {
          if (plain && --left === 0) {
            this.unclosed++;
            return at;
          }
          at = this.close(at);
          if (at < 0) return at;
        }
      }
      let next = units[at]!;
      if (next <= 0x20) {
        at = json.skipSpace(units, at);
        next = units[at]!;
      }
      if (next === json.CLOSE_BRACE) return at + 1;
      if (next !== json.COMMA) return json.BROKEN;
      at = json.skipSpace(units, at + 1);
    }
  }

  /** A value on a path that is wanted or leads to one. */
  private value(from: number, wanted: Wanted, position: number, room: number): number {
    const { units } = this;
    const unit = units[from]!;
    if (unit === json.OPEN_BRACE) {
      if (wanted.size > 0) return this.object(from, wanted, position, room);
      return this.trusted ? skipTrustedValue(units, from) : json.skipValue(units, from, room);
    }
    if (unit === json.OPEN_BRACKET) return this.array(from, wanted, position, room);
    return this.scalar(from, wanted.slot, position);
  }

  private array(from: number, wanted: Wanted, position: number, room: number): number {
    if (room === 0) return json.TOO_DEEP;
    const { units } = this;
    const { positions } = this.leaves;
    const array = positions.newArray();
    let at = json.skipSpace(units, from + 1);
    if (units[at] === json.CLOSE_BRACKET) return at + 1;
    for (;;) {
      const unit = units[at]!;
      if (unit === json.OPEN_BRACE || unit === json.OPEN_BRACKET) {
        at = this.value(at, wanted, positions.newElement(position, array), room - 1);
        if (this.trusted && at >= 0) at = this.close(at);
      } else {
        at = this.scalar(at, wanted.slot, position);
      }
      if (at < 0) return at;
      let next = units[at]!;
      if (next <= 0x20) {
        at = json.skipSpace(units, at);
        next = units[at]!;
      }
      if (next === json.CLOSE_BRACKET) return at + 1;
      if (next !== json.COMMA) return json.BROKEN;
      at = json.skipSpace(units, at + 1);
    }
  }

  private scalar(from: number, slot: number, position: number): number {
    const { units, leaves, text } = this;
    const unit = units[from]!;
    if (unit === json.QUOTE) {
      const end = json.skipString(units, from + 1);
      if (slot === NO_SLOT || end < 0) return end;
      leaves
        .add(slot, 'string', position)
        .place(text, from + 1, end - 1, hasEscape(units, from + 1, end - 1));
      return end;
    }
    const end = json.skipScalar(units, from);
    if (slot === NO_SLOT || end < 0) return end;
    const kind = unit === 0x74 ? 'true' : unit === 0x66 ? 'false' : unit === 0x6e ? 'null' : 'number';
    leaves.add(slot, kind, position).place(text, from, end, false);
    return end;
  }

  /** Skips what is left of levels that were not read to their end. */
  private close(at: number): number {
    if (this.unclosed === 0) return at;
    const levels = this.unclosed;
    this.unclosed = 0;
    return skipTrustedLevels(this.units, at, levels);
  }
}

function unitsOf(bytes: Buffer): json.Units {
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
}

function hasEscape(units: json.Units, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (units[i] === json.BACKSLASH) return true;
  return false;
}
