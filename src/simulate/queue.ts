import { nodeAt } from '../json/node.ts';
import type { Component } from '../model/component.ts';
import type { EventClass } from './event-classes.ts';
import { deadLetter, type Plant } from './plant.ts';
import { type ComponentTotals, totalsOf } from './totals.ts';
import type { Worker } from './worker.ts';

interface Message {
  readonly event: EventClass | undefined;
  readonly since: number;
  received: number;
}

/** What reads a queue: a function, through an event source mapping. */
interface Reader {
  readonly worker: Worker;
  readonly batchSize: number;
  readonly most: number;
  busy: number;
}

/** A batch of ten is Lambda's default for SQS (DG with-sqs). */
const BATCH = 10;
const VISIBILITY = 30_000;

/** A queue or a stream with its readers; a stream is read like a queue, one reader for each of them. */
export class Queue {
  private readonly plant: Plant;
  private readonly totals: ComponentTotals;
  private readonly waiting: Message[] = [];
  /** The first that is still waiting: taking from the front of a long list would cost its length. */
  private head = 0;
  private readonly readers: readonly Reader[];
  private readonly maxReceives: number;
  private readonly visibility: number;
  private readonly changed: (by: number) => void;

  constructor(
    component: Component,
    plant: Plant,
    workerOf: (component: Component) => Worker,
    changed: (by: number) => void,
  ) {
    this.plant = plant;
    this.changed = changed;
    this.totals = totalsOf(component, plant.totals);
    this.readers = plant.routing
      .from(component, 'event-source-mapping')
      .flatMap(({ route, component: reader }) =>
        reader
          ? [
              {
                worker: workerOf(reader),
                batchSize: route.polling?.batchSize ?? BATCH,
                most: route.polling?.maxConcurrency ?? Number.POSITIVE_INFINITY,
                busy: 0,
              },
            ]
          : [],
      );
    this.maxReceives = numberAt(component, 'RedrivePolicy', 'maxReceiveCount') ?? Number.POSITIVE_INFINITY;
    this.visibility = (numberAt(component, 'VisibilityTimeout') ?? VISIBILITY / 1000) * 1000;
  }

  push(event: EventClass | undefined): void {
    this.enter({ event, since: this.plant.agenda.now, received: 0 });
    this.work();
  }

  /** Lets readers take what they can; called when a message comes and when concurrency becomes free. */
  work(): void {
    for (const reader of this.readers) {
      while (this.length > 0 && reader.busy < reader.most) if (!this.hand(reader)) break;
    }
  }

  private get length(): number {
    return this.waiting.length - this.head;
  }

  private enter(message: Message): void {
    this.waiting.push(message);
    this.changed(1);
    this.totals.peakQueue = Math.max(this.totals.peakQueue, this.length);
  }

  private hand(reader: Reader): boolean {
    if (!reader.worker.isFree()) return false;
    const batch = this.waiting.slice(this.head, this.head + reader.batchSize);
    const oldest = batch[0]!.since;
    reader.busy++;
    reader.worker.invokeBatch(
      batch.map(({ event }) => event),
      oldest,
      (ok) => {
        reader.busy--;
        if (!ok) this.plant.agenda.after(this.visibility, () => this.giveBack(batch));
        this.work();
      },
    );
    this.head += batch.length;
    this.changed(-batch.length);
    if (this.head > 1024 && this.head * 2 > this.waiting.length) {
      this.waiting.splice(0, this.head);
      this.head = 0;
    }
    return true;
  }

  /** What failed is visible again; what failed too often goes to the dead letters (SQS sqs-dead-letter-queues). */
  private giveBack(batch: readonly Message[]): void {
    for (const message of batch) {
      message.received++;
      if (message.received < this.maxReceives) this.enter(message);
      else {
        this.totals.deadLetters++;
        deadLetter(this.plant, 1);
      }
    }
    this.work();
  }
}

function numberAt({ properties }: Component, ...path: readonly string[]): number | undefined {
  let node = properties;
  for (const key of path) node = nodeAt(node, key);
  const value =
    node?.kind === 'number' ? node.value : node?.kind === 'string' ? Number(node.value) : Number.NaN;
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}
