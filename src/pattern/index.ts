/** `busproof/pattern`: event patterns, read, matched, printed and explained as EventBridge takes them. */

export type { Diagnostic, Outcome } from '../diagnostic/diagnostic.ts';
export type { Severity } from '../diagnostic/severity.ts';
export { type Document, documentOf, type Position, positionAt, type Span } from '../json/document.ts';
export { OutOfBudget } from '../sets/budget.ts';
export { canonicalChoice, canonicalPattern, printChoice } from './canonical.ts';
export {
  type AlternativeExplanation,
  type Explanation,
  explainNode,
  explainText,
  explainValue,
  type FieldExplanation,
  type FoundValue,
} from './explain.ts';
export type { FieldVerdict } from './explain-field.ts';
export type { FilterScope } from './limits.ts';
export { MATCH_STEPS, matchNode, matchText, matchValue, parseEvent } from './match.ts';
export { createMatcher, type Matched, type Matcher, type MatchTextOptions } from './matcher/matcher.ts';
export { type ParsePatternOptions, parsePattern, parsePatternNode, parsePatternValue } from './parse.ts';
export type * from './pattern.ts';
export {
  canonicalText,
  type PrintPatternOptions,
  patternValue,
  printPattern,
  samePattern,
} from './print.ts';
export { printExplanation } from './print-explanation.ts';
