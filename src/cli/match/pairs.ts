import type { Diagnostic, Outcome } from '../../diagnostic/diagnostic.ts';
import type { Node } from '../../json/node.ts';
import { type Explanation, explainNode, matchNode, type Pattern } from '../../pattern/index.ts';
import { holesClosed, holesOpened } from '../../pattern/open-holes.ts';

/** Something that takes events: a pattern file, or a rule of a template. */
export interface NamedFilter {
  readonly name: string;
  /** Undefined: takes every event, or (of a rule that fires by schedule) none. */
  readonly pattern: Pattern | undefined;
  readonly takesAll: boolean;
}

export interface NamedEvent {
  readonly name: string;
  readonly node: Node;
}

/** unknown: it depends on something that is only known at deployment. */
export type PairVerdict = 'match' | 'no match' | 'unknown';

export interface PairResult {
  readonly filter: string;
  readonly event: string;
  readonly verdict: PairVerdict;
  readonly explanation?: Explanation;
}

/** How one event fares with one filter; undefined with the finding if it could not be decided. */
export function judge(
  { name, pattern, takesAll }: NamedFilter,
  event: NamedEvent,
): Outcome<PairResult | undefined> {
  const pair = { filter: name, event: event.name };
  if (!pattern) return result({ ...pair, verdict: takesAll ? 'match' : 'no match' });
  const { value: explanation, diagnostics } = explainNode(pattern, event.node);
  if (!explanation) return { value: undefined, diagnostics };
  return result({ ...pair, verdict: verdictOf(pattern, event.node, explanation.match), explanation });
}

function result(value: PairResult, diagnostics: readonly Diagnostic[] = []): Outcome<PairResult> {
  return { value, diagnostics };
}

/** A pattern with holes matches if it does whatever fills them, and fails if it does whatever fills them. */
function verdictOf(pattern: Pattern, event: Node, asWritten: boolean): PairVerdict {
  const opened = holesOpened(pattern);
  if (!opened) return asWritten ? 'match' : 'no match';
  if (matchNode(holesClosed(pattern, false), event).value) return 'match';
  return matchNode(opened, event).value === false ? 'no match' : 'unknown';
}
