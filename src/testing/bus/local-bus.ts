import { hasHole, mayEqual } from '../../json/holes.ts';
import { nearest } from '../../json/nearest.ts';
import { isObject, type JsonObject } from '../../json/value.ts';
import { busNamed, defaultBus } from '../../model/bus.ts';
import type { Component } from '../../model/component.ts';
import type { Topology } from '../../model/topology.ts';
import type { AwsAnswers } from '../aws/answers.ts';
import { type FieldNames, usualFields } from '../handler/published.ts';
import { route } from './deliver.ts';
import type { BusHandler, Incoming, Plant } from './plant.ts';
import { receiveBy } from './receivers.ts';
import { type BusEvent, type Delivery, EndlessEventsError, type Message, type Settled } from './records.ts';
import { secondsOf, VirtualClock } from './virtual-clock.ts';

export interface LocalBusOptions {
  /** Code behind components, by the component's name: a function's logical id, say. */
  readonly handlers?: Readonly<Record<string, BusHandler>>;
  /** Answers for the other AWS services that handlers call, by command. */
  readonly aws?: AwsAnswers;
  /** The virtual time it starts at; 2026-01-01 unless told. */
  readonly start?: Date;
  /** What events carry; 111122223333 and us-east-1 unless told. */
  readonly account?: string;
  readonly region?: string;
  readonly fields?: Partial<FieldNames>;
  /** Whether what handlers write to the console is shown. */
  readonly verbose?: boolean;
}

/** An event to publish: its parts, or the event as it was delivered once. */
export type PublishInput =
  | { readonly source: string; readonly detailType: string; readonly detail: object; readonly bus?: string }
  | {
      readonly source: string;
      readonly 'detail-type': string;
      readonly detail: object;
      readonly bus?: string;
    };

export interface SettleOptions {
  /** Events after which it is stopped; 10,000 unless told. */
  readonly limit?: number;
  /** `throw` (unless told) an EndlessEventsError at the limit, or `stop` and say so. */
  readonly atLimit?: 'throw' | 'stop';
}

export interface ReplayOptions {
  readonly name?: string;
  readonly bus?: string;
  /** Virtual time of arrival, from and up to; everything unless told. */
  readonly from?: Date;
  readonly to?: Date;
  /** Only these rules get it; all unless told. */
  readonly rules?: readonly string[];
}

const LIMIT = 10_000;
const SHOWN = 6;

/**
 * A bus in this process: rules with their real patterns and input shaping, several targets, retries, dead-letter
 * queues, queues and topics with their readers, forwarding between buses, archive and replay, in virtual time. Behind
 * components stand the handlers that were given; what has none publishes what is declared or was found out about it.
 */
export class LocalBus {
  private readonly plant: Plant;
  private readonly arrived: BusEvent[] = [];
  private readonly lost: BusEvent[] = [];
  private readonly handlers = new Map<string, BusHandler>();
  private readonly ids = { next: 1 };

  constructor(topology: Topology, options: LocalBusOptions = {}) {
    const { account = '111122223333', region = 'us-east-1' } = options;
    const clock = new VirtualClock((options.start ?? new Date('2026-01-01T00:00:00Z')).getTime());
    const plant: Plant = {
      topology,
      clock,
      fields: { ...usualFields, ...options.fields },
      aws: { ...this.breaker(), ...options.aws },
      verbose: options.verbose === true,
      deliveries: [],
      queues: new Map(),
      states: new Map(),
      broken: new Map(),
      handlerOf: ({ id, name }) => this.handlers.get(name) ?? this.handlers.get(id),
      put: (event) => this.put(event, account, region),
      arrive: (event, only) => this.arrive(event, only),
      receive: async (component, input, event, rule) => {
        const left = plant.broken.get(component.name) ?? 0;
        if (left > 0) {
          plant.broken.set(component.name, left - 1);
          throw new Error(`${component.name} cannot be reached`);
        }
        await receiveBy(plant, { component, input, event, rule });
      },
    };
    this.plant = plant;
    for (const [name, handler] of Object.entries(options.handlers ?? {})) this.attach(name, handler);
  }

  /** Puts code behind a component. */
  attach(name: string, handler: BusHandler): this {
    this.handlers.set(this.component(name).name, handler);
    return this;
  }

  /** Publishes an event; nothing happens yet. Undefined if there is no such bus: then it is lost, as on AWS. */
  publish(input: PublishInput): BusEvent | undefined {
    const { source, detail, bus } = input;
    const detailType = 'detailType' in input ? input.detailType : input['detail-type'];
    const buses = this.plant.topology.buses.filter(({ kind }) => kind !== 'default');
    // Where a system has one bus of its own, that is the one meant.
    const only = buses.length === 1 ? buses[0]!.id : undefined;
    // The test may go on changing its own object.
    const own = structuredClone(detail) as JsonObject;
    return this.plant.put({ bus: bus ?? only, source, detailType, detail: own });
  }

  /** Lets everything happen that follows, however late in virtual time. */
  async settle({ limit = LIMIT, atLimit = 'throw' }: SettleOptions = {}): Promise<Settled> {
    return this.runUntil(Number.POSITIVE_INFINITY, limit, atLimit);
  }

  /** Lets so many milliseconds of virtual time pass. */
  async advance(
    milliseconds: number,
    { limit = LIMIT, atLimit = 'throw' }: SettleOptions = {},
  ): Promise<Settled> {
    const until = this.plant.clock.now + milliseconds;
    const settled = await this.runUntil(until, limit, atLimit);
    this.plant.clock.now = Math.max(this.plant.clock.now, until);
    return settled;
  }

