import { namedOperators, operatorOf } from './operators/operators.ts';
import type { Alternative, Choice, Condition, Pattern } from './pattern.ts';
import { type Printed, printJson } from './print-json.ts';

/**
 * The form that patterns of the same meaning by form share: choices and alternatives in order and each once,
 * numbers and addresses in their shortest spelling, lists of `anything-but` sorted, operators that say nothing more
 * than a plain value replaced by it. What two different operators mean together is not looked at.
 */
export function canonicalPattern(pattern: Pattern): Pattern {
  const alternatives = new Map<string, Alternative>();
  for (const { conditions } of pattern.alternatives) {
    const canonical = conditions.map(canonicalCondition);
    const text = canonical
      .map(({ path, choices }) => JSON.stringify([path, choices.map(printChoice)]))
      .join();
    if (!alternatives.has(text)) alternatives.set(text, { conditions: canonical });
  }
  const texts = [...alternatives.keys()].sort();
  return { alternatives: texts.map((text) => alternatives.get(text)!), span: pattern.span };
}

/** The condition with its choices in canonical form, in the order of their texts, each once. */
function canonicalCondition(condition: Condition): Condition {
  const choices = new Map<string, Choice>();
  for (const choice of condition.choices) {
    const canonical = canonicalChoice(choice);
    choices.set(printChoice(canonical), canonical);
  }
  return { ...condition, choices: [...choices.keys()].sort().map((text) => choices.get(text)!) };
}

export function canonicalChoice(choice: Choice): Choice {
  return operatorOf(choice).canonical?.(choice) ?? choice;
}

/** One choice as it stands in a list: a scalar, or an object of one operator. */
export function printedChoice(choice: Choice): Printed {
  const argument = operatorOf(choice).print(choice);
  return namedOperators.has(choice.kind) ? { [choice.kind]: argument } : argument;
}

/** One choice as JSON text. */
export function printChoice(choice: Choice): string {
  return printJson(printedChoice(choice));
}
