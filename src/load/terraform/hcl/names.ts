import type { Span } from '../../../json/document.ts';
import type { Node } from '../../../json/node.ts';

/** One step behind a name: an attribute or an index. */
export type Step = string | number;

/** What the names in an expression mean. */
export interface Names {
  /** The value of a name with steps behind it, and how many of the steps it took; undefined: it is not known. */
  lookUp(
    root: string,
    steps: readonly Step[],
    span: Span,
  ): { readonly node: Node; readonly used: number } | undefined;
  /** What a plan tells: that a value has to do with these references. */
  referenced(to: readonly string[], span: Span): Node;
  /** A value of which nothing is known; the same for the same text. */
  unknown(text: string, span: Span): Node;
  /** A file beside the module, for `file` and the like. */
  file(path: string): string | undefined;
  /** Takes some work from the budget; false when none is left. */
  spend(steps: number): boolean;
}
