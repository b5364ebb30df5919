import type { JsonValue } from '../json/value.ts';
import { evaluate } from './evaluate.ts';
import { FALSE, type Formula, TRUE } from './formula.ts';
import { and } from './junction.ts';
import { restrict } from './restrict.ts';
import { Attempts, type Found, found, NOTHING, type Search, STANDING, undecided } from './search.ts';
import { ARRAY, OBJECT } from './types.ts';

/** Finds a member of a conjunction of atoms of one type. */
export type AtomSearch = (atoms: readonly Formula[], search: Search) => Found;

interface Work {
  readonly kind: 'array' | 'object';
  readonly solveAtoms: AtomSearch;
  readonly search: Search;
}

/** Alternatives of which one must hold. */
interface Choice {
  readonly parts: readonly Formula[];
}

/**
 * A member of a formula restricted to arrays or objects. Alternatives are forked only when they must be: a member
 * of the atoms alone is sought first, and where it happens to satisfy the alternatives it is the answer.
 */
export function solveByBranches(
  goal: Formula,
  kind: 'array' | 'object',
  solveAtoms: AtomSearch,
  search: Search,
): Found {
  const [atoms, choices] = split([goal]);
  const work = { kind, solveAtoms, search };
  const plain = choices.size === 0 && ![...atoms].some(({ kind: atom }) => atom === 'lazy');
  return plain ? solveConjunction(goal, atoms, work) : fork(atoms, choices, work);
}

/** Atoms and disjunctions of a conjunction. */
function split(parts: Iterable<Formula>): [Set<Formula>, Set<Choice>] {
  const atoms = new Set<Formula>();
  const choices = new Set<Choice>();
  for (const part of parts) {
    for (const inner of part.kind === 'and' ? part.parts : [part]) {
      if (inner.kind === 'or') choices.add(inner);
      else if (inner !== TRUE) atoms.add(inner);
    }
  }
  return [atoms, choices];
}

function fork(given: ReadonlySet<Formula>, pending: ReadonlySet<Choice>, work: Work): Found {
  work.search.budget.spend('combinations of alternatives', 1 + ((given.size + pending.size) >> 2));
  const reduced = reduce(given, pending);
  if (!reduced) return NOTHING;
  const { atoms, choices } = reduced;
  const references = [...atoms].filter(({ kind }) => kind === 'lazy');
  if (references.length > 0) return unfold(atoms, references, choices, work);
  const first = solveConjunction(and(...atoms), atoms, work);
  if (first.answer === 'no' || choices.size === 0) return first;
  const violated = [...choices].filter(
    (choice) => first.answer !== 'yes' || !satisfied(choice, first.witness),
  );
  if (violated.length === 0) return first;
  const next = violated.reduce((least, choice) =>
    choice.parts.length < least.parts.length ? choice : least,
  );
  const rest = [...choices].filter((choice) => choice !== next);
  const attempts = new Attempts();
  for (const part of next.parts) {
    const [more, deeper] = split([part]);
    const result = fork(new Set([...atoms, ...more]), new Set([...rest, ...deeper]), work);
    if (result.answer === 'yes') return result;
    attempts.add(result);
  }
  return attempts.result();
}

/** Unfolds references among the atoms, if the other atoms can be met at all. */
function unfold(
  atoms: ReadonlySet<Formula>,
  references: readonly Formula[],
  choices: ReadonlySet<Choice>,
  work: Work,
): Found {
  const others = new Set([...atoms].filter((atom) => atom.kind !== 'lazy'));
  const without = solveConjunction(and(...others), others, work);
  if (without.answer === 'no') return without;
  const type = work.kind === 'array' ? ARRAY : OBJECT;
  const [more, deeper] = split(references.map((reference) => restrict(reference, type)));
  return fork(new Set([...others, ...more]), new Set([...choices, ...deeper]), work);
}

/** Drops alternatives that contradict an atom, takes over those that are left alone; undefined if none is left. */
function reduce(
  given: ReadonlySet<Formula>,
  pending: ReadonlySet<Choice>,
): { atoms: Set<Formula>; choices: Set<Choice> } | undefined {
  let atoms = new Set(given);
  let todo = [...pending];
  for (;;) {
    const taken: Formula[] = [];
    const kept: Choice[] = [];
    for (const choice of todo) {
      if (choice.parts.some((part) => holds(part, atoms))) continue;
      const alive = choice.parts.filter((part) => !contradicts(part, atoms));
      if (alive.length === 0) return undefined;
      if (alive.length === 1) taken.push(alive[0]!);
      else if (alive.length === choice.parts.length) kept.push(choice);
      else kept.push({ parts: alive });
    }
    if (taken.length === 0) {
      for (const atom of atoms) if (atom.opposite && atoms.has(atom.opposite)) return undefined;
      return { atoms, choices: new Set(kept) };
    }
    const [more, deeper] = split(taken);
    atoms = new Set([...atoms, ...more]);
    todo = [...kept, ...deeper];
  }
}

function satisfied(choice: Choice, value: JsonValue): boolean {
  return choice.parts.some((part) => evaluate(part, value) === true);
}

function holds(part: Formula, atoms: ReadonlySet<Formula>): boolean {
  return part.kind === 'and' ? part.parts.every((inner) => atoms.has(inner)) : atoms.has(part);
}

function contradicts(part: Formula, atoms: ReadonlySet<Formula>): boolean {
  if (part.kind === 'and') return part.parts.some((inner) => contradicts(inner, atoms));
  return part.opposite !== undefined && atoms.has(part.opposite);
}

/** `whole` is the conjunction of the atoms. */
function solveConjunction(
  whole: Formula,
  atoms: ReadonlySet<Formula>,
  { kind, solveAtoms, search }: Work,
): Found {
  const known = search.conjunctions[kind];
  if (whole === FALSE) return NOTHING;
  const before = known.get(whole.id);
  if (before) return before;
  const result = solveListed([...atoms], whole, solveAtoms, search);
  if (result.answer === 'yes' || result.low === STANDING) {
    known.set(whole.id, result);
  }
  return result;
}

/** Listed values are tried one by one; opaque atoms are set aside and tested on what was found without them. */
function solveListed(
  atoms: readonly Formula[],
  whole: Formula,
  solveAtoms: AtomSearch,
  search: Search,
): Found {
  const listed = atoms.find((atom) => atom.kind === 'values');
  const opaque = atoms.find((atom) => atom.kind === 'opaque');
  if (listed?.kind === 'values') {
    let open = false;
    for (const value of listed.values) {
      const is = evaluate(whole, value);
      if (is) return found(value);
      if (is === undefined) open = true;
    }
    return open ? undecided(opaque?.kind === 'opaque' ? opaque.what : 'a listed value') : NOTHING;
  }
  if (opaque?.kind !== 'opaque') return solveAtoms(atoms, search);
  const result = solveAtoms(
    atoms.filter((atom) => atom.kind !== 'opaque'),
    search,
  );
  if (result.answer !== 'yes' || evaluate(whole, result.witness) === true) return result;
  return undecided(opaque.what);
}
