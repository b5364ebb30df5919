import { type Diagnostic, finding, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import { type Document, documentOf } from '../json/document.ts';
import type { Node } from '../json/node.ts';
import { parseJson } from '../json/parse-json.ts';
import { isObject, type JsonValue } from '../json/value.ts';
import { Budget, OutOfBudget } from '../sets/budget.ts';
import { assign } from './assign.ts';
import { type Asked, askedBy, type Leaves, leavesOfNode, leavesOfValue } from './event.ts';
import type { Pattern } from './pattern.ts';
import { describeNode } from './reading.ts';

/**
 * Values looked at before a match is given up. Ordinary events need as many as they have values; only arrays in
 * arrays under repeated names, made to be hard, come near it.
 */
export const MATCH_STEPS = 5_000_000;

/**
 * Whether an event, given as JSON text, matches. The text is exact: digits beyond a double and repeated keys
 * count; text after the closing brace is ignored. An event that is not a JSON object is a finding, and so is a
 * match that would cost more than {@link MATCH_STEPS}; the value is undefined then.
 */
export function matchText(pattern: Pattern, event: string | Document): Outcome<boolean | undefined> {
  const document = typeof event === 'string' ? documentOf('event', event) : event;
  const { value, diagnostics } = parseEvent(document);
  return value ? matchNode(pattern, value) : outcome(undefined, diagnostics);
}

/** Event text → its tree; a text that is not a JSON object yields a finding. */
export function parseEvent(document: Document): Outcome<Node | undefined> {
  const parsed = parseJson(document, { allowTrailing: true });
  const problem = parsed.value && eventProblem(parsed.value);
  return problem ? outcome(undefined, [problem]) : parsed;
}

/** Whether an event, given as a tree, matches; findings as with {@link matchText}. */
export function matchNode(pattern: Pattern, event: Node): Outcome<boolean | undefined> {
  const problem = eventProblem(event);
  if (problem) return outcome(undefined, [problem]);
  try {
    return outcome(matches(pattern, leavesOfNode(event, askedOf(pattern))));
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error;
    return outcome(undefined, [finding('pattern/too-costly', { what: error.what }, { span: event.span })]);
  }
}

/**
 * Whether an event, given as a value, matches; what is not an object matches nothing. Of repeated keys a value
 * holds only the last, of long numbers only the nearest double: where that matters, use {@link matchText}.
 * Throws {@link OutOfBudget} when the match would cost more than {@link MATCH_STEPS}.
 */
export function matchValue(pattern: Pattern, event: JsonValue): boolean {
  return isObject(event) && matches(pattern, leavesOfValue(event, askedOf(pattern)));
}

function matches(pattern: Pattern, leaves: Leaves): boolean {
  const budget = new Budget(MATCH_STEPS);
  return pattern.alternatives.some((alternative) => assign(alternative, leaves, budget) !== undefined);
}

/** What keeps a tree from being an event. */
export function eventProblem(node: Node): Diagnostic | undefined {
  if (node.kind === 'object') return undefined;
  return finding('pattern/event-not-an-object', { found: describeNode(node) }, { span: node.span });
}

const asked = new WeakMap<Pattern, Asked>();

/** What a pattern asks for, worked out once. */
export function askedOf(pattern: Pattern): Asked {
  const known = asked.get(pattern);
  if (known) return known;
  const fresh = askedBy(pattern);
  asked.set(pattern, fresh);
  return fresh;
}
