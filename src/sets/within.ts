import { isObject, type JsonValue, setOwn } from '../json/value.ts';
import { evaluate } from './evaluate.ts';
import { FALSE, type Formula, TRUE } from './formula.ts';
import { and, typeIs } from './junction.ts';
import { Projection } from './projection.ts';
import { restrict } from './restrict.ts';
import { Attempts, type Found, found, NOTHING, type Search } from './search.ts';
import { Cache, pairKey } from './strings/cache.ts';
import { ANY_TYPE, OBJECT } from './types.ts';

const NO_OBJECT = typeIs(ANY_TYPE & ~OBJECT);
const AN_OBJECT = typeIs(OBJECT);

/** So many alternatives are looked at one by one. */
const MANY = 4;

/** What is kept of a set of objects that questions are asked within. */
interface Base {
  readonly formula: Formula;
  readonly projection: Projection;
  readonly member: Found;
}

/**
 * Finds members of `base and more` where `more` asks for little and `base` says much: an event pattern within a
 * schema. A member of the base is found once. Then only the members of it that `more` speaks about are looked at, each
 * by itself and remembered; the others are left as they are. Where members depend on each other, the result is tested,
 * and the question asked as a whole if it does not hold.
 */
export class Within {
  private readonly search: Search;
  private readonly known = new Cache<number, Found>(20_000);
  private readonly bases = new Cache<number, Base>(4_000);

  constructor(search: Search) {
    this.search = search;
  }

  /** A member of both, or none. Throws OutOfBudget. */
  solve(base: Formula, more: Formula): Found {
    if (base === FALSE || more === FALSE) return NOTHING;
    if (base === TRUE || more === TRUE) return this.search.solve(base === TRUE ? more : base);
    const key = pairKey(base.id, more.id);
    const before = this.known.get(key);
    if (before) return before;
    this.search.budget.spend('the number of goals');
    const result = this.solveParts(base, more);
    this.known.set(key, result);
    return result;
  }

  private solveParts(base: Formula, more: Formula): Found {
    if ((base.can & more.can & OBJECT) === 0) return this.search.solve(and(base, more));
    const attempts = new Attempts();
    if ((base.can & more.can & ~OBJECT) !== 0) {
      const result = this.search.solve(and(base, more, NO_OBJECT));
      if (result.answer === 'yes') return result;
      attempts.add(result);
    }
    const result = this.solveObjects(restrict(base, OBJECT), restrict(more, OBJECT));
    if (result.answer === 'yes') return result;
    attempts.add(result);
    return attempts.result();
  }

  private solveObjects(base: Formula, more: Formula): Found {
    if (base === FALSE || more === FALSE) return NOTHING;
    let within = this.bases.get(base.id);
    if (!within) {
      within = {
        formula: base,
        projection: new Projection(base),
        member: this.search.solve(and(base, AN_OBJECT)),
      };
      this.bases.set(base.id, within);
    }
    if (within.member.answer === 'no' || more === TRUE) return within.member;
    const attempts = new Attempts();
    for (const alternative of more.kind === 'or' ? more.parts : [more]) {
      const result = this.solveAlternative(within, [], alternative);
      if (result.answer === 'yes') return result;
      attempts.add(result);
    }
    return attempts.result();
  }

  /** `asked` and `alternative` together, within the base. */
  private solveAlternative(base: Base, asked: readonly Formula[], alternative: Formula): Found {
    const { formula, projection, member } = base;
    const parts = [...asked, ...(alternative.kind === 'and' ? alternative.parts : [alternative])];
    const demands = new Map<string, { of: Formula; present: boolean }>();
    const rest: Formula[] = [];
    for (const part of parts) {
      const single = part.kind === 'each' || part.kind === 'some' ? part.names.single : undefined;
      if (single === undefined) {
        if (part.kind !== 'type' && part !== TRUE) rest.push(part);
        continue;
      }
      const of = (part as Formula & { of: Formula }).of;
      const before = demands.get(single);
      const present = part.kind === 'some' || before?.present === true;
      demands.set(single, { of: before ? and(before.of, of) : of, present });
    }
    const changed = new Map<string, JsonValue | undefined>();
    let open = false;
    for (const [name, { of, present }] of demands) {
      if (!present && !projection.required.has(name)) {
        changed.set(name, undefined);
        continue;
      }
      const result = this.solve(projection.below(name), of);
      if (result.answer === 'no') return result;
      if (result.answer === 'yes') changed.set(name, result.witness);
      else open = true;
    }
    const [reference] = rest;
    if (rest.length === 1 && reference!.kind === 'lazy') {
      const others = parts.filter((part) => part !== reference);
      const unfolded = restrict(reference!, OBJECT);
      const attempts = new Attempts();
      for (const inner of unfolded.kind === 'or' ? unfolded.parts : [unfolded]) {
        if (inner === FALSE) continue;
        this.search.budget.spend('combinations of alternatives');
        const result = this.solveAlternative(base, others, inner);
        if (result.answer === 'yes') return result;
        attempts.add(result);
      }
      return attempts.result();
    }
    if (!open && member.answer === 'yes' && isObject(member.witness)) {
      const { value, removed } = replaced(member.witness, changed);
      const sure = projection.independent && rest.length === 0 && !removed;
      if (sure ? projection.allows(Object.keys(value).length) : this.isMember(formula, parts, value)) {
        return found(value);
      }
    }
    return (
      this.byAlternatives(formula, and(...parts)) ?? this.search.solve(and(formula, ...parts, AN_OBJECT))
    );
  }

  /** One alternative of the base after the other, each looked at member by member; undefined if that is not its shape. */
  private byAlternatives(base: Formula, more: Formula): Found | undefined {
    const parts = base.kind === 'and' ? base.parts : [base];
    const choices = parts.filter((part) => part.kind === 'or');
    const [choice] = choices;
    if (choices.length !== 1 || choice?.kind !== 'or' || choice.parts.length < MANY) return undefined;
    const rest = parts.filter((part) => part !== choice);
    const attempts = new Attempts();
    for (const alternative of choice.parts) {
      this.search.budget.spend('combinations of alternatives');
      const result = this.solveObjects(restrict(and(alternative, ...rest), OBJECT), more);
      if (result.answer === 'yes') return result;
      attempts.add(result);
    }
    return attempts.result();
  }

  private isMember(base: Formula, parts: readonly Formula[], value: JsonValue): boolean {
    return evaluate(base, value) === true && parts.every((part) => evaluate(part, value) === true);
  }
}

/** A copy with other values under some names; undefined takes a name away. */
function replaced(
  object: { readonly [name: string]: JsonValue },
  changed: ReadonlyMap<string, JsonValue | undefined>,
): { value: Record<string, JsonValue>; removed: boolean } {
  const value: Record<string, JsonValue> = { ...object };
  let removed = false;
  for (const [name, inner] of changed) {
    if (inner !== undefined) setOwn(value, name, inner);
    else if (Object.hasOwn(value, name)) {
      delete value[name];
      removed = true;
    }
  }
  return { value, removed };
}
