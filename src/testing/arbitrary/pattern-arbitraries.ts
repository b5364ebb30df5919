import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../json/value.ts';
import { isObject } from '../../json/value.ts';
import { type CompiledPattern, compilePattern, NO_DOTS } from '../../pattern/compile.ts';
import { explainValue } from '../../pattern/explain.ts';
import { parsePattern, parsePatternValue } from '../../pattern/parse.ts';
import type { Alternative, Condition, Pattern } from '../../pattern/pattern.ts';
import { printChoices } from '../../pattern/print.ts';
import { matchesAgain } from '../../schema/question.ts';
import { makeReadable } from '../../schema/readable.ts';
import { memberOf } from '../../sets/ask.ts';
import type { Formula } from '../../sets/formula.ts';
import { and } from '../../sets/junction.ts';
import { not } from '../../sets/not.ts';
import { type ContractOptions, contractFor, type EventSource } from '../contracts.ts';
import { Sampler } from '../sample/sampler.ts';
import { anyEvent, withoutStray, withServiceMembers } from './envelope.ts';
import { type EventOfSource, eventMembers } from './event-arbitrary.ts';
import { type Members, memberArbitrary } from './member-arbitrary.ts';
import { compileForValues, membersOf } from './schema-arbitrary.ts';
import { UnsupportedArbitraryError } from './unsupported.ts';

/** An event pattern: parsed, as JSON text, or as the value that stands in a rule. */
export type PatternInput = Pattern | string | JsonObject;

/** The condition that an event misses a rule by. */
export interface MissedCondition {
  /** The field, as in `detail.amount`. */
  readonly path: string;
  /** What the rule asks of it, as it is written there. */
  readonly expected: string;
  /** Why the event does not meet it. */
  readonly reason: string;
}

export interface NearMiss<E> {
  readonly event: E;
  readonly missed: MissedCondition;
}

/** Any event, where no schema says more. */
export type AnyEvent = EventOfSource<string>;

/**
 * Events that match a pattern, and are valid under the schema where one is given; each is confirmed by the reference
 * matcher. Throws {@link UnsupportedArbitraryError} for an invalid pattern and where no such event is found.
 */
export function matchingEventArbitrary<const S extends EventSource = string>(
  pattern: PatternInput,
  schema?: S,
  options: ContractOptions = {},
): fc.Arbitrary<EventOfSource<S>> {
  const parsed = patternOf(pattern);
  const base = baseOf(schema, options);
  const set = plainSet(compilePattern(parsed), base);
  const members = narrowed(base, 'the pattern', set, (event) => {
    return matchesAgain(parsed, event) === true;
  });
  return memberArbitrary(members) as unknown as fc.Arbitrary<EventOfSource<S>>;
}

/**
 * Events that miss a pattern by exactly one condition, which is named; valid under the schema where one is given. Each
 * is confirmed by the reference matcher: it does not match, and would if that condition were not there.
 */
export function nearMissArbitrary<const S extends EventSource = string>(
  pattern: PatternInput,
  schema?: S,
  options: ContractOptions = {},
): fc.Arbitrary<NearMiss<EventOfSource<S>>> {
  const parsed = patternOf(pattern);
  const base = baseOf(schema, options);
  const found = parsed.alternatives.flatMap((alternative) =>
    alternative.conditions.flatMap((condition) => missing(parsed, alternative, condition, base) ?? []),
  );
  if (found.length === 0) {
    throw new UnsupportedArbitraryError('the pattern', 'no event misses it by one condition alone');
  }
  return fc.oneof(...found) as unknown as fc.Arbitrary<NearMiss<EventOfSource<S>>>;
}

function missing(
  pattern: Pattern,
  alternative: Alternative,
  condition: Condition,
  base: Members,
): fc.Arbitrary<NearMiss<JsonValue>> | undefined {
  const { span } = pattern;
  const others = alternative.conditions.filter((other) => other !== condition);
  const alone: Pattern = { alternatives: [{ conditions: [condition] }], span };
  const without: Pattern | undefined =
    others.length > 0 ? { alternatives: [{ conditions: others }], span } : undefined;
  const parts = [not(compilePattern(pattern).formula), not(compilePattern(alone).formula)];
  if (without) parts.push(plainSet(compilePattern(without), base));
  const formula = and(...parts);
  const members = narrowed(base, `a near miss of ${condition.path}`, formula, (event) => {
    return (
      matchesAgain(pattern, event) === false &&
      matchesAgain(alone, event) === false &&
      (!without || matchesAgain(without, event) === true)
    );
  });
  if (memberOf(members.formula).answer === 'no') return undefined;
  try {
    return memberArbitrary(members).map((event) => ({ event, missed: missedBy(alone, condition, event) }));
  } catch (error) {
    if (error instanceof UnsupportedArbitraryError) return undefined;
    throw error;
  }
}

function missedBy(alone: Pattern, condition: Condition, event: JsonValue): MissedCondition {
  const field = explainValue(alone, event).value?.alternatives[0]?.fields[0];
  return { path: condition.path, expected: printChoices(condition), reason: field?.reason ?? '' };
}

/** Without keys with dots that stand for nested fields, unless the schema has such keys: nobody else writes them. */
function plainSet(compiled: CompiledPattern, base: Members): Formula {
  const plain = compiled.with(NO_DOTS);
  return memberOf(and(base.formula, plain)).answer === 'yes' ? plain : compiled.formula;
}

function baseOf(schema: EventSource | undefined, options: ContractOptions): Members {
  if (schema !== undefined) return eventMembers(contractFor(schema, options));
  const compiled = compileForValues(anyEvent);
  return membersOf(compiled, 'an event');
}

function narrowed(
  base: Members,
  what: string,
  formula: Formula,
  also: (event: JsonValue) => boolean,
): Members {
  const whole = and(base.formula, formula);
  return {
    what,
    formula: whole,
    accepts: (event) => base.accepts(event) && also(event),
    draws: [
      (dice) => withServiceMembers(withoutStray(new Sampler(dice).sample(whole) ?? null), dice),
      (dice) => withoutStray(new Sampler(dice).sample(whole) ?? null),
      (dice) => new Sampler(dice).sample(whole),
    ],
    examples: base.examples ?? [],
    readable: (event) => (base.schema ? makeReadable(event, whole, base.schema) : event),
  };
}

/** A pattern as it is given in tests; throws {@link UnsupportedArbitraryError} if AWS would refuse it. */
export function patternOf(pattern: PatternInput): Pattern {
  if (typeof pattern !== 'string' && isParsed(pattern)) return pattern;
  const read = typeof pattern === 'string' ? parsePattern(pattern) : parsePatternValue(pattern);
  if (read.value) return read.value;
  const problem = read.diagnostics.find(({ severity }) => severity === 'error')?.message;
  throw new UnsupportedArbitraryError('the pattern', problem ?? 'AWS would refuse it');
}

function isParsed(pattern: Pattern | JsonObject): pattern is Pattern {
  const { alternatives, span } = pattern as Pattern;
  return Array.isArray(alternatives) && isObject(span) && 'document' in (span as object);
}
