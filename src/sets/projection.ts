import { isObject, type JsonValue, own } from '../json/value.ts';
import { oneOf } from './atoms.ts';
import { type Formula, type Names, TRUE } from './formula.ts';
import { and, or } from './junction.ts';
import { restrict } from './restrict.ts';
import { OBJECT } from './types.ts';

/** Alternatives that are looked through one by one; of more, nothing is said. */
const MOST_ALTERNATIVES = 600;
/** Alternatives inside alternatives that are looked through. */
const MOST_NESTED = 3;

/**
 * A set of objects, seen member by member: what the set asks of the value under a name. Worked out name by name, when
 * it is asked for, and kept.
 */
export class Projection {
  /** Whether members are independent: a member of the set stays one when a value is replaced within its projection. */
  readonly independent: boolean;
  readonly required: ReadonlySet<string>;
  private readonly named = new Map<string, Formula[]>();
  private readonly general: { readonly names: Names; readonly of: Formula }[] = [];
  private readonly others: Formula[] = [];
  private readonly known = new Map<string, Formula>();
  private readonly most: number;

  /** Of a formula restricted to objects. */
  constructor(formula: Formula) {
    const required = new Set<string>();
    let most = Number.POSITIVE_INFINITY;
    let independent = true;
    for (const part of formula.kind === 'and' ? formula.parts : [formula]) {
      if (part.kind === 'each' || (part.kind === 'some' && part.names.single !== undefined)) {
        const { single } = part.names;
        if (single === undefined) this.general.push(part);
        else this.add(single, part.of);
        if (part.kind === 'some') required.add(single!);
      } else if (part.kind === 'count') {
        most = Math.min(most, part.to);
      } else if (part !== TRUE && part.kind !== 'type') {
        independent = false;
        if (part.kind === 'or' || part.kind === 'values') this.others.push(part);
      }
    }
    this.required = required;
    this.independent = independent;
    this.most = most;
  }

  private add(name: string, of: Formula): void {
    const known = this.named.get(name);
    if (known) known.push(of);
    else this.named.set(name, [of]);
  }

  /** Every value that stands under the name in some member of the set is in it; more may be. */
  below(name: string): Formula {
    const known = this.known.get(name);
    if (known) return known;
    const parts = [...(this.named.get(name) ?? [])];
    for (const { names, of } of this.general) if (names.has(name)) parts.push(of);
    for (const other of this.others) parts.push(belowOf(other, name, 0));
    const result = and(...parts);
    this.known.set(name, result);
    return result;
  }

  /** Whether an object of so many members can be in the set, as far as bounds on their number go. */
  allows(members: number): boolean {
    return members <= this.most;
  }
}

/** The values under a name in the members of a formula restricted to objects; an upper bound. */
function belowOf(formula: Formula, name: string, depth: number): Formula {
  switch (formula.kind) {
    case 'constant':
      return formula;
    case 'each':
    case 'some':
      if (formula.kind === 'some' && formula.names.single === undefined) return TRUE;
      return formula.names.has(name) ? formula.of : TRUE;
    case 'and':
      // What is behind a reference beside other parts may be much, and seldom says more.
      return and(
        ...formula.parts.flatMap((part) => (part.kind === 'lazy' ? [] : belowOf(part, name, depth))),
      );
    case 'or':
      if (depth > MOST_NESTED || formula.parts.length > MOST_ALTERNATIVES) return TRUE;
      return or(...formula.parts.map((part) => belowOf(part, name, depth + 1)));
    case 'values':
      return formula.negated ? TRUE : oneOf(formula.values.flatMap((value) => valueUnder(value, name)));
    case 'lazy':
      return depth > MOST_NESTED ? TRUE : belowOf(restrict(formula, OBJECT), name, depth + 1);
    default:
      return TRUE;
  }
}

function valueUnder(value: JsonValue, name: string): readonly JsonValue[] {
  const inner = isObject(value) ? own(value, name) : undefined;
  return inner === undefined ? [] : [inner];
}
