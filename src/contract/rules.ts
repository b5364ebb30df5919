import { bySourceAndType } from '../graph/candidates.ts';
import type { Oracle } from '../graph/oracle.ts';
import type { JsonValue } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import type { EventTypeId } from '../model/event-type.ts';
import type { Route } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import type { Reason } from '../sets/verdict.ts';
import type { Change } from './change.ts';
import { type Judges, refusal, takes } from './takes.ts';

/** What a change of one event type does to a rule that takes events from a bus. */
export type RuleEffect =
  | {
      /** It took events of the type, and takes none any more. */
      readonly kind: 'loses';
      readonly route: Route;
      readonly event: EventTypeId;
      /** An event it took, of the old version. */
      readonly witness: JsonValue;
      readonly reason: Reason;
      /** The new contract; undefined if there is none any more. */
      readonly now: Contract | undefined;
      /** Other event types that it still takes, or may take; none: the rule is dead. */
      readonly others: readonly EventTypeId[];
    }
  | {
      readonly kind: 'gains';
      readonly route: Route;
      readonly event: EventTypeId;
      readonly witness: JsonValue;
    }
  | {
      readonly kind: 'undecided';
      readonly route: Route;
      readonly event: EventTypeId;
      readonly reason: Reason;
    };

/**
 * The rules for which a change makes a difference between taking an event type and not. One or two questions of the
 * set algebra for each rule and each event type whose schema is not the same.
 */
export function ruleEffects(
  changes: readonly Change[],
  after: readonly Contract[],
  topology: Topology,
  oracle: Oracle,
): readonly RuleEffect[] {
  const rules = topology.routes.filter(
    ({ from, state, condition, filter }) =>
      from.kind === 'bus' &&
      state !== 'disabled' &&
      condition?.holds !== false &&
      (filter.kind === 'pattern' || filter.kind === 'everything'),
  );
  const judges: Judges = { topology, oracle, mayTake: bySourceAndType() };
  return changes.flatMap((change) => {
    if (change.kind === 'unchanged') return [];
    return versionsOf(change).flatMap(([old, now]) =>
      rules.flatMap((route) => effectOn(route, old, now, after, judges)),
    );
  });
}

type Versions = readonly [before: Contract | undefined, after: Contract | undefined];

/** A renamed event type is one that went and one that came: rules know it by its name. */
function versionsOf(change: Change): readonly Versions[] {
  switch (change.kind) {
    case 'added':
      return [[undefined, change.after]];
    case 'removed':
      return [[change.before, undefined]];
    case 'renamed':
      return [
        [change.before, undefined],
        [undefined, change.after],
      ];
    default:
      return [[change.before, change.after]];
  }
}

function effectOn(
  route: Route,
  before: Contract | undefined,
  after: Contract | undefined,
  contracts: readonly Contract[],
  judges: Judges,
): RuleEffect[] {
  const event = (before ?? after)!.id;
  const took = before && takes(route, before, judges);
  const takesNow = after && takes(route, after, judges);
  const undecided = (reason: Reason): RuleEffect[] => [{ kind: 'undecided', route, event, reason }];
  if (before && took?.answer === 'yes') {
    if (takesNow?.answer === 'yes') return [];
    if (takesNow?.answer === 'unknown') return undecided(takesNow.reason);
    const shown = takes(route, before, judges, true);
    if (shown.answer !== 'yes') return undecided(shown.reason);
    const others = contracts
      .filter((other) => other.id !== event && takes(route, other, judges).answer !== 'no')
      .map(({ id }) => id);
    const reason = after ? refusal(route, after) : { text: 'no schema describes it any more' };
    return [{ kind: 'loses', route, event, witness: shown.witness, reason, now: after, others }];
  }
  if (after && takesNow?.answer === 'yes' && took?.answer !== 'unknown') {
    const shown = takes(route, after, judges, true);
    if (shown.answer !== 'yes') return undecided(shown.reason);
    return [{ kind: 'gains', route, event, witness: shown.witness }];
  }
  return [];
}
