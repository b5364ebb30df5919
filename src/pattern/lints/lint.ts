import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Replaced } from '../expand.ts';
import type { Condition, Dialect } from '../pattern.ts';

/** A pattern as its author wrote it, for questions about what was meant. */
export interface Written {
  /** Every list of choices, in the order of the text; also those that a later one replaced. */
  readonly conditions: readonly Condition[];
  readonly replaced: readonly Replaced[];
  /** Where the pattern is used, if that was said. */
  readonly dialect: Dialect | undefined;
}

/** Something the service accepts and hardly anybody means: yields warnings. */
export type Lint = (written: Written) => readonly Diagnostic[];
