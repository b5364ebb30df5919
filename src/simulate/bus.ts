import type { EventClass } from './event-classes.ts';
import type { Plant, Publish, Receive } from './plant.ts';
import type { Delivery } from './routing.ts';
import { increase } from './totals.ts';

/** Entries of one PutEvents request. */
const ENTRIES = 10;
/** How a publisher tries again where PutEvents was throttled: as the SDK does by default, three times in all. */
const TRIES = 3;
const PAUSE = 100;

/** The buses: PutEvents above its quota is rejected, deliveries above theirs wait (UG eb-quota). */
export class Buses {
  private readonly plant: Plant;
  private readonly receive: Receive;

  constructor(plant: Plant, receive: Receive) {
    this.plant = plant;
    this.receive = receive;
  }

  readonly publish: Publish = (events, done) => {
    if (events.length === 0) done(true);
    else this.put(events, 1, done);
  };

  private put(events: readonly EventClass[], attempt: number, done: (accepted: boolean) => void): void {
    const { agenda, putEvents, totals, series, random } = this.plant;
    if (putEvents.take(Math.ceil(events.length / ENTRIES), agenda.now)) {
      for (const event of events) this.accept(event);
      done(true);
      return;
    }
    series.add('rejected', events.length, agenda.now);
    if (attempt < TRIES) {
      const pause = PAUSE * 2 ** (attempt - 1) * (0.5 + random.next());
      agenda.after(pause, () => this.put(events, attempt + 1, done));
      return;
    }
    totals.lostEntries += events.length;
    done(false);
  }

  /** An event is on its bus, and reaches the rules a moment later. */
  private accept(event: EventClass): void {
    const { agenda, totals, series, scenario } = this.plant;
    totals.accepted++;
    increase(totals.events, event.name);
    series.add('events', 1, agenda.now);
    agenda.after(scenario.limits.busLatency, () => this.arrive(event));
  }

  private arrive(event: EventClass): void {
    const { routing, disabled, totals } = this.plant;
    let last: unknown;
    for (const delivery of routing.deliveries(event)) {
      const { route } = delivery;
      if (disabled.has(route.name)) continue;
      if (route !== last) increase(totals.rules, route.name);
      last = route;
      this.dispatch(delivery, event);
    }
  }

  private dispatch(delivery: Delivery, event: EventClass): void {
    const { agenda, invocations, totals } = this.plant;
    const time = invocations.reserve(agenda.now);
    if (time > agenda.now) totals.delayed++;
    agenda.at(time, () => this.deliver(delivery, event));
  }

  private deliver({ target, component }: Delivery, event: EventClass): void {
    const { agenda, classes, scenario, totals } = this.plant;
    const { to } = target;
    if (component) this.receive(component, event);
    if (to.kind !== 'bus') return;
    totals.forwarded++;
    const forwarded = classes.forwardedTo(to.bus, event);
    agenda.after(scenario.limits.busLatency, () => this.arrive(forwarded));
  }
}
