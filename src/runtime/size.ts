import type { Entry } from './entry.ts';

/** A request holds at most this many entries (EventBridge quotas). */
export const MAX_ENTRIES = 10;

/**
 * The sizes of all entries of a request together must stay below 1 MiB
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html).
 */
export const MAX_BYTES: number = 1_048_576 - 1;

/**
 * Bytes that EventBridge counts for an entry: 14 for a time, and the UTF-8 lengths of source, detail-type, detail and
 * resources. Bus name and trace header do not count. Same page as above.
 */
export function entrySize({ Time, Source, DetailType, Detail, Resources = [] }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + utf8Length(text), Time ? 14 : 0);
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // A surrogate pair is four bytes for two units: one more for each. A lone one becomes U+FFFD, three bytes.
    if (unit > 0x7ff) bytes += isPairAt(text, at) ? 1 : 2;
    else if (unit > 0x7f) bytes += 1;
  }
  return bytes;
}

function isPairAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0xd800 || unit > 0xdfff) return false;
  const other = text.charCodeAt(unit < 0xdc00 ? at + 1 : at - 1);
  return unit < 0xdc00 ? other >= 0xdc00 && other <= 0xdfff : other >= 0xd800 && other < 0xdc00;
}

/** A member of `detail` and what it takes as JSON. */
export interface FieldSize {
  /** JSON Pointer below `detail`. */
  readonly path: string;
  readonly bytes: number;
}

/** The members of `detail` that take most: the first level, and inside a member that is most of it, the next. */
export function largestFields(detail: unknown, count = 3): readonly FieldSize[] {
  const fields: FieldSize[] = [];
  let [at, value]: [string, unknown] = ['', detail];
  for (let level = 0; level < 6 && typeof value === 'object' && value !== null; level++) {
    const sizes = Object.entries(value)
      .map(([name, member]) => ({ path: `${at}/${escapeToken(name)}`, bytes: jsonBytes(member), member }))
      .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    const [first] = sizes;
    const inside = first && first.bytes > total / 2 && typeof first.member === 'object';
    fields.push(...sizes.slice(inside ? 1 : 0, count).map(({ path, bytes }) => ({ path, bytes })));
    if (!inside) break;
    [at, value] = [first.path, first.member];
    if (Array.isArray(value)) {
      fields.push({ path: at, bytes: first.bytes });
      break;
    }
  }
  return fields.sort((a, b) => b.bytes - a.bytes).slice(0, count);
}

function jsonBytes(value: unknown): number {
  return utf8Length(JSON.stringify(value) ?? '');
}

function escapeToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
