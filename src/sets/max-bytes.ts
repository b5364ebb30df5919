import type { JsonValue } from '../json/value.ts';
import { type AskOptions, memberOf } from './ask.ts';
import { Budget } from './budget.ts';
import { evaluate } from './evaluate.ts';
import { FALSE, type Formula, type Members, TRUE } from './formula.ts';
import { and } from './junction.ts';
import { maxNumberWidth } from './numbers/number-questions.ts';
import { restrict } from './restrict.ts';
import { numbersIn } from './solve-scalar.ts';
import { complement, intersection } from './strings/boolean.ts';
import { words } from './strings/build.ts';
import { maxBytes as maxStringBytes } from './strings/measure.ts';
import { includes as includesNames, wordsOf } from './strings/questions.ts';
import { languageOf } from './strings-of.ts';
import { ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, STRING, type TypeBit } from './types.ts';

/** An upper bound on the bytes of a value, and the parts it is made of. */
export interface Bytes {
  /** Infinity if nothing bounds it. */
  readonly bytes: number;
  /** Members and items by the step that leads to them: a name, `*` for names that are not listed, `[]`. */
  readonly parts: readonly { readonly step: string; readonly of: Bytes }[];
}

/** Alternatives that are followed one by one; beyond, each conjunct is bounded by itself. */
const MOST_ALTERNATIVES = 64;
const STRING_STEPS = 20_000;
/** Names that are looked at one by one. */
const MOST_NAMES = 30;
const UNBOUNDED: Bytes = { bytes: Number.POSITIVE_INFINITY, parts: [] };
/** What stands for a set without members: it contributes nothing. */
const NOTHING: Bytes = { bytes: Number.NEGATIVE_INFINITY, parts: [] };

/**
 * A bound on the UTF-8 bytes of any member, written as compact JSON with numbers as doubles. Sound; exact in most
 * cases. A member inside a member of the same set makes it unbounded.
 */
export class Sizing {
  private readonly known = new Map<number, Bytes>();
  private readonly open = new Set<number>();
  private readonly options: AskOptions;

  constructor(options: AskOptions = {}) {
    this.options = options;
  }

  of(goal: Formula): Bytes {
    if (goal === FALSE) return NOTHING;
    const before = this.known.get(goal.id);
    if (before) return before;
    if (this.isEmpty(goal)) return NOTHING;
    if (this.open.has(goal.id) || this.open.size > 60) return UNBOUNDED;
    this.open.add(goal.id);
    let largest = NOTHING;
    for (const type of [NULL, BOOLEAN, NUMBER, STRING, ARRAY, OBJECT] as const) {
      largest = larger(largest, this.ofType(restrict(goal, type), type));
    }
    this.open.delete(goal.id);
    this.known.set(goal.id, largest);
    return largest;
  }

  private isEmpty(goal: Formula): boolean {
    return memberOf(goal, { steps: 5_000, ...this.options }).answer === 'no';
  }

  private ofType(goal: Formula, type: TypeBit): Bytes {
    if (goal === FALSE) return NOTHING;
    switch (type) {
      case NULL:
        return listed(goal, [null]);
      case BOOLEAN:
        return listed(goal, [true, false]);
      case NUMBER:
        return { bytes: maxNumberWidth(numbersIn(goal)).value, parts: [] };
      case STRING:
        return { bytes: maxStringBytes(languageOf(goal), new Budget(STRING_STEPS)).value + 2, parts: [] };
      default:
        return this.ofAlternatives(goal, type);
    }
  }

  /** The largest of the alternatives, each with everything that is asked beside it. */
  private ofAlternatives(goal: Formula, type: TypeBit): Bytes {
    let cases: Formula[][] = [[]];
    for (const part of goal.kind === 'and' ? goal.parts : [goal]) {
      const options = part.kind === 'or' ? part.parts : [part];
      if (cases.length * options.length > MOST_ALTERNATIVES) continue;
      cases = cases.flatMap((one) => options.map((option) => [...one, option]));
    }
    let largest = NOTHING;
    for (const one of cases) {
      const whole = and(...one);
      const flat = whole.kind === 'and' ? whole.parts : [whole];
      if (whole === FALSE || (cases.length > 1 && this.isEmpty(whole))) continue;
      const nested = flat.some(({ kind }) => kind === 'or') && whole !== goal;
      const bound = nested
        ? this.ofAlternatives(whole, type)
        : type === ARRAY
          ? this.ofArray(flat)
          : this.ofObject(flat);
      largest = larger(largest, bound);
    }
    return largest;
  }

