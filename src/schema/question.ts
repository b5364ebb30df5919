import type { JsonValue } from '../json/value.ts';
import { matchValue } from '../pattern/match.ts';
import type { Pattern } from '../pattern/pattern.ts';
import type { AskOptions } from '../sets/ask.ts';
import { OutOfBudget } from '../sets/budget.ts';
import { type Unknown, unknown } from '../sets/verdict.ts';

export interface QuestionOptions extends AskOptions {
  /** Whether witnesses are judged by Ajv and the reference matcher too; true if not said. */
  readonly recheck?: boolean | undefined;
  /** Whether a witness is made easier to read, with the schema's examples; true if not said. */
  readonly readable?: boolean | undefined;
}

/** The reference matcher's judgement; undefined where it would cost too much. */
export function matchesAgain(pattern: Pattern, event: JsonValue): boolean | undefined {
  try {
    return matchValue(pattern, event);
  } catch (error) {
    if (error instanceof OutOfBudget) return undefined;
    throw error;
  }
}

/** The answer where a witness was found that a judge refused. */
export function unconfirmed(): Unknown {
  return unknown('a value was found, but an independent judge did not confirm it');
}
