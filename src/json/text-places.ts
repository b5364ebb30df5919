import { type Span, spanOf } from './document.ts';
import type { Node, StringNode } from './node.ts';

/**
 * Where part of a string's value stands in its document. An exact part has one unit of text for each unit of value;
 * any other part (an escape, a substituted variable) stands as a whole for its range of the document.
 */
interface TextPlace {
  /** Offset and length within the value. */
  readonly at: number;
  readonly length: number;
  /** Range within the document. */
  readonly start: number;
  readonly end: number;
  readonly exact: boolean;
}

const composed = new WeakMap<Node, readonly TextPlace[]>();
const decoded = new WeakMap<Node, readonly TextPlace[]>();

/** The parts of a string's value in order. They cover the value without gaps. Linear in the value's length. */
function textPlaces(node: StringNode): readonly TextPlace[] {
  const known = composed.get(node) ?? decoded.get(node);
  if (known) return known;
  const places = decode(node) ?? [whole(node)];
  decoded.set(node, places);
  return places;
}

/** The parts of a range of the value, moved so that the range begins at `to`. */
function slicePlaces(places: readonly TextPlace[], from: number, end: number, to: number): TextPlace[] {
  const slice: TextPlace[] = [];
  for (const place of places) {
    const first = Math.max(place.at, from);
    const last = Math.min(place.at + place.length, end);
    if (first >= last) continue;
    const start = place.exact ? place.start + (first - place.at) : place.start;
    const stop = place.exact ? start + (last - first) : place.end;
    slice.push({ at: to + (first - from), length: last - first, start, end: stop, exact: place.exact });
  }
  return slice;
}

/** The place in the document of a range of a string's value. */
export function spanWithin(node: StringNode, from: number, to: number): Span {
  const places = textPlaces(node);
  const first = places.findLast((place) => place.at <= from);
  const last = places.findLast((place) => place.at < Math.max(to, from + 1)) ?? first;
  if (!first || !last) return node.span;
  const start = first.exact ? first.start + Math.min(from - first.at, first.length) : first.start;
  const end = last.exact ? last.start + Math.min(to - last.at, last.length) : last.end;
  return spanOf(node.span.document, start, Math.max(start, end));
}

/** Puts a text together from parts and remembers where each part stands. */
export class TextBuilder {
  private readonly places: TextPlace[] = [];
  private value = '';

  get length(): number {
    return this.value.length;
  }

  /** A range of another string's value. */
  take(node: StringNode, from = 0, end = node.value.length): void {
    this.places.push(...slicePlaces(textPlaces(node), from, end, this.value.length));
    this.value += node.value.slice(from, end);
  }

  /** Text that stands as a whole for a place. */
  put(text: string, { start, end }: Pick<Span, 'start' | 'end'>): void {
    this.places.push({ at: this.value.length, length: text.length, start, end, exact: false });
    this.value += text;
  }

  build(span: Span): StringNode {
    const node: StringNode = { kind: 'string', span, value: this.value };
    composed.set(node, this.places);
    return node;
  }
}

function whole(node: StringNode): TextPlace {
  const { start, end } = node.span;
  return { at: 0, length: node.value.length, start, end, exact: false };
}

/** The parts as the text spells them, if reading the text again gives the value; otherwise undefined. */
function decode(node: StringNode): TextPlace[] | undefined {
  const { document, start, end } = node.span;
  const text = document.text.slice(start, end);
  if (text === node.value) return [{ at: 0, length: text.length, start, end, exact: true }];
  if (text.startsWith('"')) return decodeQuoted(node, text, /\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])/y);
  if (text.startsWith("'")) return decodeQuoted(node, text, /''/y);
  if (text.startsWith('|')) return decodeBlock(node, text);
  return undefined;
}

function decodeQuoted(node: StringNode, text: string, escape: RegExp): TextPlace[] | undefined {
  const places: TextPlace[] = [];
  const offset = node.span.start;
  let at = 0;
  let index = 1;
  const end = text.length - 1;
  while (index < end) {
    escape.lastIndex = index;
    const match = escape.exec(text)?.[0];
    if (match) {
      places.push({ at, length: 1, start: offset + index, end: offset + index + match.length, exact: false });
      at++;
      index += match.length;
      continue;
    }
    const from = index;
    while (index < end && text[index] !== '\\' && !(text[0] === "'" && text[index] === "'")) index++;
    if (index === from) return undefined;
    const length = index - from;
    if (node.value.slice(at, at + length) !== text.slice(from, index)) return undefined;
    places.push({ at, length, start: offset + from, end: offset + index, exact: true });
    at += length;
  }
  return at === node.value.length ? places : undefined;
}

/** A literal block: the lines after the header, without their indentation. */
function decodeBlock(node: StringNode, text: string): TextPlace[] | undefined {
  const places: TextPlace[] = [];
  let line = text.indexOf('\n') + 1;
  if (line === 0) return undefined;
  let at = 0;
  for (const wanted of node.value.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const lineEnd = text.indexOf('\n', line) + 1 || text.length;
    const found = text.slice(line, lineEnd);
    const bare = wanted.replace(/\n$/, '');
    const trimmed = found.replace(/[\r\n]+$/, '');
    if (!trimmed.endsWith(bare)) return undefined;
    const start = node.span.start + line + (trimmed.length - bare.length);
    places.push({ at, length: wanted.length, start, end: start + wanted.length, exact: true });
    at += wanted.length;
    line = lineEnd;
  }
  return at === node.value.length ? places : undefined;
}
