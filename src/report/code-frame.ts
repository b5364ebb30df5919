import { lineText, positionAt, type Span } from '../json/document.ts';
import type { Style } from './style.ts';

const MAX_LINES = 6;
const MAX_WIDTH = 160;
/** Of a longer line, so much is shown before the place. */
const BEFORE = 60;

/**
 * The lines of a span with one line before them, the span underlined and a label beside the last underline. A span
 * over many lines shows its first ones. Tabs count as one column, control characters are shown as `·`.
 */
export function codeFrame(span: Span, label: string | undefined, style: Style): string[] {
  const start = positionAt(span.document, span.start);
  const end = positionAt(span.document, Math.max(span.start, span.end - 1));
  const last = Math.min(end.line, start.line + MAX_LINES - 1);
  const width = String(last).length;
  const gutter = (number: number | undefined): string =>
    style.dim(`${number === undefined ? ' '.repeat(width) : String(number).padStart(width)} │`);
  const lines: string[] = [];
  if (start.line > 1 && lineText(span.document, start.line - 1).trim() !== '') {
    lines.push(`${gutter(start.line - 1)} ${shown(lineText(span.document, start.line - 1))}`);
  }
  for (let line = start.line; line <= last; line++) {
    const whole = lineText(span.document, line);
    // Of a line as long as a file is, the part that is meant is shown.
    const cut = line === start.line && whole.length > MAX_WIDTH ? Math.max(0, start.column - BEFORE) : 0;
    const text = cut > 0 ? `…${whole.slice(cut + 1)}` : whole;
    lines.push(`${gutter(line)} ${shown(text)}`);
    const indent = text.length - text.trimStart().length;
    const from = line === start.line ? start.column - 1 - cut : indent;
    const to = line === end.line ? end.column - cut : text.length;
    const short = Math.min(to, MAX_WIDTH);
    if (last > start.line && line !== last) continue;
    const mark = `${' '.repeat(Math.min(from, MAX_WIDTH))}${style.red('─'.repeat(Math.max(1, short - from)))}`;
    lines.push(`${gutter(undefined)} ${mark}${label ? ` ${label}` : ''}`);
  }
  if (end.line > last) lines.push(`${gutter(undefined)} ${style.dim(`… ${end.line - last} more`)}`);
  return lines;
}

function shown(line: string): string {
  const plain = line.replaceAll('\t', ' ').replace(/[\u0000-\u001f\u007f]/g, '·');
  return plain.length > MAX_WIDTH ? `${plain.slice(0, MAX_WIDTH)}…` : plain;
}