  private async runUntil(until: number, limit: number, atLimit: 'throw' | 'stop'): Promise<Settled> {
    const before = this.arrived.length;
    while (await this.plant.clock.step(until)) {
      const events = this.arrived.length - before;
      if (events <= limit) continue;
      if (atLimit === 'throw') throw new EndlessEventsError(limit, this.arrived.slice(-SHOWN));
      return { events, endless: true };
    }
    return { events: this.arrived.length - before, endless: false };
  }

  /** Virtual time. */
  get now(): Date {
    return new Date(this.plant.clock.now);
  }

  /**
   * Events that came to a bus, the first first; of one type if named: `source@DetailType`, `DetailType@source`, or the
   * detail-type alone.
   */
  events(type?: string): readonly BusEvent[] {
    if (type === undefined) return this.arrived;
    return this.arrived.filter(({ type: own, event }) => {
      const [source, detailType] = [event['source'], event['detail-type']];
      return own === type || detailType === type || `${detailType}@${source}` === type;
    });
  }

  /** Events published to a bus that is not there: AWS answers with an id, and they are gone. */
  get lostEvents(): readonly BusEvent[] {
    return this.lost;
  }

  /** Every attempt to hand an event to a target; to one component or bus if named. */
  deliveries(to?: string): readonly Delivery[] {
    const { deliveries } = this.plant;
    return to === undefined ? deliveries : deliveries.filter((delivery) => delivery.to === to);
  }

  /** What lies in a queue and has no reader: its dead letters, most often. */
  messages(queue: string): readonly Message[] {
    return this.plant.queues.get(this.component(queue).id) ?? [];
  }

  /** Makes the next deliveries to a component fail before it gets them, as when it is throttled or gone. */
  failDeliveries(component: string, times = Number.POSITIVE_INFINITY): this {
    this.plant.broken.set(this.component(component).name, times);
    return this;
  }

  disableRule(name: string): this {
    return this.setRule(name, 'disabled');
  }

  enableRule(name: string): this {
    return this.setRule(name, 'enabled');
  }

  private setRule(name: string, state: 'enabled' | 'disabled'): this {
    const names = this.plant.topology.routes.map((each) => each.name);
    if (!names.includes(name)) throw new TypeError(unknownName('rule', name, names));
    this.plant.states.set(name, state);
    return this;
  }

  /** Delivers what came to a bus once more, with the name of the replay in each event, as an archive's replay does. */
  replay({ name = 'replay', bus, from, to, rules }: ReplayOptions = {}): readonly BusEvent[] {
    const archived = this.arrived.filter(
      (event) =>
        event.by !== 'replay' &&
        (bus === undefined || event.bus === bus) &&
        event.at >= (from?.getTime() ?? 0) &&
        event.at <= (to?.getTime() ?? Number.POSITIVE_INFINITY),
    );
    return archived.map((event) => {
      const again: BusEvent = {
        ...event,
        event: { ...event.event, 'replay-name': name },
        by: 'replay',
        cause: event,
        at: this.plant.clock.now,
      };
      this.arrive(again, rules);
      return again;
    });
  }

  private put(incoming: Incoming, account: string, region: string): BusEvent | undefined {
    const { source, detailType, detail, resources = [], publisher, cause } = incoming;
    const { now, text } = this.plant.clock;
    const bus = this.bus(incoming.bus);
    const time = incoming.time ? secondsOf(incoming.time) : text;
    const id = `00000000-0000-4000-8000-${(this.ids.next++).toString(16).padStart(12, '0')}`;
    const envelope = { version: '0', id, 'detail-type': detailType, source, account, time, region };
    const event: BusEvent = {
      bus: bus ?? incoming.bus ?? defaultBus,
      event: { ...envelope, resources, detail },
      type: `${source}@${detailType}`,
      by: 'publisher',
      at: now,
      ...(publisher === undefined ? {} : { publisher }),
      ...(cause ? { cause } : {}),
    };
    if (bus === undefined) {
      this.lost.push(event);
      return undefined;
    }
    this.arrive(event);
    return event;
  }

  private arrive(event: BusEvent, only?: readonly string[]): void {
    this.arrived.push(event);
    route(this.plant, event, only);
  }

  /** The bus that a name or ARN means; one whose own name is not known may be it. */
  private bus(text: string | undefined): string | undefined {
    const { topology } = this.plant;
    const named = text === undefined ? defaultBus : busNamed(text);
    if (topology.busById.has(named) || topology.routesFromBus.has(named)) return named;
    const open = [...topology.routesFromBus.keys()].filter(
      (id) => hasHole(id) && mayEqual(id, named) === 'unknown',
    );
    return open.length === 1 ? open[0] : undefined;
  }

  private component(name: string): Component {
    const { components } = this.plant.topology;
    const found =
      components.find((each) => each.name === name) ?? components.find((each) => each.id === name);
    if (found) return found;
    throw new TypeError(
      unknownName(
        'component',
        name,
        components.map((each) => each.name),
      ),
    );
  }

  /** A circuit breaker's own calls have their effect here too. */
  private breaker(): AwsAnswers {
    const set = (state: 'enabled' | 'disabled') => (input: object) => {
      const name = isObject(input) ? String(input['Name']) : '';
      this.setRule(name, state);
      return {};
    };
    return { DisableRule: set('disabled'), EnableRule: set('enabled') };
  }
}

/** A {@link LocalBus} over a topology. */
export function localBus(topology: Topology, options: LocalBusOptions = {}): LocalBus {
  return new LocalBus(topology, options);
}

function unknownName(what: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return `no ${what} is called "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`;
}
