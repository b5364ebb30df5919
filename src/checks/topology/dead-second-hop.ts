import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { hasHole, printHoles } from '../../json/holes.ts';
import type { BusId } from '../../model/bus.ts';
import type { Target } from '../../model/route.ts';
import type { Topology } from '../../model/topology.ts';
import type { Check, CheckContext } from '../check.ts';
import type { PatternRule } from '../common/rules.ts';
import { sharedEvent } from '../common/shared-event.ts';

/** Rules after one rule that are compared with it, at most. */
const MOST_FOLLOWERS = 100;

/**
 * A Classic bus takes an event from a rule once: what a rule forwarded to a bus, no rule there forwards to a third
 * (UG eb-bus-to-bus). Sending back where it came from is left out: there the limit is what people count on.
 */
export const deadSecondHop: Check = (context) => {
  const { rules, topology } = context;
  const forwarding = rules.flatMap((rule) =>
    rule.kind === 'rule' && rule.state === 'enabled' && !rule.condition
      ? rule.targets.flatMap((target) => forwardTo(target, topology).map((to) => ({ rule, target, to })))
      : [],
  );
  const byBus = new Map<BusId, (typeof forwarding)[number][]>();
  for (const each of forwarding) {
    const list = byBus.get(each.rule.from.bus);
    if (list) list.push(each);
    else byBus.set(each.rule.from.bus, [each]);
  }
  return forwarding.flatMap((first) =>
    (byBus.get(first.to) ?? [])
      .slice(0, MOST_FOLLOWERS)
      .filter(({ to }) => to !== first.rule.from.bus && to !== first.to)
      .flatMap((second) => dead(first, second, context)),
  );
};

/** The Classic bus a target is, if it is certainly one. */
function forwardTo({ to }: Target, { busById }: Topology): BusId[] {
  if (to.kind !== 'bus' || hasHole(to.bus)) return [];
  const kind = busById.get(to.bus)?.kind;
  return kind === undefined || kind === 'v2' ? [] : [to.bus];
}

interface Forward {
  readonly rule: PatternRule;
  readonly target: Target;
  readonly to: BusId;
}

function dead(first: Forward, second: Forward, context: CheckContext): Diagnostic[] {
  if (first.target.shaping.kind !== 'event') return [];
  const shared = sharedEvent(first.rule, second.rule, context);
  if (!shared) return [];
  const [from, over, to] = [first.rule.from.bus, first.to, second.to].map(printHoles);
  return [
    finding(
      'topology/dead-second-hop',
      { first: first.rule.name, second: second.rule.name, event: shared.eventType ?? 'events' },
      {
        span: second.target.span,
        label: 'a second hop: dropped',
        identity: `${first.rule.name} ${second.rule.name}`,
        related: [{ span: first.target.span, message: `${first.rule.name} makes the first hop` }],
        ...(shared.event === undefined ? {} : { witness: shared.event }),
        notes: [
          `${from} → ${over} → ${to}: on the second hop the delivery fails with THIRD_ACCOUNT_HOP_DETECTED and goes to the dead-letter queue, if there is one`,
        ],
        fix: {
          text: `forward from ${from} to ${to} by a rule of its own, or publish anew from a function on ${over}`,
        },
      },
    ),
  ];
}
