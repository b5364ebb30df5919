import type { JsonObject } from '../../json/value.ts';
import type { Route, Target } from '../../model/route.ts';
import { matchValue } from '../../pattern/match.ts';
import type { Plant } from './plant.ts';
import { enqueue } from './receivers.ts';
import type { BusEvent, Delivery } from './records.ts';
import { shapeInput } from './shape-input.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html: 24 hours, 185 times. */
const CLASSIC = { maxAttempts: 185, maxAgeSeconds: 86_400 };
/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-custom-bus-retry.html: 300 seconds, 5 attempts. */
const V2 = { maxAttempts: 5, maxAgeSeconds: 300 };
/** The service backs off exponentially, and does not say how fast: from a second to a quarter of an hour here. */
const LONGEST_PAUSE = 900_000;

/** Takes an event through the rules of its bus: those named, or all. */
export function route(plant: Plant, event: BusEvent, only?: readonly string[]): void {
  for (const rule of plant.topology.routesFromBus.get(event.bus) ?? []) {
    if (only && !only.includes(rule.name)) continue;
    if (!isEnabled(plant, rule) || !takes(rule, event.event)) continue;
    for (const target of rule.targets) plant.clock.after(0, () => deliver(plant, rule, target, event, 1));
  }
}

function isEnabled({ states }: Plant, { name, state, condition }: Route): boolean {
  return (
    (states.get(name) ?? (state === 'disabled' ? 'disabled' : 'enabled')) === 'enabled' &&
    condition?.holds !== false
  );
}

/** Whether a rule takes an event; a filter that could not be read takes everything. */
export function takes({ filter }: Route, event: JsonObject): boolean {
  if (filter.kind === 'pattern') return matchValue(filter.pattern, event);
  return filter.kind !== 'nothing';
}

async function deliver(
  plant: Plant,
  rule: Route,
  target: Target,
  event: BusEvent,
  attempt: number,
): Promise<void> {
  const { clock, topology } = plant;
  if (target.to.kind === 'outside') return;
  if (target.to.kind === 'bus') return forward(plant, rule, target.to.bus, event);
  const component = topology.componentById.get(target.to.component);
  if (!component) return;
  const input = shapeInput(target.shaping, event.event, {
    name: rule.name,
    arn: rule.id,
    get ingestedAt() {
      return new Date(event.at).toISOString();
    },
  });
  try {
    await plant.receive(component, input, event, rule.name);
  } catch (error) {
    const note = (outcome: Delivery['outcome']) => {
      const at = clock.now;
      plant.deliveries.push({
        rule: rule.name,
        to: component.name,
        event,
        input,
        attempt,
        outcome,
        error,
        at,
      });
    };
    const { maxAttempts, maxAgeSeconds } = policyOf(plant, event, target);
    const pause = Math.min(1000 * 2 ** (attempt - 1), LONGEST_PAUSE);
    // The first attempt is none of the retries.
    if (attempt <= maxAttempts && clock.now + pause - event.at <= maxAgeSeconds * 1000) {
      note('failed');
      clock.after(pause, () => deliver(plant, rule, target, event, attempt + 1));
      return;
    }
    const dead = topology.components.find(({ addresses }) => addresses.includes(target.deadLetterArn ?? ''));
    note(dead ? 'dead-letter' : 'dropped');
    const attributes = { RULE_ARN: rule.id, TARGET_ARN: target.arn, ERROR_MESSAGE: String(error) };
    if (dead) enqueue(plant, dead, JSON.stringify(event.event), event, attributes);
  }
}

function policyOf({ topology }: Plant, { bus }: BusEvent, { retry }: Target): typeof CLASSIC {
  const usual = topology.busById.get(bus)?.kind === 'v2' ? V2 : CLASSIC;
  return { ...usual, ...retry };
}

/** A rule forwards an event to another bus once: what was forwarded is not forwarded again (UG eb-bus-to-bus). */
function forward(plant: Plant, rule: Route, bus: string, event: BusEvent): void {
  const classic = plant.topology.busById.get(event.bus)?.kind !== 'v2';
  const limited = classic && event.by === 'rule';
  const outcome = limited ? 'hop-limit' : 'delivered';
  const at = plant.clock.now;
  plant.deliveries.push({ rule: rule.name, to: bus, event, input: event.event, attempt: 1, outcome, at });
  if (!limited) plant.arrive({ ...event, bus, by: 'rule', cause: event, at });
}
