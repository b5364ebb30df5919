import { type JsonValue, setOwn } from '../../json/value.ts';
import { Budget } from '../../sets/budget.ts';
import { evaluate } from '../../sets/evaluate.ts';
import { FALSE, type Formula, type Names, TRUE } from '../../sets/formula.ts';
import { and } from '../../sets/junction.ts';
import { complement, intersection } from '../../sets/strings/boolean.ts';
import { words } from '../../sets/strings/build.ts';
import { sample } from '../../sets/strings/sample.ts';
import { ALL, type Language } from '../../sets/strings/term.ts';
import type { Sampling } from './sampling.ts';

/** Steps that one name may cost. */
const STEPS = 4_000;
/** Larger objects are left to the algebra. */
const MOST_MEMBERS = 200;

interface Group {
  readonly names: Names;
  readonly of: Formula;
}

/** What a conjunction of atoms asks of an object. */
interface Demands {
  readonly declared: ReadonlyMap<string, Formula[]>;
  readonly required: ReadonlyMap<string, Formula[]>;
  readonly general: readonly Group[];
  readonly open: readonly Group[];
  /** Atoms that only a finished object can be tested against. */
  readonly tests: readonly Formula[];
  readonly from: number;
  readonly to: number;
}

/** A random object that satisfies a conjunction of atoms; undefined if the draw led nowhere. */
export function sampleObject(atoms: readonly Formula[], sampler: Sampling): JsonValue | undefined {
  const demands = demandsOf(atoms);
  if (demands.from > Math.min(demands.to, MOST_MEMBERS)) return undefined;
  const draft = new Draft(demands, sampler);
  for (const name of demands.required.keys()) if (!draft.add(name)) return undefined;
  for (const group of demands.open) if (!draft.addOneOf(group)) return undefined;
  draft.addOptional();
  draft.addFurther();
  while (draft.size < demands.from) if (!draft.addAny()) return undefined;
  if (draft.size > demands.to) return undefined;
  const value = draft.value();
  return demands.tests.every((test) => evaluate(test, value) !== false) ? value : undefined;
}

function demandsOf(atoms: readonly Formula[]): Demands {
  const declared = new Map<string, Formula[]>();
  const required = new Map<string, Formula[]>();
  const general: Group[] = [];
  const open: Group[] = [];
  const tests: Formula[] = [];
  let from = 0;
  let to = Number.POSITIVE_INFINITY;
  for (const atom of atoms) {
    if (atom.kind === 'count') {
      from = Math.max(from, atom.from);
      to = Math.min(to, atom.to);
    } else if (atom.kind === 'each' || atom.kind === 'some') {
      const [singles, groups] = atom.kind === 'each' ? [declared, general] : [required, open];
      const name = atom.names.single;
      if (name === undefined) groups.push(atom);
      else singles.set(name, [...(singles.get(name) ?? []), atom.of]);
    } else tests.push(atom);
  }
  return { declared, required, general, open, tests, from, to };
}

class Draft {
  private readonly members = new Map<string, JsonValue>();
  private readonly demands: Demands;
  private readonly sampler: Sampling;

  constructor(demands: Demands, sampler: Sampling) {
    this.demands = demands;
    this.sampler = sampler;
  }

  get size(): number {
    return this.members.size;
  }

  add(name: string, more: Formula = TRUE): boolean {
    const goal = and(this.goalOf(name), more);
    if (goal === FALSE) return false;
    const value = this.sampler.sample(goal, name);
    if (value === undefined) return false;
    this.members.set(name, value);
    return true;
  }

  private goalOf(name: string): Formula {
    const { declared, required, general } = this.demands;
    const parts = [...(declared.get(name) ?? []), ...(required.get(name) ?? [])];
    for (const { names, of } of general) if (names.has(name)) parts.push(of);
    return and(...parts);
  }

  /** A member under one of the names, with a value in the set: one that is there, a declared one, or a new one. */
  addOneOf({ names, of }: Group): boolean {
    for (const [name, value] of this.members) {
      if (names.has(name) && evaluate(of, value) === true) return true;
    }
    const known = [...this.demands.declared.keys(), ...this.members.keys()].filter((name) => names.has(name));
    for (const name of this.sampler.dice.shuffled(known)) if (this.add(name, of)) return true;
    const fresh = this.newName(names.language);
    return fresh !== undefined && this.add(fresh, of);
  }

  /** Declared members that need not be there: none, all, or each by the toss of a coin. */
  addOptional(): void {
    const { dice, tired } = this.sampler;
    const { declared, to } = this.demands;
    const names = [...declared.keys()].filter((name) => !this.members.has(name));
    const share = tired ? 0.02 : dice.pick([0, 0.3, 0.6, 1]) / (1 + this.sampler.depth / 4);
    for (const name of share === 1 ? names : dice.shuffled(names)) {
      if (this.size >= to) return;
      if (dice.chance(share)) this.add(name);
    }
  }

  /** Members that no name declares: by pattern, by the schema for all others, or where anything goes. */
  addFurther(): void {
    const { dice, tired } = this.sampler;
    const { general, to } = this.demands;
    if (tired) return;
    const said = general.filter(({ of }) => of !== FALSE);
    for (const { names } of said) {
      if (!dice.chance(0.6)) continue;
      for (let left = 1 + dice.below(3); left > 0 && this.size < to; left--) this.addNamed(names.language);
    }
    if (said.length === 0 && dice.chance(0.08) && this.size < to) this.addNamed(ALL);
  }

  /** Whatever brings the object nearer to its least size. */
  addAny(): boolean {
    const { declared } = this.demands;
    for (const name of declared.keys()) if (!this.members.has(name) && this.add(name)) return true;
    return this.addNamed(ALL);
  }

  private addNamed(language: Language): boolean {
    const name = this.newName(language);
    return name !== undefined && this.add(name);
  }

  /** A name of the language that nothing stands under yet and nothing forbids. */
  private newName(language: Language): string | undefined {
    const { declared, general } = this.demands;
    const taken = words([...declared.keys(), ...this.members.keys()]);
    const forbidden = general.filter(({ of }) => of === FALSE).map(({ names }) => complement(names.language));
    const free = intersection([language, complement(taken), ...forbidden]);
    const { dice } = this.sampler;
    return sample(free, () => dice.unit(), new Budget(STEPS), 4);
  }

  /** Members in the order in which they are declared. */
  value(): JsonValue {
    const object: Record<string, JsonValue> = {};
    for (const name of this.demands.declared.keys()) {
      if (this.members.has(name)) setOwn(object, name, this.members.get(name));
    }
    for (const [name, value] of this.members) if (!Object.hasOwn(object, name)) setOwn(object, name, value);
    return object;
  }
}
