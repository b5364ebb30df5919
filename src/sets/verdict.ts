import type { Span } from '../json/document.ts';

/**
 * The answer to a question about sets. `unknown` is an answer of its own: it is never read as "no".
 */
export type Verdict<W> = Yes<W> | No | Unknown;

export interface Yes<W> {
  readonly answer: 'yes';
  /** A member that shows it, checked again by independent judges before it is handed out. */
  readonly witness: W;
}

export interface No {
  readonly answer: 'no';
  readonly reason: Reason;
}

export interface Unknown {
  readonly answer: 'unknown';
  /** What was not decided: a construct, or the budget. */
  readonly reason: Reason;
}

/** Why, in words, and where the two parts stand that cannot meet. */
export interface Reason {
  readonly text: string;
  /** The dotted path in the event that decides, if one does. */
  readonly path?: string;
  /** JSON pointer into the schema of the keyword that decides, if one does. */
  readonly keyword?: string;
  readonly places?: readonly Span[];
}

export function yes<W>(witness: W): Yes<W> {
  return { answer: 'yes', witness };
}

export function no(text: string, rest: Omit<Reason, 'text'> = {}): No {
  return { answer: 'no', reason: { text, ...rest } };
}

export function unknown(text: string, rest: Omit<Reason, 'text'> = {}): Unknown {
  return { answer: 'unknown', reason: { text, ...rest } };
}
