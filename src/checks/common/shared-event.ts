import type { JsonValue } from '../../json/value.ts';
import { printEventType } from '../../model/event-type.ts';
import { compilePattern } from '../../pattern/compile.ts';
import { holesClosed, holesOpened } from '../../pattern/open-holes.ts';
import type { Condition, Pattern } from '../../pattern/pattern.ts';
import { pathsOf } from '../../pattern/restrict.ts';
import type { CompiledSchema } from '../../schema/compiled.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { declaredKeys, hasUndeclaredDots } from '../../schema/declared-keys.ts';
import { fieldFacts } from '../../schema/fields.ts';
import { overlap, subsumes } from '../../schema/overlap.ts';
import { makeReadable } from '../../schema/readable.ts';
import { and } from '../../sets/junction.ts';
import type { CheckContext } from '../check.ts';
import type { KnownType } from './known-types.ts';
import { namesEvents, type PatternRule, plainTexts } from './rules.ts';

/** An event that two rules take, or at least that there is one. */
export interface Shared {
  readonly eventType?: string;
  readonly event?: JsonValue;
}

/**
 * Whether two rules are proven to take one event: one that a schema allows, one of a known type when nothing else is
 * asked, or any at all when one pattern includes the other. What depends on unknown texts does not count.
 */
export function sharedEvent(
  a: PatternRule,
  b: PatternRule,
  { known, config }: CheckContext,
): Shared | undefined {
  if (surelyApart(a.filter.pattern, b.filter.pattern)) return undefined;
  const [left, right] = [holesClosed(a.filter.pattern, false), holesClosed(b.filter.pattern, false)];
  if (left.alternatives.length === 0 || right.alternatives.length === 0) return undefined;
  const types = new Set(known.takenBy(b));
  const both = known.takenBy(a).filter((each) => types.has(each));
  for (const each of both.slice(0, 20)) {
    const shared = ofType(each, left, right, config.dottedKeys);
    if (shared) return shared;
  }
  if (both.some(({ contract }) => contract) && (namesEvents(a) || namesEvents(b))) return undefined;
  const [one, other] = [compilePattern(left), compilePattern(right)];
  if (subsumes(one, other).answer === 'yes' || subsumes(other, one).answer === 'yes') return {};
  return undefined;
}

function ofType(
  { type, contract }: KnownType,
  left: Pattern,
  right: Pattern,
  dottedKeys: boolean,
): Shared | undefined {
  const eventType = printEventType(type);
  if (!contract) return asksTypesOnly(left) && asksTypesOnly(right) ? { eventType } : undefined;
  const schema = compiledOnce(contract.schema);
  if (!schema || holesOpened(left) || holesOpened(right)) return undefined;
  // A field that the schema does not declare could hold anything, several values at once among it.
  if (!declaresAll(schema, left) || !declaresAll(schema, right)) return undefined;
  const [one, other] = [compilePattern(left), compilePattern(right)];
  const verdict = overlap(one, other, schema);
  if (verdict.answer !== 'yes') return undefined;
  if (!dottedKeys && hasUndeclaredDots(verdict.witness, declaredKeys(schema))) return undefined;
  const event = makeReadable(verdict.witness, and(schema.formula, one.formula, other.formula), schema);
  return { eventType, event };
}

function declaresAll(schema: CompiledSchema, pattern: Pattern): boolean {
  return [...pathsOf(pattern)].every((path) => fieldFacts(schema, path.split('.')).declared !== 'no');
}

function asksTypesOnly(pattern: Pattern): boolean {
  return [...pathsOf(pattern)].every((path) => path === 'source' || path === 'detail-type');
}

/** Whether the two ask for different plain texts in one field of the envelope, which holds one value: quickly seen. */
function surelyApart(a: Pattern, b: Pattern): boolean {
  const [left, right] = [a.alternatives[0]!, b.alternatives[0]!];
  if (a.alternatives.length !== 1 || b.alternatives.length !== 1) return false;
  return ['source', 'detail-type'].some((path) => {
    const texts = [left, right].map(({ conditions }) => plainTexts(on(conditions, path)));
    return texts[0] && texts[1] && !texts[0].some((text) => texts[1]!.includes(text));
  });
}

function on(conditions: readonly Condition[], path: string): Condition | undefined {
  return conditions.find((condition) => condition.path === path);
}
