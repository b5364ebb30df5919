import { nodeAt } from '../json/node.ts';
import type { Component } from '../model/component.ts';
import type { Emission } from '../model/emission.ts';
import { type EventType, parseEventType } from '../model/event-type.ts';
import type { Topology } from '../model/topology.ts';
import type { Slots } from './concurrency.ts';
import type { EventClass } from './event-classes.ts';
import { deadLetter, type Plant, type Publish, type Receive } from './plant.ts';
import { type Behaviour, defaultDurations, type Entry } from './scenario.ts';
import { type ComponentTotals, notePeak, totalsOf } from './totals.ts';

/** Lambda tries a throttled event again for up to six hours, after pauses from a second up to five minutes (DG invocation-async). */
const LONGEST_PAUSE = 300_000;
const GIVE_UP = 6 * 3_600_000;
/** And a failed one twice, after one minute and after two more. */
const AFTER_ERRORS = [60_000, 120_000];

/** What a request from outside may say of the work it makes. */
type Request = Pick<Entry, 'duration' | 'publishes'>;

/** A known publication of a component. */
type Known = Emission & { readonly event: EventType };

/** A component that works on what it is given: a function, or anything else that is no queue and no topic. */
export class Worker {
  readonly component: Component;
  readonly slots: Slots;
  private readonly plant: Plant;
  private readonly behaviour: Behaviour;
  private readonly totals: ComponentTotals;
  private readonly emissions: readonly Known[];
  private readonly publish: Publish;
  private readonly send: Receive;
  /** Told when concurrency becomes free. */
  private readonly freed: () => void;

  constructor(component: Component, plant: Plant, publish: Publish, send: Receive, freed: () => void) {
    this.component = component;
    this.plant = plant;
    this.publish = publish;
    this.send = send;
    this.freed = freed;
    this.behaviour = plant.scenario.components[component.name] ?? {};
    this.totals = totalsOf(component, plant.totals);
    this.slots = { reserved: reservedOf(component, this.behaviour), running: 0, peak: 0 };
    this.emissions = knownEmissions(component, plant);
  }

  /** An event that came asynchronously: tried again while it is throttled, and after failures. */
  accept(event: EventClass | undefined): void {
    this.attempt(event, this.plant.agenda.now, 0, 0);
  }

  private attempt(event: EventClass | undefined, since: number, throttled: number, failed: number): void {
    const { agenda } = this.plant;
    const started = this.invoke(event, since, (ok) => {
      if (ok) return;
      const pause = AFTER_ERRORS[failed];
      if (pause === undefined) this.giveUp(1);
      else agenda.after(pause, () => this.attempt(event, since, 0, failed + 1));
    });
    if (started) return;
    if (agenda.now - since >= GIVE_UP) {
      this.giveUp(1);
      return;
    }
    const pause = Math.min(1000 * 2 ** throttled, LONGEST_PAUSE) * (0.75 + this.plant.random.next() / 2);
    agenda.after(pause, () => this.attempt(event, since, throttled + 1, failed));
  }

  /** Whether an invocation could begin now: whoever reads a queue asks first, and is not throttled. */
  isFree(): boolean {
    return this.component.kind !== 'function' || this.plant.concurrency.isFree(this.slots);
  }

  private giveUp(amount: number): void {
    this.totals.deadLetters += amount;
    deadLetter(this.plant, amount);
  }

  /**
   * One invocation with one event, or with none; false where no concurrency is free. `end` tells whether it went well;
   * the slot is free again by then.
   */
  invoke(
    event: EventClass | undefined,
    since: number,
    end: (ok: boolean) => void,
    request?: Request,
  ): boolean {
    return this.invokeBatch([event], since, end, request ?? (event ? undefined : {}));
  }

  /** One invocation with several events or messages, or with a request, of which the component makes messages. */
  invokeBatch(
    events: readonly (EventClass | undefined)[],
    since: number,
    end: (ok: boolean) => void,
    request?: Request,
  ): boolean {
    const { agenda, concurrency, series, totals, random, watchers } = this.plant;
    const isFunction = this.component.kind === 'function';
    if (isFunction && !concurrency.start(this.slots)) {
      this.totals.throttles++;
      totals.throttles++;
      series.add('throttles', 1, agenda.now);
      return false;
    }
    if (isFunction) {
      notePeak(this.totals, this.slots);
      series.level('concurrency', concurrency.running, agenda.now);
    }
    const waited = agenda.now - since;
    this.totals.waited += waited;
    this.totals.longestWait = Math.max(this.totals.longestWait, waited);
    this.totals.invocations++;
    series.add('invocations', 1, agenda.now);
    const guard = this.component.rejectsAtDepth?.depth ?? Number.POSITIVE_INFINITY;
    const taken = events.filter((event) => !event || event.depth < guard);
    this.totals.rejected += events.length - taken.length;
    if (taken.length > 0) {
      this.charge();
      for (const watch of watchers) watch(this.component);
    }
    agenda.after(taken.length === 0 ? defaultDurations.rejected : this.duration(request), () => {
      const release = (ok: boolean): void => {
        if (isFunction) {
          concurrency.end(this.slots);
          series.level('concurrency', concurrency.running, agenda.now);
        }
        if (!ok) {
          this.totals.failed++;
          series.add('failed', 1, agenda.now);
        }
        end(ok);
        if (isFunction) this.freed();
      };
      if (random.next() < (this.behaviour.errorRate ?? 0)) {
        release(false);
        return;
      }
      if (request) this.sendMessages();
      this.publish(
        taken.flatMap((event) => this.publications(event, request)),
        release,
      );
    });
    return true;
  }

