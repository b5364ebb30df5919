import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { operatorOf } from '../operators/operators.ts';
import type { AnythingButChoice, AnythingButSet, Choice, Condition, NumericChoice } from '../pattern.ts';
import type { Lint } from './lint.ts';

/** `[{"anything-but": "a"}, {"anything-but": "b"}]`: one of them accepts whatever the other excludes. */
export const alwaysTrue: Lint = ({ conditions }) => conditions.flatMap(problemOf);

function problemOf({ path, choices, span }: Condition): Diagnostic[] {
  const reason = choices.length > 1 ? reasonOf(choices) : undefined;
  return reason ? [finding('pattern/always-true', { path, reason }, { span })] : [];
}

function reasonOf(choices: readonly Choice[]): string | undefined {
  return existsReason(choices) ?? anythingButReason(choices) ?? numericReason(choices);
}

function existsReason(choices: readonly Choice[]): string | undefined {
  const exists = choices.filter((choice) => choice.kind === 'exists').map(({ value }) => value);
  if (!exists.includes(true)) return undefined;
  if (exists.includes(false)) return 'a value is there, or it is not';
  return '{"exists": true} accepts every value, so the other choices add nothing';
}

function anythingButReason(choices: readonly Choice[]): string | undefined {
  const excluding = choices.filter((choice) => choice.kind === 'anything-but');
  for (const [i, one] of excluding.entries()) {
    if (excluding.slice(i + 1).some((other) => areDisjoint(one.of, other.of))) {
      return 'what one "anything-but" excludes, the other accepts; to exclude all of them write one list';
    }
    if (coversExcluded(one, choices)) return 'what "anything-but" excludes stands beside it as a choice';
  }
  return undefined;
}

/** Whether no value is excluded by both; decided for plain values, prefixes and suffixes. */
function areDisjoint(a: AnythingButSet, b: AnythingButSet): boolean {
  if ((a.kind === 'numbers') !== (b.kind === 'numbers')) return true;
  if (a.kind === 'numbers' && b.kind === 'numbers') {
    return !a.values.some(({ value }) => b.values.some((other) => other.value === value));
  }
  if (a.kind !== b.kind) return false;
  const meet = overlaps[a.kind as keyof typeof overlaps];
  const [left, right] = [a.values as readonly string[], b.values as readonly string[]];
  return meet !== undefined && !left.some((one) => right.some((other) => meet(one, other)));
}

const overlaps = {
  strings: (a: string, b: string) => a === b,
  prefix: (a: string, b: string) => a.startsWith(b) || b.startsWith(a),
  suffix: (a: string, b: string) => a.endsWith(b) || b.endsWith(a),
} as const;

/** `[{"anything-but": "a"}, "a"]` */
function coversExcluded({ of }: AnythingButChoice, choices: readonly Choice[]): boolean {
  if (of.kind === 'strings') {
    return of.values.every((value) => accepted(choices, { type: 'string', value }));
  }
  return of.kind === 'numbers' && of.values.every((number) => accepted(choices, { type: 'number', number }));
}

function accepted(
  choices: readonly Choice[],
  leaf: Parameters<ReturnType<typeof operatorOf>['accepts']>[1],
): boolean {
  return choices.some((choice) => operatorOf(choice).accepts(choice, leaf));
}

/** `[{"numeric": [">", 0]}, {"numeric": ["<", 10]}]`: every number is above 0 or below 10. */
function numericReason(choices: readonly Choice[]): string | undefined {
  const ranges = choices.filter((choice) => choice.kind === 'numeric');
  const above = ranges.filter(({ upper }) => !upper);
  const below = ranges.filter(({ lower }) => !lower);
  for (const { lower } of above as Required<NumericChoice>[]) {
    for (const { upper } of below as Required<NumericChoice>[]) {
      const meet =
        lower.value < upper.value || (lower.value === upper.value && (lower.inclusive || upper.inclusive));
      if (!meet) continue;
      const low = `"${lower.inclusive ? '>=' : '>'}", ${lower.value}`;
      const high = `"${upper.inclusive ? '<=' : '<'}", ${upper.value}`;
      return `every number is in one of the ranges; if both are meant, write {"numeric": [${low}, ${high}]}`;
    }
  }
  return undefined;
}
