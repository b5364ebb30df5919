import type { Component } from '../model/component.ts';
import { Buses } from './bus.ts';
import type { EventClass } from './event-classes.ts';
import type { Plant } from './plant.ts';
import { Queue } from './queue.ts';
import { Worker } from './worker.ts';

/** Whatever holds messages until somebody reads them. */
const queues: ReadonlySet<Component['kind']> = new Set(['queue', 'stream', 'table']);

/** Everything that receives events, made when it first does. */
export class Receivers {
  readonly buses: Buses;
  private readonly plant: Plant;
  private readonly workers = new Map<string, Worker>();
  private readonly queues = new Map<string, Queue>();
  private queued = 0;

  constructor(plant: Plant) {
    this.plant = plant;
    this.buses = new Buses(plant, this.receive);
  }

  readonly receive = (component: Component, event: EventClass | undefined): void => {
    if (queues.has(component.kind)) this.queueOf(component).push(event);
    else if (component.kind !== 'topic') this.workerOf(component).accept(event);
    else {
      for (const { component: subscriber } of this.plant.routing.from(component, 'subscription')) {
        if (subscriber) this.receive(subscriber, event);
      }
    }
  };

  workerOf(component: Component): Worker {
    const known = this.workers.get(component.id);
    if (known) return known;
    const freed = () => {
      for (const queue of this.queues.values()) queue.work();
    };
    const made = new Worker(component, this.plant, this.buses.publish, this.receive, freed);
    this.workers.set(component.id, made);
    return made;
  }

  private queueOf(component: Component): Queue {
    const known = this.queues.get(component.id);
    if (known) return known;
    const changed = (by: number) => {
      this.queued += by;
      this.plant.series.level('queued', this.queued, this.plant.agenda.now);
    };
    const made = new Queue(component, this.plant, (reader) => this.workerOf(reader), changed);
    this.queues.set(component.id, made);
    return made;
  }
}
