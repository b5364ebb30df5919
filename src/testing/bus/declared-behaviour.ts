import { fieldAt, withField } from '../../json/fields.ts';
import { hasHole } from '../../json/holes.ts';
import type { JsonObject, JsonValue } from '../../json/value.ts';
import { isObject } from '../../json/value.ts';
import type { Component } from '../../model/component.ts';
import type { Contract } from '../../model/contract.ts';
import type { Emission, FieldEffect } from '../../model/emission.ts';
import { type EventType, parseEventType, printEventType } from '../../model/event-type.ts';
import { namesOf, sourceOf } from '../../model/field-effects.ts';
import type { Topology } from '../../model/topology.ts';
import { compileSchema } from '../../schema/compiled.ts';
import { compiledOnce, mayBeValid } from '../../schema/decide.ts';
import { makeReadable } from '../../schema/readable.ts';
import { and } from '../../sets/junction.ts';
import type { FieldNames } from '../handler/published.ts';
import { simplest } from '../sample/simplest.ts';
import type { BusEvent } from './records.ts';

/** An event that a component publishes. */
export interface Publication {
  readonly type: EventType;
  readonly bus: string | undefined;
  readonly detail: JsonObject;
}

/**
 * What a component without a handler publishes for an event, by what is declared or was found out about it: the worst
 * case, in which everything that may be published is. Details are the simplest valid ones, with the fields that are
 * known to be set, copied or counted.
 */
export function declaredPublications(
  component: Component,
  received: BusEvent,
  topology: Topology,
  fields: FieldNames,
): Publication[] {
  const detail = isObject(received.event['detail']) ? received.event['detail'] : {};
  const guard = component.rejectsAtDepth;
  if (guard && Number(detail[fields.depth] ?? 0) >= guard.depth) return [];
  return (topology.emissionsOf.get(component.id) ?? []).flatMap((emission): Publication[] => {
    const { event: type } = emission;
    if (emission.entry || !type || !follows(emission, received) || emission.probability === 0) return [];
    const contract = topology.contractById.get(printEventType(type));
    const made = detailOf(emission, detail, contract, fields);
    // Publishers validate: what is not valid is not published.
    if (contract && !mayBeValid(contract.detailSchema, made)) return [];
    const bus = emission.bus ?? contract?.bus;
    return Array.from({ length: emission.count }, () => ({ type, bus, detail: made }));
  });
}

function follows({ on }: Emission, { event }: BusEvent): boolean {
  if (on === undefined) return true;
  return on.some((text) => {
    const type = parseEventType(text);
    if (!type) return true;
    const part = (wanted: string, given: unknown) => wanted === '*' || hasHole(wanted) || wanted === given;
    return part(type.source, event['source']) && part(type.detailType, event['detail-type']);
  });
}

function detailOf(
  emission: Emission,
  received: JsonObject,
  contract: Contract | undefined,
  fields: FieldNames,
): JsonObject {
  let detail: JsonObject = simplestDetail(contract);
  const effects: [string, FieldEffect<JsonValue>][] = [
    [fields.depth, emission.depth as FieldEffect<JsonValue>],
    [fields.stage, emission.stage as FieldEffect<JsonValue>],
    ...Object.entries(emission.fields ?? {}),
  ];
  for (const [path, effect] of effects) {
    const names = namesOf(path);
    const came = fieldAt(received, namesOf(sourceOf(effect, path)));
    detail = withField(detail, names, applied(effect, came, fieldAt(detail, names)));
  }
  return detail;
}

function applied(
  effect: FieldEffect<JsonValue>,
  received: JsonValue | undefined,
  current: JsonValue | undefined,
): JsonValue | undefined {
  switch (effect.kind) {
    case 'set':
      return effect.value;
    case 'copy':
      return received;
    case 'increment':
      return Number(received ?? 0) + 1;
    case 'absent':
      return undefined;
    case 'any':
      return current;
  }
}

const details = new WeakMap<Contract, JsonObject>();

/** PutEvents takes no other details, whether or not a schema says so. */
const objects = compileSchema({ type: 'object' }).value!.formula;

function simplestDetail(contract: Contract | undefined): JsonObject {
  if (!contract) return {};
  const known = details.get(contract);
  if (known) return known;
  const compiled = compiledOnce(contract.detailSchema);
  const found = compiled && simplest(and(compiled.formula, objects));
  const readable = compiled && found !== undefined ? makeReadable(found, compiled.formula, compiled) : {};
  const detail = isObject(readable) ? readable : {};
  details.set(contract, detail);
  return detail;
}
