import { opaque } from '../sets/atoms.ts';
import { FALSE, type Formula } from '../sets/formula.ts';
import { and, or, typeIs } from '../sets/junction.ts';
import { OBJECT } from '../sets/types.ts';
import { acceptedLeaves, acceptsAbsence } from './compile-choice.ts';
import { type DottedKeys, type Unwanted, valuesWith, type Wanted } from './compile-paths.ts';
import { matchValue } from './match.ts';
import type { Alternative, Condition, Pattern } from './pattern.ts';
import { patternValue } from './print.ts';

export type { DottedKeys } from './compile-paths.ts';

/** Keys with dots never stand for several names. Not what the service does: for telling how a match comes about. */
export const NO_DOTS: DottedKeys = { key: 'plain', allowed: () => false };
/** As the service does it: `{"a.b": 1}` and `{"a": {"b": 1}}` are the same to a pattern. */
export const ALL_DOTS: DottedKeys = { key: 'dotted', allowed: () => true };

/** A pattern with its sets, for any number of questions. */
export interface CompiledPattern {
  readonly pattern: Pattern;
  /** The events it matches. */
  readonly formula: Formula;
  /** The events it matches where only these keys with dots stand for several names. */
  with(dotted: DottedKeys): Formula;
}

const compiled = new WeakMap<Pattern, CompiledPattern>();

/** Compiles a pattern; the same object once. */
export function compilePattern(pattern: Pattern): CompiledPattern {
  const known = compiled.get(pattern);
  if (known) return known;
  // Schemas in a row mostly declare the same keys with dots: none.
  let last: { readonly key: string; readonly formula: Formula } | undefined;
  const made: CompiledPattern = {
    pattern,
    formula: eventsOf(pattern, ALL_DOTS),
    with: (dotted) => {
      if (last?.key !== dotted.key) last = { key: dotted.key, formula: eventsOf(pattern, dotted) };
      return last.formula;
    },
  };
  compiled.set(pattern, made);
  return made;
}

/**
 * The set of the events that a pattern matches. Numbers are taken as exact decimals; otherwise exact.
 * Small: what paths need is unfolded when a question gets there.
 */
function eventsOf(pattern: Pattern, dotted: DottedKeys): Formula {
  return and(
    typeIs(OBJECT),
    or(...pattern.alternatives.map((alternative) => compileAlternative(alternative, dotted))),
  );
}

/**
 * The values that meet one condition, whose path goes on with `rest` from them, without regard to keys with dots:
 * for telling where a path is blocked.
 */
export function conditionAt(condition: Condition, rest: readonly string[]): Formula {
  const leaves = acceptedLeaves(condition);
  return or(
    leaves.can === 0 ? FALSE : valuesWith([{ rest, order: 0, leaves }], [], NO_DOTS),
    acceptsAbsence(condition) ? valuesWith([], [{ rest, order: 0 }], NO_DOTS) : FALSE,
  );
}

/** More combinations of presence and absence are not listed. */
const MAX_READINGS = 512;

/** Each condition that can be met by absence too gives two readings; all combinations are listed. */
function compileAlternative({ conditions }: Alternative, dotted: DottedKeys): Formula {
  let readings: { wanted: Wanted[]; unwanted: Unwanted[] }[] = [{ wanted: [], unwanted: [] }];
  for (const [order, condition] of conditions.entries()) {
    const rest = condition.path.split('.');
    const leaves = acceptedLeaves(condition);
    const absence = acceptsAbsence(condition);
    readings = readings.flatMap(({ wanted, unwanted }) => [
      ...(leaves.can === 0 ? [] : [{ wanted: [...wanted, { rest, order, leaves }], unwanted }]),
      ...(absence ? [{ wanted, unwanted: [...unwanted, { rest, order }] }] : []),
    ]);
    if (readings.length > MAX_READINGS) return unread(conditions);
  }
  return or(...readings.map(({ wanted, unwanted }) => valuesWith(wanted, unwanted, dotted)));
}

function unread(conditions: Alternative['conditions']): Formula {
  const key = `conditions ${JSON.stringify(patternValue({ alternatives: [{ conditions }], span: conditions[0]!.span }))}`;
  const what = 'many fields that may be absent or have values';
  const span = conditions[0]!.span;
  return opaque(key, OBJECT, what, (event) => matchValue({ alternatives: [{ conditions }], span }, event));
}
