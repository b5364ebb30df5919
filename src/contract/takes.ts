import type { Takes } from '../graph/hops.ts';
import type { Oracle } from '../graph/oracle.ts';
import type { JsonValue } from '../json/value.ts';
import { type BusId, busNamed } from '../model/bus.ts';
import type { Contract } from '../model/contract.ts';
import type { Route } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import { compilePattern } from '../pattern/compile.ts';
import { holesClosed, holesOpened } from '../pattern/open-holes.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { restrictPattern } from '../pattern/restrict.ts';
import { compiledOnce } from '../schema/decide.ts';
import { explainEmptiness } from '../schema/explain.ts';
import { no, type Reason, unknown, type Verdict } from '../sets/verdict.ts';

/** What decides whether a rule takes an event type. */
export interface Judges {
  readonly topology: Topology;
  readonly oracle: Oracle;
  /** By source and detail-type alone. */
  readonly mayTake: Takes;
}

/**
 * Whether a rule takes some event that a contract admits; yes: with one. Only with `show` is it one to be shown: made
 * readable and judged again, which costs far more than the answer.
 */
export function takes(
  route: Route,
  contract: Contract,
  { topology, oracle, mayTake }: Judges,
  show = false,
): Verdict<JsonValue> {
  const suggestions = show ? [] : undefined;
  const { from } = route;
  // Most rules are about other event types: their source and detail-type tell without the algebra.
  if (!mayTake(route, { bus: '', type: contract.type })) return no(`it is not about ${contract.id}`);
  if (contract.bus !== undefined && from.kind === 'bus' && !reached(contract.bus, topology).has(from.bus)) {
    return no(`its events do not come to the bus ${from.bus}`);
  }
  const whole = patternOf(route);
  if (holesOpened(whole) === undefined) return oracle.ask(contract, true, whole, suggestions);
  // An account or a Region that is filled in at deployment is the one of the bus.
  const pattern = restrictPattern(whole, (path) => path !== 'account' && path !== 'region');
  const certain = oracle.ask(contract, true, holesClosed(pattern, false), suggestions);
  const opened = holesOpened(pattern);
  if (certain.answer !== 'no' || opened === undefined) return certain;
  const perhaps = oracle.ask(contract, true, opened);
  return perhaps.answer === 'no'
    ? perhaps
    : unknown('the pattern has a value that is known only at deployment');
}

/** Why a rule takes no event that a contract admits, in the words of its pattern and the schema. */
export function refusal(route: Route, contract: Contract): Reason {
  const schema = compiledOnce(contract.schema);
  return schema
    ? explainEmptiness(schema, compilePattern(patternOf(route)))
    : { text: `the schema of ${contract.id} is not valid` };
}

function patternOf({ filter, span }: Route): Pattern {
  return filter.kind === 'pattern' ? filter.pattern : { alternatives: [{ conditions: [] }], span };
}

/** The buses that events published on one come to, through rules that forward them. */
function reached(start: BusId, topology: Topology): ReadonlySet<BusId> {
  const found = new Set([busNamed(start)]);
  for (const bus of found) {
    for (const { targets } of topology.routesFromBus.get(bus) ?? []) {
      for (const { to } of targets) if (to.kind === 'bus') found.add(to.bus);
    }
  }
  return found;
}
