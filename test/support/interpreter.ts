import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Aspect } from '../../src/graph/layer-sight.ts';
import { isObject, type JsonObject, type JsonValue, own } from '../../src/json/value.ts';
import type { Emission, FieldEffect } from '../../src/model/emission.ts';
import type { Topology } from '../../src/model/topology.ts';
import { matchValue } from '../../src/pattern/match.ts';

/**
 * Runs concrete events through a topology, one delivery at a time: the other way to the answers of the analysis. It
 * shares the reference matcher and the validator with it and nothing else: no sets, no states, no graph.
 */
export interface ConcreteEvent {
  readonly bus: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: JsonObject;
  /** A rule brought it to this bus. */
  readonly forwarded?: boolean;
}

export interface Step {
  readonly rule: string;
  /** The component that publishes, or the bus that the event itself goes to. */
  readonly to: string;
  readonly event: ConcreteEvent;
  /** Events published: how many, and how likely. A forwarded event is none. */
  readonly count: number;
  readonly probability: number;
  readonly published: boolean;
}

/** One hop of a way: by which rule, to whom, what comes of it. */
export interface WayStep {
  readonly rule: string;
  readonly to: string;
  readonly type: string;
  readonly bus: string;
}

export function typeOf(event: ConcreteEvent): string {
  return `${event.source}@${event['detail-type']}`;
}

/** The field of `detail` that each layer looks at. */
const lookedAt = { stage: 'processing_stage', depth: '_chain_depth', content: 'kind' } as const;

/** Every combination of values that some random system speaks of. */
const everyDetail: readonly JsonObject[] = ['raw', 'processed', 'odd', undefined].flatMap((stage) =>
  ['a', 'b', 'c', undefined].flatMap((kind) =>
    [undefined, 0, 1, 2, 3, 4, 5, 6, 7].map((depth) => ({
      ...(stage === undefined ? {} : { processing_stage: stage }),
      ...(kind === undefined ? {} : { kind }),
      ...(depth === undefined ? {} : { _chain_depth: depth }),
    })),
  ),
);

const allowed = new WeakMap<ValidateFunction, Map<string, boolean>>();

const ajv = new Ajv2020({ strict: false });
const validators = new Map<JsonValue, ValidateFunction>();

export class Interpreter {
  private readonly topology: Topology;
  private readonly deepest: number;
  private readonly alone: Aspect;
  private readonly delivered = new Map<string, readonly Step[]>();

  /**
   * Depths from `deepest` on are one: it must lie above every depth that somebody asks for. `alone`: nothing but one
   * layer stops an event; of a schema that is what it allows in that layer's field, and rules forward without a limit.
   */
  constructor(topology: Topology, deepest = Number.POSITIVE_INFINITY, alone: Aspect = 'all') {
    this.topology = topology;
    this.deepest = deepest;
    this.alone = alone;
  }

  /** Whether the event obeys the schema of its type: nothing else can be published. */
  valid(event: ConcreteEvent): boolean {
    const schema = this.topology.contracts.find(({ id }) => id === typeOf(event))?.detailSchema;
    if (schema === undefined) return true;
    const validate = validators.get(schema) ?? ajv.compile(schema as JsonObject);
    validators.set(schema, validate);
    if (this.alone === 'source') return true;
    if (this.alone === 'all') return validate(event.detail) === true;
    const seen = own(event.detail, lookedAt[this.alone]);
    const byValue = allowed.get(validate) ?? new Map<string, boolean>();
    allowed.set(validate, byValue);
    const key = `${this.alone} ${JSON.stringify(seen)}`;
    const known =
      byValue.get(key) ??
      everyDetail.some((detail) => {
        const { [lookedAt[this.alone as 'stage']]: _, ...others } = detail;
        return (
          validate(seen === undefined ? others : { ...others, [lookedAt[this.alone as 'stage']]: seen }) ===
          true
        );
      });
    byValue.set(key, known);
    return known;
  }

  /** Everything one event leads to at once, by rule and component. */
  deliver(event: ConcreteEvent): readonly Step[] {
    const key = keyOf(event);
    const known = this.delivered.get(key);
    if (known) return known;
    const steps = this.stepsOf(event);
    if (this.deepest < Number.POSITIVE_INFINITY) this.delivered.set(key, steps);
    return steps;
  }

  /** How many targets it is handed to. */
  deliveries(event: ConcreteEvent): number {
    let count = 0;
    for (const route of this.topology.routes) {
      if (!takes(route, event)) continue;
      count += route.targets.filter(({ to }) => to.kind !== 'bus' || !event.forwarded).length;
    }
    return count;
  }

  private stepsOf(event: ConcreteEvent): Step[] {
    const steps: Step[] = [];
    for (const route of this.topology.routes) {
      if (!takes(route, event)) continue;
      for (const { to } of route.targets) {
        if (to.kind === 'bus') {
          // A Classic bus takes no event from a rule that a rule already brought to another one.
          if (event.forwarded) continue;
          const there = { ...event, bus: to.bus, forwarded: this.alone === 'all' };
          steps.push({
            rule: route.name,
            to: to.bus,
            event: there,
            count: 1,
            probability: 1,
            published: false,
          });
        }
        if (to.kind !== 'component') continue;
        const component = this.topology.components.find(({ id }) => id === to.component)!;
        const depth = event.detail['_chain_depth'];
        if (component.rejectsAtDepth && Number(depth ?? 0) >= component.rejectsAtDepth.depth) continue;
        for (const emission of this.topology.emissions) {
          if (emission.component !== component.id || emission.entry || !emission.event) continue;
          if (emission.on && !emission.on.includes(typeOf(event))) continue;
          const { count, probability } = emission;
          const next = this.published(emission, event);
          if (probability > 0 && this.valid(next))
            steps.push({
              rule: route.name,
              to: component.name,
              event: next,
              count,
              probability,
              published: true,
            });
        }
      }
    }
    return steps;
  }

