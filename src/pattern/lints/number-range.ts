import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import type { Choice } from '../pattern.ts';
import type { Lint } from './lint.ts';

/** Documented for numeric matching; the matcher itself takes every double. */
const DOCUMENTED = 5e9;

/**
 * Numbers that the documentation does not promise to compare, and bare numbers that only the same characters match.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-pattern-operators.html ("Numeric matching")
 */
export const numberRange: Lint = ({ conditions }) =>
  conditions.flatMap(({ choices }) => choices.flatMap((choice) => problemsOf(choice)));

function problemsOf(choice: Choice): Diagnostic[] {
  if (choice.kind === 'number' && !choice.number.comparable) {
    const problem =
      'has more digits than are compared: only a number written with the same characters matches';
    return [finding('pattern/number-range', { number: choice.number.raw, problem }, { span: choice.span })];
  }
  const beyond = comparedNumbers(choice).find((value) => Math.abs(value) > DOCUMENTED);
  if (beyond === undefined) return [];
  const problem = 'is outside the range from -5e9 to 5e9 that the documentation promises to compare';
  return [finding('pattern/number-range', { number: String(beyond), problem }, { span: choice.span })];
}

function comparedNumbers(choice: Choice): number[] {
  if (choice.kind !== 'numeric') return [];
  return [choice.lower, choice.upper].flatMap((bound) => (bound ? [bound.value] : []));
}
