import type * as fc from 'fast-check';
import { isObject, type JsonValue, own } from '../../json/value.ts';
import type { Contract } from '../../model/contract.ts';
import { envelopeOf, exampleEvent } from '../../model/envelope.ts';
import type { AnyContract, EventOfContract } from '../../runtime/contract.ts';
import type { EventEnvelope } from '../../runtime/envelope.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { each } from '../../sets/atoms.ts';
import { and, typeIs } from '../../sets/junction.ts';
import { oneName } from '../../sets/names.ts';
import { OBJECT } from '../../sets/types.ts';
import { type ContractOptions, contractFor, type EventSource } from '../contracts.ts';
import type { Dice } from '../sample/dice.ts';
import { Sampler } from '../sample/sampler.ts';
import { serviceMembers, withServiceMembers } from './envelope.ts';
import { type Members, memberArbitrary } from './member-arbitrary.ts';
import { compileForValues, membersOf } from './schema-arbitrary.ts';
import { UnsupportedArbitraryError } from './unsupported.ts';

/** The type of the events of a generated contract; any event for what only has a name. */
export type EventOfSource<S> = S extends AnyContract
  ? EventOfContract<S>
  : EventEnvelope<string, string, { readonly [name: string]: unknown }>;

export interface EventArbitraryOptions extends ContractOptions {
  /** A JSON Schema that `detail` obeys besides: `{ properties: { _chain_depth: { maximum: 2 } } }`. */
  readonly where?: JsonValue;
}

/**
 * Events of an event type as EventBridge delivers them, valid under its schema: each is confirmed by Ajv. They shrink
 * to small readable events. Throws {@link UnsupportedArbitraryError} if the event type is not known or has no events.
 */
export function eventArbitrary<const S extends EventSource>(
  source: S,
  options: EventArbitraryOptions = {},
): fc.Arbitrary<EventOfSource<S>> {
  const contract = contractFor(source, options);
  return memberArbitrary(eventMembers(contract, options.where)) as unknown as fc.Arbitrary<EventOfSource<S>>;
}

/** The events of a contract, or those whose `detail` obeys another schema besides. */
export function eventMembers(contract: Contract, where?: JsonValue): Members {
  const whole = compiledOnce(contract.schema);
  const detail = compiledOnce(contract.detailSchema);
  if (!whole || !detail)
    throw new UnsupportedArbitraryError(contract.id, 'its schema is not a valid JSON Schema');
  const narrowed =
    where === undefined ? undefined : compileForValues(envelopeOf(contract.type, where as never));
  const narrowDetail = where === undefined ? undefined : compileForValues(where);
  const members = membersOf(
    whole,
    contract.id,
    narrowed ? and(whole.formula, narrowed.formula) : whole.formula,
  );
  // EventBridge takes no `detail` that is not an object, also where the schema would.
  const formula = and(members.formula, each(oneName('detail'), typeIs(OBJECT)));
  const details = and(detail.formula, typeIs(OBJECT), ...(narrowDetail ? [narrowDetail.formula] : []));
  return {
    ...members,
    formula,
    accepts: (event) => isObject(event) && isObject(own(event, 'detail')) && members.accepts(event),
    draws: [
      (dice) => asEvent(contract, new Sampler(dice).sample(details), dice),
      (dice) => withServiceMembers(new Sampler(dice).sample(formula) ?? null, dice),
      (dice) => new Sampler(dice).sample(formula),
    ],
    examples: contract.examples.map((example) => exampleEvent(contract.type, example)),
    readable: (event) => readable(contract, event, members),
  };
}

/** The event with this detail, and what the service fills in. */
export function asEvent(
  contract: Contract,
  detail: JsonValue | undefined,
  dice: Dice,
): JsonValue | undefined {
  if (detail === undefined) return undefined;
  const { source, detailType } = contract.type;
  const event = { ...serviceMembers(dice), source, 'detail-type': detailType, detail };
  return withOrder(event);
}

function withOrder({
  version,
  id,
  account,
  time,
  region,
  resources,
  ...rest
}: Record<string, JsonValue>): JsonValue {
  const { source, detail, ...others } = rest;
  return { version, id, ...others, source, account, time, region, resources, detail } as JsonValue;
}

function readable(contract: Contract, event: JsonValue, members: Members): JsonValue {
  const better = members.readable?.(event) ?? event;
  if (!isObject(better) || better['detail'] === undefined) return better;
  const plain = exampleEvent(contract.type, better['detail']);
  return members.accepts(plain) ? plain : better;
}
