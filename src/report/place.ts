import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { positionAt, type Span } from '../json/document.ts';

/** A span as other tools count it: lines and columns start at 1, the end is exclusive. */
export type Place = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
};

export function placeOf({ document, start, end }: Span): Place {
  const from = positionAt(document, start);
  const to = positionAt(document, end);
  return {
    file: document.path,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
}

/** The file a finding is about: where it is, or the file that could not be read; undefined when it is about none. */
export function fileOf({ code, span, params }: Diagnostic): string | undefined {
  if (span) return span.document.path || undefined;
  return code === 'input/unreadable' ? String(params['path']) : undefined;
}
