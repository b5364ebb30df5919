import type * as fc from 'fast-check';
import type { JsonObject } from '../../json/value.ts';
import type { Contract } from '../../model/contract.ts';
import { DEFAULT_MAX_CHAIN_DEPTH } from '../../runtime/chain.ts';
import { copyJson } from '../arbitrary/copy.ts';
import { eventArbitrary } from '../arbitrary/event-arbitrary.ts';
import { contractFor, contractsOf, type EventSource } from '../contracts.ts';
import type { ConsumerHandler, ConsumerTestOptions, GeneratedConsumer } from './consumer-options.ts';
import { type Invocation, invoke } from './invoke.ts';
import { type Declared, type FieldNames, usualFields } from './published.ts';
import type { Subject } from './sending-checks.ts';

/** What is to be tested, worked out from what was given. */
export interface Plan {
  readonly contracts: readonly Contract[];
  readonly declared: Declared;
  readonly stages: ReadonlyMap<string, string | undefined>;
  readonly max: number;
  readonly callsModel: boolean;
  readonly fields: FieldNames;
  /** What `detail` obeys where the handler has to follow the event. */
  readonly shallow: JsonObject;
  events(contract: Contract, where?: JsonObject): fc.Arbitrary<unknown>;
  run(event: unknown, refuse?: Parameters<Subject['run']>[1]): Promise<Invocation>;
}

export function planOf(
  handler: ConsumerHandler,
  receives: EventSource | readonly EventSource[] | GeneratedConsumer,
  options: ConsumerTestOptions,
): Plan {
  const generated = isGenerated(receives) ? receives.consumer : undefined;
  const sources = generated
    ? [generated.contract].flat()
    : [receives as EventSource | readonly EventSource[]].flat();
  const contracts = (sources as readonly EventSource[]).map((source) => contractFor(source, options));
  const named = Object.entries(generated?.publications ?? {});
  const allowed = options.publishes ?? (generated ? named.map(([, contract]) => contract) : undefined);
  const publishes = allowed?.map((source) => contractFor(source, options));
  const known = new Map([...contractsOf(options), ...contracts, ...(publishes ?? [])].map((c) => [c.id, c]));
  const stages = named.map(
    ([name, { source, detailType }]) => [`${source}@${detailType}`, generated?.stages?.[name]] as const,
  );
  const max = options.maxChainDepth ?? generated?.defaults?.maxChainDepth ?? DEFAULT_MAX_CHAIN_DEPTH;
  const fields = { ...usualFields, ...options.fields };
  const { input = (event: JsonObject) => event } = options;
  return {
    contracts,
    declared: { contracts: known, allowed: publishes && new Set(publishes.map(({ id }) => id)) },
    stages: new Map(stages),
    max,
    callsModel: options.callsModel ?? generated?.defaults?.callsModel ?? false,
    fields,
    shallow: { properties: { [fields.depth]: { maximum: max - 1 } } },
    events: (contract, where) => eventArbitrary(contract, where ? { where } : {}) as fc.Arbitrary<unknown>,
    run: async (event, refuse) => {
      await options.before?.();
      const given = input(copyJson(event as JsonObject) as JsonObject);
      const call = () =>
        (handler as (event: unknown, context: unknown) => unknown)(given, options.context ?? {});
      return invoke(call, { ...options, refuse });
    },
  };
}

function isGenerated(receives: unknown): receives is GeneratedConsumer {
  return receives !== null && typeof receives !== 'string' && 'consumer' in (receives as object);
}
