import type * as fc from 'fast-check';
import type { JsonValue } from '../../json/value.ts';
import type { Contract } from '../../model/contract.ts';
import { exampleEvent } from '../../model/envelope.ts';
import type { EventEnvelope } from '../../runtime/envelope.ts';
import type { CompiledSchema } from '../../schema/compiled.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { makeReadable } from '../../schema/readable.ts';
import { judgeOf } from '../../schema/validator.ts';
import { memberOf } from '../../sets/ask.ts';
import { evaluate } from '../../sets/evaluate.ts';
import { and, typeIs } from '../../sets/junction.ts';
import { OBJECT } from '../../sets/types.ts';
import { type ContractOptions, contractFor, type EventSource } from '../contracts.ts';
import { Sampler } from '../sample/sampler.ts';
import { type Breakable, breakables } from './breakable.ts';
import { memberArbitrary } from './member-arbitrary.ts';
import { oneOfLazily } from './one-of-lazily.ts';
import { UnsupportedArbitraryError } from './unsupported.ts';

/** The one thing that is wrong with an invalid event. */
export interface BrokenConstraint {
  /** The keyword of JSON Schema: `maximum`. */
  readonly keyword: string;
  /** The address of the keyword: `https://shop.example/review.json#/properties/rating/maximum`. */
  readonly constraint: string;
  /** Where in the event: `detail.rating`. */
  readonly path: string;
}

export interface InvalidEvent {
  readonly event: EventEnvelope<string, string, { readonly [name: string]: unknown }>;
  readonly broken: BrokenConstraint;
}

export interface InvalidEventOptions extends ContractOptions {
  /** Which constraints are broken; every one that can be broken alone if not given. */
  readonly only?: (broken: BrokenConstraint) => boolean;
}

/** Steps that a question whether a constraint can be broken alone may cost. */
const STEPS = 8_000;

/**
 * Events of an event type that break exactly one constraint of its schema, which is named; everything else is as the
 * schema asks. Constraints that cannot be broken alone are left out. Ajv refuses every one of them.
 */
export function invalidEventArbitrary(
  source: EventSource,
  options: InvalidEventOptions = {},
): fc.Arbitrary<InvalidEvent> {
  const contract = contractFor(source, options);
  const schema = compiledOnce(contract.detailSchema);
  if (!schema) throw new UnsupportedArbitraryError(contract.id, 'its schema is not a valid JSON Schema');
  const wanted = constraintsOf(schema).filter(({ broken }) => options.only?.(broken) ?? true);
  const found = oneOfLazily(
    wanted.map(
      ({ broken, formula }) =>
        () =>
          arbitraryOf(contract, schema, broken, formula),
    ),
  );
  if (!found) throw new UnsupportedArbitraryError(contract.id, 'none of its constraints can be broken alone');
  return found as unknown as fc.Arbitrary<InvalidEvent>;
}

interface Broken {
  readonly broken: BrokenConstraint;
  readonly formula: Breakable['formula'];
}

function constraintsOf(schema: CompiledSchema): Broken[] {
  return breakables(schema).map(({ keyword, constraint, path, formula }) => {
    const at = path === '' ? 'detail' : path.startsWith('[') ? `detail${path}` : `detail.${path}`;
    // EventBridge itself takes no `detail` that is not an object.
    return { broken: { keyword, constraint, path: at }, formula: and(formula, typeIs(OBJECT)) };
  });
}

function arbitraryOf(
  contract: Contract,
  schema: CompiledSchema,
  broken: BrokenConstraint,
  formula: Breakable['formula'],
): fc.Arbitrary<{ event: JsonValue; broken: BrokenConstraint }> | undefined {
  if (memberOf(formula, { steps: STEPS }).answer !== 'yes') return undefined;
  const judge = judgeOf(schema);
  const details = {
    what: `an event that breaks ${broken.constraint}`,
    formula,
    accepts: (detail: JsonValue) => judge(detail) === false && evaluate(formula, detail) === true,
    readable: (detail: JsonValue) => makeReadable(detail, formula, schema),
    draws: [(dice: ConstructorParameters<typeof Sampler>[0]) => new Sampler(dice).sample(formula)],
  };
  try {
    return memberArbitrary(details).map((detail) => ({ event: exampleEvent(contract.type, detail), broken }));
  } catch (error) {
    if (error instanceof UnsupportedArbitraryError) return undefined;
    throw error;
  }
}
