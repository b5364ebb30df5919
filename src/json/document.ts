/** A text that came from somewhere, and places in it. */

export interface Document {
  /** The path as the user would write it, relative to the working folder where that is shorter. */
  readonly path: string;
  readonly text: string;
}

/** A half-open range of UTF-16 offsets in a document. */
export interface Span {
  readonly document: Document;
  readonly start: number;
  readonly end: number;
}

/** A place as editors count it: both numbers start at 1, columns are UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function documentOf(path: string, text: string): Document {
  return { path, text };
}

export function spanOf(document: Document, start: number, end: number): Span {
  return { document, start, end };
}

const lineStartsOf = new WeakMap<Document, readonly number[]>();

/** Offsets at which the lines of a document start. CR LF, LF and a lone CR all end a line. */
export function lineStarts(document: Document): readonly number[] {
  const known = lineStartsOf.get(document);
  if (known) return known;
  const starts = [0];
  const { text } = document;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  lineStartsOf.set(document, starts);
  return starts;
}

/** Offset → line and column, in time logarithmic in the number of lines. */
export function positionAt(document: Document, offset: number): Position {
  const starts = lineStarts(document);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low]! + 1 };
}

/** The text of a line, counted from 1, without its line end. */
export function lineText(document: Document, line: number): string {
  const starts = lineStarts(document);
  const start = starts[line - 1] ?? document.text.length;
  return document.text.slice(start, starts[line] ?? document.text.length).replace(/[\r\n]+$/, '');
}

/** `path:line:column`, the form editors and terminals open. */
export function printPlace(span: Span): string {
  const { line, column } = positionAt(span.document, span.start);
  return `${span.document.path}:${line}:${column}`;
}
