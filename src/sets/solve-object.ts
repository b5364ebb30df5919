import type { JsonValue } from '../json/value.ts';
import { setOwn } from '../json/value.ts';
import { cellsOf } from './cells.ts';
import { FALSE, type Formula, type Names, TRUE } from './formula.ts';
import { and } from './junction.ts';
import { matchDistinct } from './matching.ts';
import { oneName } from './names.ts';
import { Attempts, type Found, found, NOTHING, type Search, undecided } from './search.ts';
import { intersection } from './strings/boolean.ts';
import type { Language } from './strings/term.ts';
import { readableWords } from './strings-of.ts';

/** More members than this are not made up one by one. */
const MAX_MEMBERS = 2000;

/** What a conjunction of atoms asks of an object. */
interface Demands {
  /** For declared names: what their values must be, if they are present. */
  readonly declared: ReadonlyMap<string, Formula[]>;
  /** For names by language. */
  readonly general: readonly { readonly names: Names; readonly of: Formula }[];
  /** Names that must be present, and what is asked of their values beside the declarations. */
  readonly required: ReadonlyMap<string, Formula[]>;
  /** Members that must exist under some name of a language. */
  readonly open: readonly { readonly names: Names; readonly of: Formula }[];
  readonly from: number;
  readonly to: number;
}

/** A member of the object to be: its name, or the language to take a name from; its value's goal and witness. */
interface Entry {
  readonly name: string | undefined;
  readonly language: Language;
  readonly goal: Formula;
  readonly witness: JsonValue;
}

/** Finds an object that satisfies a conjunction of atoms about objects. */
export function solveObject(atoms: readonly Formula[], search: Search): Found {
  const demands = demandsOf(atoms);
  if (!demands || demands.required.size > demands.to) return NOTHING;
  const goals = new Map<string, Formula>();
  for (const name of demands.required.keys()) {
    const goal = goalFor(name, demands);
    if (goal === FALSE) return NOTHING;
    goals.set(name, goal);
  }
  const entries: Entry[] = [];
  const attempts = new Attempts();
  for (const name of hardestFirst(demands.required)) {
    const goal = goals.get(name)!;
    const result = search.solve(goal);
    if (result.answer === 'no') return result;
    if (result.answer === 'unknown') attempts.add(result);
    else entries.push({ name, language: oneName(name).language, goal, witness: result.witness });
  }
  if (attempts.open) return attempts.result();
  return place(entries, 0, demands, search);
}

/** Undefined when the bounds on the number of members exclude each other. */
function demandsOf(atoms: readonly Formula[]): Demands | undefined {
  const declared = new Map<string, Formula[]>();
  const required = new Map<string, Formula[]>();
  const general: { names: Names; of: Formula }[] = [];
  const open: { names: Names; of: Formula }[] = [];
  let from = 0;
  let to = Number.POSITIVE_INFINITY;
  for (const atom of atoms) {
    if (atom.kind === 'count') {
      from = Math.max(from, atom.from);
      to = Math.min(to, atom.to);
    } else if (atom.kind === 'each') {
      if (atom.names.single === undefined) general.push(atom);
      else push(declared, atom.names.single, atom.of);
    } else if (atom.kind === 'some') {
      if (atom.names.single === undefined) open.push(atom);
      else push(required, atom.names.single, atom.of);
    }
  }
  return from > to ? undefined : { declared, general, required, open, from, to };
}

function push(map: Map<string, Formula[]>, name: string, formula: Formula): void {
  const known = map.get(name);
  if (known) known.push(formula);
  else map.set(name, [formula]);
}

/** Everything that is asked of the value under a name. */
function goalFor(name: string, { declared, general, required }: Demands, ...more: Formula[]): Formula {
  const parts = [...(declared.get(name) ?? []), ...(required.get(name) ?? []), ...more];
  for (const { names, of } of general) if (names.has(name)) parts.push(of);
  return and(...parts);
}

/** Names of which more than their presence is asked first: they are where it fails, if it does. */
function hardestFirst(required: ReadonlyMap<string, readonly Formula[]>): string[] {
  const hard: string[] = [];
  const easy: string[] = [];
  for (const [name, asked] of required) {
    if (asked.some((of) => of !== TRUE)) hard.push(name);
    else easy.push(name);
  }
  return [...hard, ...easy];
}

/**
 * Places the members that must exist under some name: in a member that is there already, under a declared name, or
 * under a new one. Complete: every such member is somewhere among those.
 */