  private published(emission: Emission, received: ConcreteEvent): ConcreteEvent {
    const detail: Record<string, JsonValue> = {};
    const depth = field(emission.depth, received.detail['_chain_depth'] as number | undefined);
    const stage = field(emission.stage, received.detail['processing_stage'] as string | undefined);
    if (depth !== undefined) detail['_chain_depth'] = Math.min(depth, this.deepest);
    if (stage !== undefined) detail['processing_stage'] = stage;
    for (const [path, effect] of Object.entries(emission.fields ?? {})) {
      const came = at(received.detail, effect.kind === 'copy' ? (effect.from ?? path) : path);
      put(detail, path.split('.'), field(effect as FieldEffect<string>, came as string | undefined));
    }
    const { source, detailType } = emission.event!;
    return { bus: emission.bus!, source, 'detail-type': detailType, detail };
  }

  /** One hop of a way, if the event goes it. */
  follow(event: ConcreteEvent, { rule, to, type, bus }: WayStep): Step | undefined {
    return this.deliver(event).find(
      (step) =>
        step.rule === rule &&
        step.to === to &&
        step.count > 0 &&
        typeOf(step.event) === type &&
        step.event.bus === bus,
    );
  }

  /**
   * An event that follows these rules and components, in this order and over and over: whether it never stops, else
   * how many hops it makes and how many events are published on them.
   */
  goesRound(
    start: ConcreteEvent,
    way: readonly WayStep[],
  ): { readonly endless: boolean; readonly hops: number; readonly published: number } {
    let event = start;
    let published = 0;
    let alike = 1;
    const seen = new Set<string>();
    for (let hops = 0; ; hops++) {
      if (hops % way.length === 0) {
        const key = keyOf(event);
        if (seen.has(key)) return { endless: true, hops, published };
        seen.add(key);
      }
      const next = this.follow(event, way[hops % way.length]!);
      if (!next) return { endless: false, hops, published };
      alike *= next.count;
      if (next.published) published += alike;
      event = next.event;
    }
  }

  /** Every event that comes about from these, themselves included. */
  allThatFollows(starts: readonly ConcreteEvent[]): ConcreteEvent[] {
    const seen = new Map<string, ConcreteEvent>();
    const open = [...starts];
    for (let event = open.pop(); event; event = open.pop()) {
      const key = keyOf(event);
      if (seen.has(key)) continue;
      seen.set(key, event);
      for (const step of this.deliver(event)) if (step.count > 0) open.push(step.event);
    }
    return [...seen.values()];
  }

  /** All events published in consequence of each, itself included; infinite where something goes round. */
  counts(starts: readonly ConcreteEvent[]): readonly Count[] {
    const known = new Map<string, Count | 'open'>();
    const visit = (event: ConcreteEvent): Count => {
      const key = keyOf(event);
      const before = known.get(key);
      if (before === 'open') return endlessCount;
      if (before) return before;
      known.set(key, 'open');
      let events = 1;
      let expected = 1;
      let deliveries = this.deliveries(event);
      for (const { event: next, count, probability, published } of this.deliver(event)) {
        if (count === 0) continue;
        const then = visit(next);
        const own = published ? 0 : 1;
        events += count * (then.events - own);
        expected += count * probability * (then.expected - own);
        deliveries += count * then.deliveries;
      }
      const total = { events, expected, deliveries };
      known.set(key, total);
      return total;
    };
    return starts.map((start) => visit(start));
  }
}

export interface Count {
  readonly events: number;
  readonly expected: number;
  readonly deliveries: number;
}

const endlessCount: Count = {
  events: Number.POSITIVE_INFINITY,
  expected: Number.POSITIVE_INFINITY,
  deliveries: Number.POSITIVE_INFINITY,
};

function takes(route: Topology['routes'][number], event: ConcreteEvent): boolean {
  if (route.from.kind !== 'bus' || route.from.bus !== event.bus || route.state !== 'enabled') return false;
  const { source, 'detail-type': detailType, detail } = event;
  return (
    route.filter.kind === 'pattern' &&
    matchValue(route.filter.pattern, { source, 'detail-type': detailType, detail })
  );
}

export function keyOf({
  bus,
  source,
  'detail-type': type,
  detail,
  forwarded = false,
}: ConcreteEvent): string {
  const others = `${detail['kind']}|${JSON.stringify(detail['record'])}`;
  return `${bus}|${source}|${type}|${detail['_chain_depth']}|${detail['processing_stage']}|${others}|${forwarded}`;
}

function at(detail: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = detail;
  for (const name of path === '' ? [] : path.split('.'))
    value = isObject(value) ? own(value, name) : undefined;
  return value;
}

function put(
  record: Record<string, JsonValue>,
  [name = '', ...rest]: readonly string[],
  value: JsonValue | undefined,
): void {
  const inner = record[name];
  if (rest.length === 0 && value === undefined) delete record[name];
  else if (rest.length === 0) record[name] = value!;
  else if (value !== undefined || isObject(inner)) {
    const made = isObject(inner) ? { ...inner } : {};
    put(made, rest, value);
    record[name] = made;
  }
}

function field<T extends string | number>(effect: FieldEffect<T>, received: T | undefined): T | undefined {
  if (effect.kind === 'set') return effect.value;
  if (effect.kind === 'copy') return received;
  if (effect.kind === 'increment') return (((received as number | undefined) ?? 0) + 1) as T;
  return undefined;
}
