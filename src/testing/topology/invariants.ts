import * as fc from 'fast-check';
import { amplifications } from '../../graph/amplification.ts';
import { analyzeLoops } from '../../graph/analyze.ts';
import { busesWithRoutes, nodeKey } from '../../graph/hops.ts';
import { schemaOracle } from '../../graph/oracle.ts';
import { defaultSettings } from '../../graph/settings.ts';
import { isObject, type JsonObject } from '../../json/value.ts';
import type { Contract } from '../../model/contract.ts';
import type { Topology } from '../../model/topology.ts';
import { DEFAULT_MAX_CHAIN_DEPTH, PROCESSED } from '../../runtime/chain.ts';
import { eventArbitrary } from '../arbitrary/event-arbitrary.ts';
import { UnsupportedArbitraryError } from '../arbitrary/unsupported.ts';
import { type LocalBus, type LocalBusOptions, localBus } from '../bus/local-bus.ts';
import type { BusEvent, Delivery } from '../bus/records.ts';
import {
  type Check,
  type CheckResult,
  type RunOptions,
  runChecks,
  type Skipped,
  skipped,
} from '../handler/checks.ts';
import { HandlerCheckError } from '../handler/failure.ts';
import { hasRoom, usualFields } from '../handler/published.ts';
import { numbered } from '../handler/replay.ts';

export interface InvariantOptions extends LocalBusOptions, RunOptions {
  /** Events at this depth or deeper must not lead to anything; 3 unless told. */
  readonly maxChainDepth?: number;
}

/** An event that is published from outside, and on which bus. */
interface Entry {
  readonly bus: string;
  readonly event: { readonly source: string; readonly 'detail-type': string; readonly detail: object };
}

/** Events of one run beyond which it counts as endless. */
const LIMIT = 2_000;

/**
 * Runs random events through a system on the local bus, and checks what has to hold of every system of this kind:
 *
 * - no event at `maxChainDepth` or deeper makes any component publish;
 * - no event of stage `processed` comes to a component that calls a model;
 * - one event from outside never leads to more events than the analysis proves.
 *
 * Components run the handlers that are given, the others what is declared. Throws {@link HandlerCheckError}.
 */
export async function testTopology(
  topology: Topology,
  options: InvariantOptions = {},
): Promise<{ readonly results: readonly CheckResult[] }> {
  const { stack } = new Error();
  const results = await runChecks(numbered('testTopology'), invariants(topology, options), options);
  if (results.some(({ verdict }) => verdict === 'failed')) {
    throw new HandlerCheckError('The system breaks its invariants', results, stack);
  }
  return { results };
}

/** The invariants as properties, for `fc.assert` in tests of one's own. */
export function topologyProperties(
  topology: Topology,
  options: InvariantOptions = {},
): Readonly<Record<string, fc.IAsyncPropertyWithHooks<[unknown]>>> {
  return Object.fromEntries(
    invariants(topology, options).flatMap((check) => {
      if ('verdict' in check) return [];
      const property = fc.asyncProperty(check.arbitrary, async (sample) => {
        const problem = await check.problem(sample);
        if (problem !== undefined) throw new Error(problem);
      });
      return [[check.name, property] as const];
    }),
  );
}

function invariants(topology: Topology, options: InvariantOptions): readonly (Check | Skipped)[] {
  return [
    deepEvents(topology, options),
    processedEvents(topology, options),
    boundedEvents(topology, options),
  ];
}

function deepEvents(topology: Topology, options: InvariantOptions): Check | Skipped {
  const { depth } = { ...usualFields, ...options.fields };
  const max = options.maxChainDepth ?? DEFAULT_MAX_CHAIN_DEPTH;
  const title = `no event at ${depth} ${max} or deeper makes anything publish`;
  const where = { properties: { [depth]: { type: 'integer', minimum: max } }, required: [depth] };
  return over('deepEvents', title, topology, options, { field: depth, where }, (bus) => {
    const by = bus.events().find(({ publisher }) => publisher !== undefined);
    return by && `${by.publisher} published ${by.type} for it${viaOf(bus)}`;
  });
}

