import type { JsonObject, JsonValue } from '../json/value.ts';
import { isObject, setOwn } from '../json/value.ts';
import type { BusId } from '../model/bus.ts';
import type { Contract } from '../model/contract.ts';
import type { Emission, FieldEffect } from '../model/emission.ts';
import { exampleEvent } from '../model/envelope.ts';
import { type EventType, printEventType } from '../model/event-type.ts';
import { sourceOf } from '../model/field-effects.ts';
import type { Topology } from '../model/topology.ts';
import { compilePattern } from '../pattern/compile.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { compiledOnce, mayBeValid } from '../schema/decide.ts';
import { satisfiable } from '../schema/satisfiable.ts';

/** Which members of `detail` carry the chain. */
export interface ChainMembers {
  readonly depth: string;
  readonly stage: string;
}

/** Events that are all alike: one concrete event stands for them. */
export interface EventClass {
  readonly id: number;
  readonly bus: BusId;
  readonly type: EventType;
  readonly name: string;
  /** The delivered event. */
  readonly event: JsonObject;
  readonly detail: JsonObject;
  /** The chain depth; 0 where the event has none. */
  readonly depth: number;
  /** A rule forwarded it here: a Classic bus does not forward it again (UG eb-bus-to-bus). */
  readonly forwarded: boolean;
}

/**
 * Makes the events of a simulation. Events with the same bus, type and detail are one class, so that what becomes of
 * them is worked out once. An event is an example of its contract, or an event that its schema allows, with the members
 * that are known put in.
 */
export class EventClasses {
  private readonly known = new Map<string, EventClass>();
  /** What an emission publishes, by the class of the received event; -1 for none. */
  private readonly followers = new Map<Emission, Map<number, EventClass | undefined>>();
  private readonly topology: Topology;
  readonly members: ChainMembers;

  constructor(topology: Topology, members: ChainMembers) {
    this.topology = topology;
    this.members = members;
  }

  /** An event from outside: at the start of a chain, as far as its example has the members of one. */
  entering(bus: BusId, type: EventType, own: JsonObject = {}): EventClass {
    const example = this.exampleOf(type);
    const { depth, stage } = this.members;
    const start: Record<string, JsonValue> = {};
    if (Object.hasOwn(example, depth)) start[depth] = 0;
    if (Object.hasOwn(example, stage)) start[stage] = 'raw';
    return this.of(bus, type, { ...example, ...start, ...own }, false);
  }

  /** The same event on another bus. */
  forwardedTo(bus: BusId, { type, detail }: EventClass): EventClass {
    return this.of(bus, type, detail, true);
  }

  /**
   * What a component publishes; `received` is missing where it does so without an event having come. Undefined where
   * the event type's schema refuses it: publishers validate.
   */
  published(
    bus: BusId,
    emission: Emission & { readonly event: EventType },
    received?: EventClass,
  ): EventClass | undefined {
    const followers = this.followers.get(emission) ?? new Map<number, EventClass | undefined>();
    this.followers.set(emission, followers);
    const id = received?.id ?? -1;
    if (!followers.has(id)) followers.set(id, this.follower(bus, emission, received));
    return followers.get(id);
  }

  private follower(
    bus: BusId,
    emission: Emission & { readonly event: EventType },
    received?: EventClass,
  ): EventClass | undefined {
    const { depth, stage } = this.members;
    const came = received?.detail ?? {};
    const detail: Record<string, JsonValue> = { ...this.exampleOf(emission.event) };
    apply(detail, came, depth, emission.depth);
    apply(detail, came, stage, emission.stage);
    for (const [path, effect] of Object.entries(emission.fields ?? {})) apply(detail, came, path, effect);
    const contract = this.topology.contractById.get(printEventType(emission.event));
    if (
      contract &&
      !mayBeValid(contract.detailSchema, detail) &&
      mayBeValid(contract.detailSchema, this.exampleOf(emission.event))
    )
      return undefined;
    return this.of(bus, emission.event, detail, false);
  }

  private of(bus: BusId, type: EventType, detail: JsonObject, forwarded: boolean): EventClass {
    const key = `${bus}|${printEventType(type)}|${forwarded}|${JSON.stringify(detail)}`;
    const known = this.known.get(key);
    if (known) return known;
    const depth = detail[this.members.depth];
    const made: EventClass = {
      id: this.known.size,
      bus,
      type,
      name: printEventType(type),
      event: exampleEvent(type, detail),
      detail,
      depth: typeof depth === 'number' ? depth : 0,
      forwarded,
    };
    this.known.set(key, made);
    return made;
  }

  private exampleOf(type: EventType): JsonObject {
    const contract = this.topology.contractById.get(printEventType(type));
    return contract ? exampleOfContract(contract) : {};
  }
}

/** Found once for each contract: simulations of one topology, one after the other, share them. */
const examplesFound = new WeakMap<Contract, JsonObject>();

function exampleOfContract(contract: Contract): JsonObject {
  const known = examplesFound.get(contract);
  if (known) return known;
  const found = findExample(contract);
  examplesFound.set(contract, found);
  return found;
}

const anything: Pattern['alternatives'] = [{ conditions: [] }];

function findExample(contract: Contract): JsonObject {
  const { examples, schema, span } = contract;
  const example = examples.find(
    (each): each is JsonObject => isObject(each) && mayBeValid(contract.detailSchema, each),
  );
  if (example) return example;
  const compiled = compiledOnce(schema);
  const pattern = compilePattern({ alternatives: anything, span } as Pattern);
  const verdict = compiled && satisfiable(compiled, pattern, { readable: true });
  const event = verdict?.answer === 'yes' && isObject(verdict.witness) ? verdict.witness : {};
  return isObject(event['detail']) ? event['detail'] : {};
}

/** Puts a member where a dotted path leads, or takes it away. */
function apply<T extends JsonValue>(
  detail: Record<string, JsonValue>,
  received: JsonObject,
  path: string,
  effect: FieldEffect<T>,
): void {
  if (effect.kind === 'any') return;
  const from = sourceOf(effect, path);
  const came = at(received, from);
  const before = from === path || came === undefined ? came : upTo(MAX_RECORDS, came);
  if (effect.kind === 'set') put(detail, path, effect.value);
  else if (effect.kind === 'increment') put(detail, path, (typeof before === 'number' ? before : 0) + 1);
  else put(detail, path, effect.kind === 'copy' ? before : undefined);
}

/** An event that holds the one before, which holds the one before, would never be of a class that is known. */
const MAX_RECORDS = 16;

/** A value without the records that lie deeper in it than so many others. */
function upTo(records: number, value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const made: Record<string, JsonValue> = {};
  for (const [name, each] of Object.entries(value))
    if (records > 1 || !isObject(each)) setOwn(made, name, upTo(records - 1, each));
  return made;
}

function at(object: JsonObject, path: string): JsonValue | undefined {
  if (path === '') return object;
  if (Object.hasOwn(object, path)) return object[path];
  let value: JsonValue | undefined = object;
  for (const name of path.split('.'))
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

function put(object: Record<string, JsonValue>, path: string, value: JsonValue | undefined): void {
  const [name = '', ...rest] = Object.hasOwn(object, path) ? [path] : path.split('.');
  if (rest.length === 0) {
    if (value === undefined) delete object[name];
    else object[name] = value;
    return;
  }
  const inner = object[name];
  if (!isObject(inner) && value === undefined) return;
  const copy: Record<string, JsonValue> = isObject(inner) ? { ...inner } : {};
  put(copy, rest.join('.'), value);
  object[name] = copy;
}
