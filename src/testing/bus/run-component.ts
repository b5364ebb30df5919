import type { JsonValue } from '../../json/value.ts';
import type { Component } from '../../model/component.ts';
import { printEventType } from '../../model/event-type.ts';
import { type Invocation, invoke } from '../handler/invoke.ts';
import { declaredPublications } from './declared-behaviour.ts';
import type { Plant } from './plant.ts';
import type { BusEvent } from './records.ts';

/**
 * Runs what stands behind a component on an input: its handler, with everything it publishes put on the bus, or what
 * is declared about it. Rejects with what the handler throws; what it published before stays published.
 */
export async function runComponent(
  plant: Plant,
  component: Component,
  input: JsonValue,
  events: readonly BusEvent[],
): Promise<unknown> {
  const handler = plant.handlerOf(component);
  if (!handler) {
    for (const event of events) publishDeclared(plant, component, event);
    return undefined;
  }
  const context = contextOf(component);
  const run = () =>
    (handler as (input: unknown, context: unknown) => unknown)(structuredClone(input), context);
  const done = await invoke(run, { aws: plant.aws, verbose: plant.verbose });
  putAll(plant, component, done, events[0]);
  if (done.error !== undefined) throw done.error;
  return done.result;
}

function putAll(plant: Plant, component: Component, { sent }: Invocation, cause: BusEvent | undefined): void {
  for (const { entry, detail, errorCode } of sent) {
    if (errorCode !== undefined || !detail) continue;
    plant.put({
      bus: entry.EventBusName,
      source: entry.Source ?? '',
      detailType: entry.DetailType ?? '',
      detail,
      publisher: component.name,
      ...(entry.Resources ? { resources: entry.Resources } : {}),
      ...(entry.Time ? { time: entry.Time } : {}),
      ...(cause ? { cause } : {}),
    });
  }
}

function publishDeclared(plant: Plant, component: Component, cause: BusEvent): void {
  for (const { type, bus, detail } of declaredPublications(component, cause, plant.topology, plant.fields)) {
    if (bus === undefined && plant.topology.buses.length > 1) {
      throw new Error(`nobody says on which bus ${component.name} publishes ${printEventType(type)}`);
    }
    plant.put({
      bus: bus ?? plant.topology.buses[0]?.id,
      source: type.source,
      detailType: type.detailType,
      detail,
      publisher: component.name,
      cause,
    });
  }
}

let invocations = 0;

/** As much of Lambda's context as handlers look at. */
function contextOf({ name }: Component) {
  const id = String(++invocations);
  return {
    functionName: name,
    awsRequestId: id,
    invokedFunctionArn: `arn:aws:lambda:us-east-1:111122223333:function:${name}`,
    getRemainingTimeInMillis: () => 60_000,
  };
}
