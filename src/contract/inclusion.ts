import type { Contract } from '../model/contract.ts';
import type { CompiledSchema } from '../schema/compiled.ts';
import { compiledOnce } from '../schema/decide.ts';
import { refusedAt } from '../schema/differing.ts';
import { includes } from '../schema/includes.ts';
import { memberOf } from '../sets/ask.ts';
import type { Formula } from '../sets/formula.ts';
import { and } from '../sets/junction.ts';
import { unknown } from '../sets/verdict.ts';
import type { Answer, Direction } from './change.ts';

/** Which events of a schema are taken at all. */
export type Taken = (schema: CompiledSchema) => Formula;

/**
 * Whether one version of an event type may take the place of the other; decided over whole events. `only`: of the given events only those in that set.
 */
export function answerFor(direction: Direction, before: Contract, after: Contract, only?: Taken): Answer {
  const [sub, sup] = direction === 'backward' ? [after, before] : [before, after];
  const [given, expected] = [compiledOnce(sub.schema), compiledOnce(sup.schema)];
  if (!given || !expected) {
    const which = (given ? sup : sub) === after ? 'new' : 'old';
    return { direction, verdict: 'unknown', reason: unknown(`the ${which} schema is not valid`).reason };
  }
  const asked = only ? { ...given, formula: and(given.formula, only(given)) } : given;
  const proof = includes(asked, expected);
  if (proof.answer === 'yes') return { direction, verdict: 'compatible' };
  if (proof.answer === 'unknown') return { direction, verdict: 'unknown', reason: proof.reason };
  const event = proof.counterexample;
  const refused = refusedAt(expected, event);
  return {
    direction,
    verdict: 'broken',
    break: {
      event,
      at: refused?.at ?? [],
      keyword: refused?.keyword ?? '',
      schema: refused?.place.schema ?? true,
      tokens: refused?.place.tokens ?? [],
      text: proof.reason.text,
    },
  };
}

/** Whether two versions describe the same details, in whatever words; false also where that is not decided. */
export function sameDetails(a: Contract, b: Contract): boolean {
  const [first, second] = [compiledOnce(a.detailSchema), compiledOnce(b.detailSchema)];
  if (!first || !second) return false;
  return included(first, second) && included(second, first);
}

/** Whether every object is a valid detail: such schemas are alike by chance. */
export function saysNothing(contract: Contract): boolean {
  const details = compiledOnce(contract.detailSchema);
  const objects = compiledOnce(ANY_OBJECT);
  return details !== undefined && objects !== undefined && included(objects, details);
}

/** Whether it is proven that there are no such events. */
export function hasNoEvents(contract: Contract): boolean {
  const schema = compiledOnce(contract.schema);
  return schema !== undefined && memberOf(schema.formula).answer === 'no';
}

const ANY_OBJECT = { type: 'object' };

function included(sub: CompiledSchema, sup: CompiledSchema): boolean {
  return includes(sub, sup, { recheck: false, readable: false }).answer === 'yes';
}