  private ofArray(atoms: readonly Formula[]): Bytes {
    const values = atoms.find((atom) => atom.kind === 'values');
    if (values?.kind === 'values') return listed(and(...atoms), values.values);
    let to = Number.POSITIVE_INFINITY;
    let uniform = 0;
    for (const atom of atoms) {
      if (atom.kind === 'size') to = Math.min(to, atom.to);
      if (atom.kind !== 'items') continue;
      uniform = Math.max(uniform, atom.from, atom.to === Number.POSITIVE_INFINITY ? 0 : atom.to + 1);
    }
    const itemAt = (i: number) =>
      this.of(
        and(
          ...atoms.map((atom) => (atom.kind === 'items' && atom.from <= i && i <= atom.to ? atom.of : TRUE)),
        ),
      );
    const parts: { step: string; of: Bytes }[] = [];
    let bytes = 2;
    let length = 0;
    for (; length < Math.min(uniform, to); length++) {
      const item = itemAt(length);
      if (item === NOTHING) return { bytes: bytes + Math.max(0, length - 1), parts };
      parts.push({ step: `[${length}]`, of: item });
      bytes += item.bytes;
    }
    if (to > uniform) {
      const rest = itemAt(uniform);
      if (rest !== NOTHING) {
        const times = Math.min(to - uniform, distinct(atoms, uniform));
        parts.push({ step: '[]', of: scaled(rest, times) });
        bytes += rest.bytes * times;
        length = uniform + times;
      }
    }
    return { bytes: bytes + Math.max(0, length - 1), parts };
  }

  private ofObject(atoms: readonly Formula[]): Bytes {
    const values = atoms.find((atom) => atom.kind === 'values');
    if (values?.kind === 'values') return listed(and(...atoms), values.values);
    const names = new Set<string>();
    let to = Number.POSITIVE_INFINITY;
    for (const atom of atoms) {
      if (atom.kind === 'count') to = Math.min(to, atom.to);
      const single = atom.kind === 'each' || atom.kind === 'some' ? atom.names.single : undefined;
      if (single !== undefined) names.add(single);
    }
    const members = [...names].map((name) => this.member(name, jsonBytes(name), goalFor(atoms, name)));
    members.push(...this.others(atoms, [...names], to));
    const present = members.filter(({ of }) => of !== NOTHING).sort((a, b) => b.bytes - a.bytes);
    const kept: Member[] = [];
    let left = to;
    for (const member of present) {
      const times = Math.min(left, member.times);
      if (times > 0) kept.push({ ...member, times });
      if (left !== Number.POSITIVE_INFINITY) left -= times;
    }
    const count = kept.reduce((sum, { times }) => sum + times, 0);
    const bytes = kept.reduce((sum, member) => sum + member.bytes * member.times, 2 + Math.max(0, count - 1));
    return { bytes, parts: kept.map(({ step, of, times }) => ({ step, of: scaled(of, times) })) };
  }

  private member(step: string, nameBytes: number, goal: Formula, times = 1): Member {
    const of = this.of(goal);
    return { step, of, bytes: nameBytes + 1 + of.bytes, times };
  }

  /** Members under names that are not listed: one by one if there are few such names, by the longest otherwise. */
  private others(atoms: readonly Formula[], listedNames: readonly string[], to: number): Member[] {
    const general = atoms.filter(
      (atom) => atom.kind === 'each' && atom.names.single === undefined,
    ) as Members[];
    const budget = new Budget(STRING_STEPS);
    const forbidden = general.filter(({ of }) => of === FALSE).map(({ names }) => complement(names.language));
    const language = intersection([complement(words(listedNames)), ...forbidden]);
    const few = wordsOf(language, MOST_NAMES, budget);
    if (few.complete) {
      return few.words.map((name) => this.member(name, jsonBytes(name), goalFor(general, name)));
    }
    // A name may be under several of the languages, and then is bounded by each of them.
    const everywhere = general.filter(
      ({ names }) => includesNames(names.language, language, budget) === true,
    );
    const nameBytes = maxStringBytes(language, budget).value + 2;
    return [this.member('*', nameBytes, and(...everywhere.map(({ of }) => of)), to)];
  }
}

interface Member {
  readonly step: string;
  readonly of: Bytes;
  /** Of one such member, with its name and the colon. */
  readonly bytes: number;
  readonly times: number;
}

/** Everything that is asked of the value under a name. */
function goalFor(atoms: readonly Formula[], name: string): Formula {
  const parts = atoms.filter(
    (atom): atom is Members =>
      (atom.kind === 'each' || (atom.kind === 'some' && atom.names.single !== undefined)) &&
      atom.names.has(name),
  );
  return and(...parts.map(({ of }) => of));
}

/** With items all different, there are no more than different values for them. */
function distinct(atoms: readonly Formula[], from: number): number {
  if (!atoms.some((atom) => atom.kind === 'unique' && atom.value)) return Number.POSITIVE_INFINITY;
  const counts = atoms.map((atom) =>
    atom.kind === 'items' && atom.from <= from && atom.of.kind === 'values' && !atom.of.negated
      ? atom.of.values.length
      : Number.POSITIVE_INFINITY,
  );
  return Math.min(...counts);
}

function listed(goal: Formula, values: readonly JsonValue[]): Bytes {
  const possible = values.filter((value) => evaluate(goal, value) !== false);
  if (possible.length === 0) return NOTHING;
  return { bytes: Math.max(...possible.map(jsonBytes)), parts: [] };
}

function jsonBytes(value: JsonValue): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function larger(a: Bytes, b: Bytes): Bytes {
  return b.bytes > a.bytes ? b : a;
}

function scaled(of: Bytes, times: number): Bytes {
  return times === 1 ? of : { bytes: of.bytes * times, parts: of.parts };
}
