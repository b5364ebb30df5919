import { finding, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import { type Document, documentOf, type Span } from '../json/document.ts';
import type { Node } from '../json/node.ts';
import type { JsonValue } from '../json/value.ts';
import { Budget, OutOfBudget } from '../sets/budget.ts';
import { assign } from './assign.ts';
import { type Leaf, type Leaves, leavesOfNode, type Way } from './event.ts';
import { type FieldVerdict, unmetReason } from './explain-field.ts';
import { printLeaf } from './leaf.ts';
import { askedOf, eventProblem, MATCH_STEPS, parseEvent } from './match.ts';
import { orList } from './operators/operator.ts';
import { operatorOf } from './operators/operators.ts';
import type { Alternative, Condition, Pattern } from './pattern.ts';
import { printJson } from './print-json.ts';
import { type Shapes, shapesOf } from './shapes.ts';

/** Why an event matches a pattern, or why not. */
export interface Explanation {
  readonly match: boolean;
  /**
   * If it matches, the alternative that does; if not, every alternative, those with the fewest unmet fields first.
   */
  readonly alternatives: readonly AlternativeExplanation[];
}

export interface AlternativeExplanation {
  readonly match: boolean;
  /** In the order of their paths. */
  readonly fields: readonly FieldExplanation[];
}

/** How one field fared. */
export interface FieldExplanation {
  readonly path: string;
  readonly verdict: FieldVerdict;
  /** What the pattern asks for, in words. */
  readonly expected: string;
  /** The value that meets it, or the values that do not; at most five. */
  readonly found: readonly FoundValue[];
  /** How many values there are in all. */
  readonly count: number;
  /** Why not, in a sentence; empty for a field that is met. */
  readonly reason: string;
  /** What may have been meant. */
  readonly hint?: string;
  /** The list of choices in the pattern. */
  readonly span: Span;
}

export interface FoundValue {
  /** `detail.items[2].sku` */
  readonly place: string;
  /** As JSON text, numbers as they were written. */
  readonly text: string;
}

/** Values shown of one field. */
const SHOWN = 5;

/** Explains the match of an event given as JSON text; findings as with `matchText`. */
export function explainText(pattern: Pattern, event: string | Document): Outcome<Explanation | undefined> {
  const { value, diagnostics } = parseEvent(typeof event === 'string' ? documentOf('event', event) : event);
  return value ? explainNode(pattern, value) : outcome(undefined, diagnostics);
}

/** Explains the match of an event given as a value. */
export function explainValue(pattern: Pattern, event: JsonValue): Outcome<Explanation | undefined> {
  return explainText(pattern, printJson(event));
}

/** Explains the match of an event given as a tree. */
export function explainNode(pattern: Pattern, event: Node): Outcome<Explanation | undefined> {
  const problem = eventProblem(event);
  if (problem) return outcome(undefined, [problem]);
  const asked = askedOf(pattern);
  const explainer = new Explainer(leavesOfNode(event, asked), shapesOf(event, asked));
  try {
    return outcome(explainer.explain(pattern));
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error;
    return outcome(undefined, [finding('pattern/too-costly', { what: error.what }, { span: event.span })]);
  }
}

class Explainer {
  private readonly leaves: Leaves;
  private readonly shapes: Shapes;
  private readonly budget = new Budget(MATCH_STEPS);

  constructor(leaves: Leaves, shapes: Shapes) {
    this.leaves = leaves;
    this.shapes = shapes;
  }

  explain({ alternatives }: Pattern): Explanation {
    for (const alternative of alternatives) {
      const chosen = assign(alternative, this.leaves, this.budget);
      if (!chosen) continue;
      const fields = alternative.conditions.map((condition, i) => this.met(condition, chosen[i]));
      return { match: true, alternatives: [{ match: true, fields }] };
    }
    const failed = alternatives.map((alternative) => ({ match: false, fields: this.unmet(alternative) }));
    const unmet = ({ fields }: AlternativeExplanation) =>
      fields.filter(({ verdict }) => verdict !== 'met').length;
    return { match: false, alternatives: failed.sort((a, b) => unmet(a) - unmet(b)) };
  }

  private met(condition: Condition, leaf: Leaf | undefined): FieldExplanation {
    const { path, choices, span } = condition;
    const accepting = choices.find((choice) =>
      leaf ? operatorOf(choice).accepts(choice, leaf.value) : choice.kind === 'exists' && !choice.value,
    )!;
    const expected = operatorOf(accepting).describe(accepting);
    const found = leaf ? [foundValue(leaf)] : [];
    return { path, verdict: 'met', expected, found, count: found.length, reason: '', span };
  }

  /** Each field of an alternative that is not met as a whole. */
  private unmet({ conditions }: Alternative): FieldExplanation[] {
    const fields = conditions.map((condition) => this.alone(condition));
    if (fields.some(({ verdict }) => verdict !== 'met')) return fields;
    return this.together(conditions, fields);
  }

  /** A field looked at by itself. */
  private alone(condition: Condition): FieldExplanation {
    const { path, choices, span } = condition;
    const leaves = this.leaves.get(path) ?? [];
    const chosen = assign({ conditions: [condition] }, this.leaves, this.budget);
    if (chosen) return this.met(condition, chosen[0]);
    const expected = orList(choices.map((choice) => operatorOf(choice).describe(choice)));
    const found = leaves.slice(0, SHOWN).map(foundValue);
    return {
      path,
      expected,
      found,
      count: leaves.length,
      span,
      ...unmetReason(condition, leaves, this.shapes),
    };
  }

  /** Every field is met alone: names the first that is not met together with those before it. */
  private together(
    conditions: readonly Condition[],
    fields: readonly FieldExplanation[],
  ): FieldExplanation[] {
    const works = (some: readonly Condition[]) =>
      assign({ conditions: some }, this.leaves, this.budget) !== undefined;
    const last = conditions.findIndex((_, i) => !works(conditions.slice(0, i + 1)));
    const condition = conditions[last]!;
    const against = conditions.slice(0, last).filter((earlier) => !works([earlier, condition]));
    const names = (against.length > 0 ? against : conditions.slice(0, last)).map(({ path }) => path);
    const accepting = (this.leaves.get(condition.path) ?? []).filter(({ value }) =>
      condition.choices.some((choice) => operatorOf(choice).accepts(choice, value)),
    );
    const reason =
      accepting.length > 0
        ? `no element of the list has a value for this field that goes with ${orList(names)} in the same element`
        : `the element that ${orList(names)} is met by has a value for this field`;
    const blocking = accepting.length > 0 ? accepting : (this.leaves.get(condition.path) ?? []);
    const found = blocking.slice(0, SHOWN).map(foundValue);
    return fields.map((field, i) =>
      i === last ? { ...field, verdict: 'element' as const, reason, found, count: blocking.length } : field,
    );
  }
}

function foundValue({ value, way }: Leaf): FoundValue {
  return { place: printWay(way), text: printLeaf(value) };
}

/** `detail.items[2].sku` */
function printWay(way: Way | undefined): string {
  const tokens: (string | number)[] = [];
  for (let step = way; step; step = step.outer) tokens.unshift(step.token);
  return tokens.reduce<string>((text, token) => {
    if (typeof token === 'number') return `${text}[${token}]`;
    return text === '' ? token : `${text}.${token}`;
  }, '');
}
