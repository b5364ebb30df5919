import { printHoles } from '../json/holes.ts';
import { valueOf } from '../json/node.ts';
import { isObject, type JsonValue, own } from '../json/value.ts';
import { type EventType, printEventType } from '../model/event-type.ts';
import type { Route } from '../model/route.ts';
import { parsePatternValue } from '../pattern/parse.ts';
import type { LoopAnalysis } from './analyze.ts';
import { type Delivery, deliveriesOf } from './deliveries.ts';
import type { Mend } from './mended.ts';
import type { WalkContext } from './passage.ts';
import { anything, EventState } from './state.ts';

/**
 * What a rule took before an edit and takes no more, beyond what goes round through it: whole event types, those of
 * which it loses the events that lack a field or (where functions of the system publish it) carry another value, and
 * what goes round for targets that are on no loop.
 */
export function lostBy(
  { route, pattern, field, kind, value }: Pick<Mend, 'route' | 'pattern' | 'field' | 'kind' | 'value'>,
  before: LoopAnalysis,
  after: WalkContext,
): string[] {
  if (!route || !pattern || !field) return [];
  const round = goingRound(route, before);
  const bus = route.from.kind === 'bus' ? route.from.bus : '';
  const edited = after.topology.routeById.get(route.id)!;
  const [top, inner] = field.path;
  const lost: string[] = [];
  const takes = (asked: Route, type: EventType, context: WalkContext): boolean =>
    context.judge.takes(asked, freshEvent(bus, type, context)).answer !== 'no';
  for (const { id, type } of before.context.topology.contracts) {
    if (!takes(route, type, before.context)) continue;
    const receivers = round.get(id);
    if (receivers) {
      if (!takes(edited, type, after))
        lost.push(...others(route, receivers, before).map((name) => `${id} for ${name}`));
    } else if (!takes(edited, type, after)) lost.push(id);
    else if (inner !== undefined) {
      const asks = (choice: JsonValue): boolean => {
        const other = withChoice(route, top, inner, choice);
        return other !== undefined && takes(other, type, before.context);
      };
      if (asks({ exists: false })) lost.push(`${id} without ${inner}`);
      if (kind === 'stage' && publishesOther(type, value, before)) lost.push(`${id} with another ${inner}`);
    }
  }
  return lost;
}

/** The event types that go round through a rule in endless loops, each with the components that receive it on the way. */
function goingRound(route: Route, { groups }: LoopAnalysis): ReadonlyMap<string, ReadonlySet<string>> {
  const round = new Map<string, Set<string>>();
  for (const { verdict, hops } of groups.flatMap(({ loops }) => loops)) {
    if (verdict.kind !== 'endless') continue;
    for (const hop of hops) {
      if (hop.route.id !== route.id || !hop.from.type) continue;
      const id = printEventType(hop.from.type);
      round.set(id, (round.get(id) ?? new Set()).add(receiver(hop.delivery)));
    }
  }
  return round;
}

function receiver({ component, bus }: Delivery): string {
  return component?.id ?? `bus ${bus}`;
}

/** What else a rule delivers to, by name: the first target of each way that is on no loop. */
function others(route: Route, receivers: ReadonlySet<string>, { context }: LoopAnalysis): string[] {
  const names = new Map<string, string>();
  const onLoop = new Set<string>();
  for (const delivery of deliveriesOf(route, context.topology)) {
    const { target } = delivery;
    const name =
      target.to.kind === 'component'
        ? (context.topology.componentById.get(target.to.component)?.name ?? target.to.component)
        : `bus ${delivery.bus}`;
    names.set(target.id, name);
    if (receivers.has(receiver(delivery))) onLoop.add(target.id);
  }
  return [...names].filter(([id]) => !onLoop.has(id)).map(([, name]) => printHoles(name));
}

/** The rule, with one more condition on a field of `detail`; undefined where it has one on that field already. */
function withChoice(route: Route, top: string, inner: string, choice: JsonValue): Route | undefined {
  if (route.filter.kind !== 'pattern') return undefined;
  const pattern = valueOf(route.filter.node);
  if (!isObject(pattern)) return undefined;
  const detail = own(pattern, top);
  if (isObject(detail) && own(detail, inner) !== undefined) return undefined;
  const asked = { ...pattern, [top]: { ...(isObject(detail) ? detail : {}), [inner]: [choice] } };
  const parsed = parsePatternValue(asked).value;
  return (
    parsed && {
      ...route,
      id: `${route.id}|${JSON.stringify([inner, choice])}`,
      filter: { ...route.filter, pattern: parsed },
    }
  );
}

/** Whether a function here publishes the event type with another value of the stage field, or with one nobody knows. */
function publishesOther(
  { source, detailType }: EventType,
  stage: JsonValue,
  { context }: LoopAnalysis,
): boolean {
  return context.topology.emissions.some(
    (emission) =>
      emission.event?.source === source &&
      emission.event.detailType === detailType &&
      !emission.entry &&
      emission.stage.kind === 'set' &&
      emission.stage.value !== stage,
  );
}

/** An event of a type of which nothing else is known. */
export function freshEvent(bus: string, type: EventType, { judge }: WalkContext): EventState {
  const fields = judge.fields.map(() => anything);
  return new EventState({ bus, type, fields, depth: anything, forwarded: 'never' });
}