  private charge(): void {
    const cost = this.behaviour.cost ?? this.component.callCost ?? 0;
    if (cost === 0) return;
    this.totals.cost += cost;
    this.plant.totals.cost += cost;
    this.plant.series.add('cost', cost, this.plant.agenda.now);
  }

  private duration(request?: Request): number {
    const duration = request?.duration ?? this.behaviour.duration;
    if (duration) return duration[0] + (duration[1] - duration[0]) * this.plant.random.next();
    return this.component.callsModel ? defaultDurations.model : defaultDurations.other;
  }

  /** What follows from one event, or from a message of none. */
  private publications(event: EventClass | undefined, request?: Request): EventClass[] {
    const { random, classes, assumptions } = this.plant;
    return this.emissions.flatMap((emission): EventClass[] => {
      if (event ? emission.entry || !triggers(emission, event.type) : !emission.entry) return [];
      const { source, detailType } = emission.event;
      const probability = this.behaviour.publishes?.[`${source}@${detailType}`] ?? emission.probability;
      if (probability < 1 && random.next() >= probability) return [];
      const published = classes.published(emission.bus!, emission, event);
      if (!published) {
        const type = `${source}@${detailType}`;
        assumptions.add(`${this.component.name} publishes no ${type} that its schema refuses`);
        return [];
      }
      const count = request?.publishes ? (request.publishes[`${source}@${detailType}`] ?? 0) : emission.count;
      return new Array<EventClass>(random.whole(count)).fill(published);
    });
  }

  /** A request from outside becomes messages in the queues that the component writes to. */
  private sendMessages(): void {
    for (const { component } of this.plant.routing.from(this.component, 'call')) {
      if (component?.kind !== 'queue' && component?.kind !== 'stream') continue;
      for (let i = 0; i < (this.behaviour.sends ?? 1); i++) this.send(component, undefined);
    }
  }
}

function triggers({ on }: Emission, { source, detailType }: EventType): boolean {
  if (on === undefined) return true;
  return on.some((text) => {
    const wanted = parseEventType(text);
    if (!wanted) return true;
    return (
      (wanted.source === '*' || wanted.source === source) &&
      (wanted.detailType === '*' || wanted.detailType === detailType)
    );
  });
}

function reservedOf({ kind, properties }: Component, { concurrency }: Behaviour): number | undefined {
  if (kind !== 'function' || concurrency !== undefined) return concurrency;
  const reserved = nodeAt(properties, 'ReservedConcurrentExecutions');
  const value = reserved?.kind === 'number' ? reserved.value : Number.NaN;
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Every reservation of the functions of a system. */
export function reservations(topology: Topology, components: Readonly<Record<string, Behaviour>>): number[] {
  return topology.components.flatMap(
    (component) => reservedOf(component, components[component.name] ?? {}) ?? [],
  );
}

/** The publications that can be played; the others are named among the assumptions. */
function knownEmissions(component: Component, { topology, assumptions }: Plant): Known[] {
  const buses = [...topology.routesFromBus.keys()];
  return (topology.emissionsOf.get(component.id) ?? []).flatMap((emission): Known[] => {
    const { event } = emission;
    if (!event) {
      assumptions.add(`${component.name} publishes nothing but what is known of it`);
      return [];
    }
    const bound = topology.contractById.get(`${event.source}@${event.detailType}`)?.bus;
    const bus = emission.bus ?? bound ?? (buses.length === 1 ? buses[0] : undefined);
    if (bus === undefined) {
      assumptions.add(
        `${component.name} publishes ${event.source}@${event.detailType} to no bus that has rules`,
      );
      return [];
    }
    if (emission.conditional)
      assumptions.add(`${component.name} publishes ${event.source}@${event.detailType} every time`);
    return [{ ...emission, event, bus }];
  });
}
