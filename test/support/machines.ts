import type { Topology } from '../../src/model/topology.ts';
import { defaultDurations } from '../../src/simulate/scenario.ts';
import { localBus } from '../../src/testing/bus/local-bus.ts';
import type { BusEvent } from '../../src/testing/bus/records.ts';
import { entry, play } from '../simulate/play.ts';
import { type ConcreteEvent, typeOf } from './interpreter.ts';

/** What came of one event from outside. */
export interface Outcome {
  /** Events published, the first included. */
  readonly published: number;
  /** Events that a rule forwarded to another bus. */
  readonly forwarded: number;
  /** Deliveries to targets, buses included. */
  readonly deliveries: number;
  /** Events published in consequence of those before, the first alone: as far as none is missing. */
  readonly generations: readonly number[];
  /** It was stopped, since there was no end to it. */
  readonly endless: boolean;
}

/** Something that lets events go through a system, all the way: it knows nothing of the analysis. */
export interface Machine {
  readonly name: string;
  /** Lets events come in from outside, one after the other, and everything happen that follows, up to so many events. */
  start(topology: Topology): (event: ConcreteEvent, limit: number) => Promise<Outcome>;
}

export const busMachine: Machine = {
  name: 'the local bus',
  start(topology) {
    let running = localBus(topology);
    return async ({ bus, source, 'detail-type': detailType, detail }, limit) => {
      const [events, deliveries] = [running.events().length, running.deliveries().length];
      running.publish({ bus, source, detailType, detail });
      const { endless } = await running.settle({ limit, atLimit: 'stop' });
      const led = running.events().slice(events);
      const generations: number[] = [];
      const generationOf = new Map<BusEvent, number>();
      for (const event of led) {
        const before = event.cause === undefined ? -1 : generationOf.get(event.cause)!;
        const own = event.by === 'rule' ? before : before + 1;
        generationOf.set(event, own);
        if (event.by === 'publisher') generations[own] = (generations[own] ?? 0) + 1;
      }
      const forwarded = led.filter(({ by }) => by === 'rule').length;
      const made = running.deliveries().slice(deliveries);
      // What it was stopped at is still on its way.
      if (endless) running = localBus(topology);
      return {
        published: led.length - forwarded,
        forwarded,
        deliveries: made.filter(({ outcome }) => outcome === 'delivered').length,
        // What is forwarded falls behind: then nobody knows which rounds were whole when it was stopped.
        generations: endless ? generations.slice(0, forwarded > 0 ? 1 : -1) : generations,
        endless,
      };
    };
  },
};

export const simulator: Machine = {
  name: 'the simulator',
  start(topology) {
    return async (event, limit) => {
      const entries = [entry({ event: typeOf(event), bus: event.bus, detail: event.detail })];
      // Every run takes the same time: so a step of time is a generation.
      const step = defaultDurations.other;
      const { totals, stopped, rows } = play(topology, {
        entries,
        length: 1e12,
        step,
        stopAt: { events: limit },
      });
      const { forwarded } = totals;
      const runs = [...totals.components.values()].reduce((sum, { invocations }) => sum + invocations, 0);
      return {
        published: totals.accepted,
        forwarded,
        deliveries: runs + forwarded,
        generations: rows.map(({ events }) => events).slice(0, stopped === 'events' ? -1 : undefined),
        endless: stopped === 'events',
      };
    };
  },
};
