import * as fc from 'fast-check';
import { isObject, type JsonValue } from '../../json/value.ts';
import type { CompiledSchema } from '../../schema/compiled.ts';
import { memberOf } from '../../sets/ask.ts';
import { anyItem, some } from '../../sets/atoms.ts';
import { type Formula, TRUE } from '../../sets/formula.ts';
import { and } from '../../sets/junction.ts';
import { oneName } from '../../sets/names.ts';
import { Dice } from '../sample/dice.ts';
import { Sampler } from '../sample/sampler.ts';
import { simplest as simplestOf } from '../sample/simplest.ts';
import { copyJson, replaceIn } from './copy.ts';
import { costOf, simplerThan } from './simpler.ts';
import { UnsupportedArbitraryError } from './unsupported.ts';

/** A set of values to draw from. */
export interface Members {
  /** What is asked for, for messages. */
  readonly what: string;
  readonly formula: Formula;
  /** The schema that examples and names are taken from, where there is one. */
  readonly schema?: CompiledSchema;
  /** The last word on every value that is handed out. */
  accepts(value: JsonValue): boolean;
  /** Ways to draw a value, tried in turn; random members of the formula if not given. */
  readonly draws?: readonly ((dice: Dice) => JsonValue | undefined)[];
  /** Values known to be members, and to be drawn now and then. */
  readonly examples?: readonly JsonValue[];
  /** Makes a member easier to read; the result is judged again. */
  readable?(value: JsonValue): JsonValue;
}

/** How often an example is drawn, where there are any. */
const EXAMPLES = 0.08;
/** Draws of one value before the simplest member is handed out. */
const TRIES = 6;
/** Draws that look for a first member where the algebra has none to show. */
const SEARCHED = 60;
const MANY = Number.POSITIVE_INFINITY;

/**
 * Draws members, each judged before it is handed out. Shrinks on the values themselves, towards the simplest member,
 * and only through members. Throws {@link UnsupportedArbitraryError} if no member is known.
 */
export function memberArbitrary(members: Members): fc.Arbitrary<JsonValue> {
  return new MemberArbitrary(members);
}

class MemberArbitrary extends fc.Arbitrary<JsonValue> {
  private readonly members: Members;
  private readonly simplest: JsonValue;
  private readonly draws: readonly ((dice: Dice) => JsonValue | undefined)[];
  private readonly examples: readonly JsonValue[];
  private readonly places = new Map<string, JsonValue | undefined>();

  constructor(members: Members) {
    super();
    this.members = members;
    this.draws = members.draws ?? [(dice) => new Sampler(dice).sample(members.formula)];
    this.examples = (members.examples ?? []).filter((value) => members.accepts(value));
    this.simplest = this.firstMember();
  }

  generate(random: fc.Random, _bias: number | undefined): fc.Value<JsonValue> {
    return new fc.Value(copyJson(this.draw(new Dice((max) => random.nextInt(0, max)))), undefined);
  }

  canShrinkWithoutContext(value: unknown): value is JsonValue {
    return value !== undefined && this.members.accepts(value as JsonValue);
  }

  shrink(value: JsonValue): fc.Stream<fc.Value<JsonValue>> {
    return fc.stream(this.simpler(value));
  }

  private *simpler(value: JsonValue): Generator<fc.Value<JsonValue>> {
    const cost = costOf(value, this.simplest);
    const seen = new Set<string>();
    for (const next of simplerThan(value, this.simplest, (path) => this.simplestAt(path))) {
      if (costOf(next, this.simplest) >= cost) continue;
      const text = JSON.stringify(next);
      if (seen.has(text) || !this.members.accepts(next)) continue;
      seen.add(text);
      yield new fc.Value(copyJson(next), undefined);
    }
  }

  private draw(dice: Dice): JsonValue {
    if (this.examples.length > 0 && dice.chance(EXAMPLES)) return dice.pick(this.examples);
    for (let i = 0; i < TRIES; i++) {
      const value = this.draws[Math.floor((i * this.draws.length) / TRIES)]!(dice);
      if (value !== undefined && this.members.accepts(value)) return value;
    }
    return this.simplest;
  }

  private firstMember(): JsonValue {
    const { formula, what, accepts, readable } = this.members;
    const found = simplestOf(formula);
    if (found !== undefined && accepts(found)) {
      const better = readable?.(found);
      return better !== undefined && accepts(better) ? pruned(better, found, accepts) : found;
    }
    if (this.examples.length > 0) return this.examples[0]!;
    for (let seed = 1; seed <= SEARCHED; seed++) {
      const dice = new Dice(countingFrom(seed));
      const value = this.draws[seed % this.draws.length]!(dice);
      if (value !== undefined && accepts(value)) return value;
    }
    throw new UnsupportedArbitraryError(what, whyNot(formula, found));
  }

  /** The simplest value under a path, in a member that has it. */
  private simplestAt(path: readonly string[]): JsonValue | undefined {
    const key = JSON.stringify(path);
    if (!this.places.has(key)) this.places.set(key, this.seekAt(path));
    return this.places.get(key);
  }

  private seekAt(path: readonly string[]): JsonValue | undefined {
    const { formula, readable } = this.members;
    const there = path.reduceRight<Formula>(
      (inner, step) => (step === '*' ? anyItem(0, MANY, inner) : some(oneName(step), inner)),
      TRUE,
    );
    const found = simplestOf(and(formula, there));
    if (found === undefined) return undefined;
    return valueAt(readable?.(found) ?? found, path) ?? valueAt(found, path);
  }
}

/** Without members that it can do without and the first one had not: examples have more than they need. */
function pruned(value: JsonValue, first: JsonValue, accepts: (value: JsonValue) => boolean): JsonValue {
  let result = value;
  for (const path of memberPaths(value)) {
    if (valueAt(first, path) !== undefined) continue;
    const next = withoutAt(result, path);
    if (accepts(next)) result = next;
  }
  return result;
}

/** The way to every member of an object, outer ones first. */
function memberPaths(value: JsonValue, path: readonly string[] = []): string[][] {
  if (!isObject(value)) return [];
  const own = Object.keys(value).map((name) => [...path, name]);
  return [...own, ...Object.entries(value).flatMap(([name, inner]) => memberPaths(inner, [...path, name]))];
}

function withoutAt(value: JsonValue, [name, ...rest]: readonly string[]): JsonValue {
  if (name === undefined || !isObject(value) || !Object.hasOwn(value, name)) return value;
  return replaceIn(value, name, rest.length === 0 ? undefined : withoutAt(value[name]!, rest));
}

function whyNot(formula: Formula, found: JsonValue | undefined): string {
  if (found !== undefined) return `the value found, ${JSON.stringify(found)}, is refused by the validator`;
  const answer = memberOf(formula);
  if (answer.answer === 'no') return 'there is no such value';
  return answer.answer === 'unknown'
    ? `no such value was found (${answer.reason.text})`
    : 'no such value was found';
}

/** A number source for the search of a first member: the same every time. */
function countingFrom(seed: number): (max: number) => number {
  let state = Math.imul(seed, 0x9e3779b1) | 0;
  return (max) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0;
    return (state >>> 1) % (max + 1);
  };
}

function valueAt(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const step of path) {
    if (Array.isArray(current)) current = current[0];
    else if (isObject(current) && Object.hasOwn(current, step)) current = current[step];
    else return undefined;
  }
  return current;
}
