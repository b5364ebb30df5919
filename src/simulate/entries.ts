import type { Component } from '../model/component.ts';
import { type EventType, parseEventType, printEventType } from '../model/event-type.ts';
import type { Topology } from '../model/topology.ts';
import type { Plant } from './plant.ts';
import type { Receivers } from './receivers.ts';
import type { Entry } from './scenario.ts';
import type { Worker } from './worker.ts';

/** Lets everything come in that a scenario says comes from outside. */
export function startEntries(plant: Plant, receivers: Receivers): void {
  for (const entry of plant.scenario.entries) {
    const come = comingIn(entry, plant, receivers);
    if (!come) continue;
    const { agenda, random } = plant;
    const { count, rate, from, until } = entry;
    if (count !== undefined) agenda.at(from, () => repeat(count, come));
    if (rate === undefined || rate <= 0) continue;
    const next = (time: number): void => {
      const at = time + (random.exponential() / rate) * 1000;
      if (at < until) {
        agenda.at(at, () => {
          come();
          next(at);
        });
      }
    };
    next(from);
  }
}

function repeat(count: number, work: () => void): void {
  for (let i = 0; i < count; i++) work();
}

function comingIn(entry: Entry, plant: Plant, receivers: Receivers): (() => void) | undefined {
  const { event, webhook } = entry;
  if (event !== undefined) {
    const type = parseEventType(event);
    if (!type) return undefined;
    return () => {
      for (const bus of entry.bus === undefined ? busesOf(type, plant.topology) : [entry.bus]) {
        receivers.buses.publish([plant.classes.entering(bus, type, entry.detail)], () => {});
      }
    };
  }
  const component = plant.topology.components.find(({ name }) => name === webhook);
  if (!component) return undefined;
  return () => request(receivers.workerOf(component), entry, plant, 0);
}

/** The bus an event type comes in on: that of its contract, of whoever publishes it, or the only one with rules. */
export function busesOf(type: EventType, topology: Topology): readonly string[] {
  const id = printEventType(type);
  const bound = topology.contractById.get(id)?.bus;
  if (bound !== undefined) return [bound];
  const published = topology.emissions.find(
    (emission) => emission.bus !== undefined && emission.event && printEventType(emission.event) === id,
  )?.bus;
  return published === undefined ? [...topology.routesFromBus.keys()].slice(0, 1) : [published];
}

/** A sender's request: answered in time, or tried again after the pauses it knows. */
function request(worker: Worker, entry: Entry, plant: Plant, tries: number): void {
  const { agenda, totals } = plant;
  const { requests } = totals;
  requests.sent++;
  if (tries > 0) requests.retries++;
  let settled = false;
  const settle = (answered: boolean): void => {
    if (settled) return;
    settled = true;
    if (answered) {
      requests.answered++;
      return;
    }
    requests.unanswered++;
    const pause = entry.retries[tries];
    if (pause === undefined) requests.lost++;
    else agenda.after(pause, () => request(worker, entry, plant, tries + 1));
  };
  // What the sender no longer waits for is worked on all the same.
  if (worker.invoke(undefined, agenda.now, settle, entry)) agenda.after(entry.timeout, () => settle(false));
  else settle(false);
}

/** The component of that name, for messages about those that are not there. */
export function componentNamed(name: string, topology: Topology): Component | undefined {
  return topology.components.find((component) => component.name === name);
}
