/** `busproof/pattern`: event patterns, read, matched, printed and explained as EventBridge takes them. */

export { canonicalChoice, canonicalPattern, printChoice } from './canonical.ts';
export {
  MATCH_STEPS,
  matchNode,
  matchText,
  matchValue,
  parseEvent,
} from './match.ts';
export { type ParsePatternOptions, parsePattern, parsePatternNode, parsePatternValue } from './parse.ts';
export type * from './pattern.ts';
export {
  canonicalText,
  type PrintPatternOptions,
  patternValue,
  printPattern,
  samePattern,
} from './print.ts';