function processedEvents(topology: Topology, options: InvariantOptions): Check | Skipped {
  const { stage } = { ...usualFields, ...options.fields };
  const title = `no event of ${stage} "${PROCESSED}" comes to a component that calls a model`;
  const models = new Set(topology.components.flatMap(({ callsModel, name }) => (callsModel ? [name] : [])));
  if (models.size === 0)
    return skipped('processedEvents', title, 'no component is said to call a model (callsModel)');
  const where = { properties: { [stage]: { const: PROCESSED } }, required: [stage] };
  return over('processedEvents', title, topology, options, { field: stage, where }, (bus) => {
    const wrong = bus
      .deliveries()
      .find(({ to, event }) => models.has(to) && stageOf(event, stage) === PROCESSED);
    return wrong && `${wrong.to} got ${wrong.event.type} through ${wrong.rule}`;
  });
}

function stageOf({ event }: BusEvent, field: string): unknown {
  return isObject(event['detail']) ? event['detail'][field] : undefined;
}

function boundedEvents(topology: Topology, options: InvariantOptions): Check | Skipped {
  const { depth, stage } = { ...usualFields, ...options.fields };
  const settings = { ...defaultSettings, depthField: depth, stageField: stage };
  const bounds = new Map(
    amplifications(analyzeLoops(topology, settings, schemaOracle(settings))).map((each) => [
      nodeKey(each.node),
      each,
    ]),
  );
  const where = { properties: { [depth]: { const: 0 } } };
  const title = 'one event leads to no more events than is proven';
  return over('boundedEvents', title, topology, options, { where }, (bus, { event, bus: id }, endless) => {
    const type = { source: event.source, detailType: event['detail-type'] };
    const bound = bounds.get(nodeKey({ bus: id, type }))?.events ?? 1;
    if (bound === Number.POSITIVE_INFINITY) {
      return endless ? `it leads to events without end: more than ${LIMIT} were seen` : undefined;
    }
    const count = bus.events().filter(({ by }) => by === 'publisher').length;
    return count <= bound
      ? undefined
      : `it led to ${count} events, itself included; the proven bound is ${bound}`;
  });
}

function over(
  name: string,
  title: string,
  topology: Topology,
  options: InvariantOptions,
  { field, where }: { readonly field?: string; readonly where: JsonObject },
  problem: (bus: LocalBus, entry: Entry, endless: boolean) => string | undefined,
): Check | Skipped {
  const buses = busesWithRoutes(topology);
  const entries = topology.contracts.flatMap((contract) => {
    if (field !== undefined && !hasRoom(contract, field)) return [];
    const places = contract.bus === undefined ? buses : [contract.bus];
    return eventsOf(contract, where).flatMap((events) =>
      places.map((bus) => events.map((event) => ({ bus, event }))),
    );
  });
  if (entries.length === 0) return skipped(name, title, 'no event type has such events');
  return {
    name,
    title,
    arbitrary: fc.oneof(...(entries as fc.Arbitrary<unknown>[])),
    shown: (entry) => (entry as Entry).event,
    async problem(sample) {
      const entry = sample as Entry;
      const bus = localBus(topology, options);
      bus.publish({ ...entry.event, bus: entry.bus });
      const { endless } = await bus.settle({ limit: LIMIT, atLimit: 'stop' });
      return problem(bus, entry, endless);
    },
  };
}

function eventsOf(contract: Contract, where: JsonObject): fc.Arbitrary<Entry['event']>[] {
  try {
    return [eventArbitrary(contract, { where }) as fc.Arbitrary<Entry['event']>];
  } catch (error) {
    if (error instanceof UnsupportedArbitraryError) return [];
    throw error;
  }
}

/** By which rules the first consequence came about. */
function viaOf(bus: LocalBus): string {
  const [first] = bus.deliveries().filter(({ outcome }: Delivery) => outcome === 'delivered');
  return first ? ` (through ${first.rule})` : '';
}