function place(entries: readonly Entry[], next: number, demands: Demands, search: Search): Found {
  const demand = demands.open[next];
  if (!demand) return finish(entries, demands, search);
  search.budget.spend('members whose name is open');
  const attempts = new Attempts();
  const go = (entry: Omit<Entry, 'witness'>, instead?: Entry): Found | undefined => {
    const result = search.solve(entry.goal);
    if (result.answer !== 'yes') {
      attempts.add(result);
      return undefined;
    }
    const others = instead ? entries.filter((other) => other !== instead) : entries;
    if (others.length + 1 > demands.to) return undefined;
    const deeper = place([...others, { ...entry, witness: result.witness }], next + 1, demands, search);
    if (deeper.answer === 'yes') return deeper;
    attempts.add(deeper);
    return undefined;
  };
  for (const option of placesFor(demand, entries, demands, search)) {
    if (option.entry.goal === FALSE) continue;
    const done = go(option.entry, option.instead);
    if (done) return done;
  }
  return attempts.result();
}

interface Place {
  readonly entry: Omit<Entry, 'witness'>;
  /** The member that this one takes the place of. */
  readonly instead?: Entry;
}

function* placesFor(
  { names, of }: { readonly names: Names; readonly of: Formula },
  entries: readonly Entry[],
  demands: Demands,
  search: Search,
): Generator<Place> {
  for (const entry of entries) {
    if (entry.name !== undefined && names.has(entry.name)) {
      yield { entry: { ...entry, goal: and(entry.goal, of) }, instead: entry };
    }
  }
  for (const name of demands.declared.keys()) {
    if (!names.has(name) || entries.some((entry) => entry.name === name)) continue;
    yield { entry: { name, language: oneName(name).language, goal: goalFor(name, demands, of) } };
  }
  for (const cell of cellsOf(names.language, namedBy(demands, entries), demands.general, search)) {
    yield { entry: { name: undefined, language: cell.language, goal: and(cell.of, of) } };
  }
  for (const entry of entries) {
    if (entry.name !== undefined) continue;
    const language = intersection([entry.language, names.language]);
    if (search.isEmptyLanguage(language)) continue;
    yield { entry: { name: undefined, language, goal: and(entry.goal, of) }, instead: entry };
  }
}

/** Names that have a goal of their own, so that no cell contains them. */
function namedBy({ declared, required }: Demands, entries: readonly Entry[]): string[] {
  const named = entries.flatMap(({ name }) => (name === undefined ? [] : [name]));
  return [...new Set([...declared.keys(), ...required.keys(), ...named])];
}

/** Adds members until there are enough, gives the unnamed ones names, and builds the object. */
function finish(entries: readonly Entry[], demands: Demands, search: Search): Found {
  if (demands.from > MAX_MEMBERS) return undecided(`an object of ${demands.from} members or more`);
  const attempts = new Attempts();
  const filled = [...entries];
  const present = new Set(entries.map(({ name }) => name));
  const add = (entry: Omit<Entry, 'witness'>): boolean => {
    const result = entry.goal === FALSE ? NOTHING : search.solve(entry.goal);
    if (result.answer === 'yes') filled.push({ ...entry, witness: result.witness });
    else attempts.add(result);
    return result.answer === 'yes';
  };
  for (const name of demands.declared.keys()) {
    if (filled.length >= demands.from) break;
    if (!present.has(name)) add({ name, language: oneName(name).language, goal: goalFor(name, demands) });
  }
  if (filled.length < demands.from) fillFromCells(filled, add, demands, search);
  if (filled.length >= demands.from) {
    const named = nameAll(filled, search);
    if (named) return found(named);
    if (filled.length === entries.length) return attempts.open ? attempts.result() : NOTHING;
  }
  return attempts.result();
}

function fillFromCells(
  filled: Entry[],
  add: (entry: Omit<Entry, 'witness'>) => boolean,
  demands: Demands,
  search: Search,
): void {
  for (const cell of cellsOf(undefined, namedBy(demands, filled), demands.general, search)) {
    const missing = demands.from - filled.length;
    if (missing <= 0) return;
    const names = readableWords(cell.language, demands.from + filled.length, search.budget);
    const entry = { name: undefined, language: cell.language, goal: cell.of };
    const before = filled.length;
    for (let i = 0; i < names.length && filled.length < before + missing; i++) {
      if (!add(entry)) break;
      if (!nameAll(filled, search)) {
        filled.pop();
        break;
      }
    }
  }
}

/** Chooses different names for the unnamed members; undefined if there are not enough of them. */
function nameAll(entries: readonly Entry[], search: Search): JsonValue | undefined {
  const unnamed = entries.filter(({ name }) => name === undefined);
  const taken = new Set(entries.map(({ name }) => name));
  const options = unnamed.map(({ language }) =>
    readableWords(language, unnamed.length, search.budget).filter((word) => !taken.has(word)),
  );
  const names = matchDistinct(options);
  if (!names) return undefined;
  const object: Record<string, JsonValue> = {};
  let next = 0;
  for (const { name, witness } of entries) setOwn(object, name ?? names[next++]!, witness);
  return object;
}
