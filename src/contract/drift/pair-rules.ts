import { hasHole, mayEqual } from '../../json/holes.ts';
import type { BusId } from '../../model/bus.ts';
import type { Route } from '../../model/route.ts';
import { type Counterparts, logicalIdIn } from './counterparts.ts';

/** Rules of the templates and of the account, put side by side. */
export interface PairedRules {
  readonly pairs: readonly { readonly declared: Route; readonly deployed: Route }[];
  readonly missing: readonly Route[];
  readonly extra: readonly Route[];
}

/**
 * Which deployed rule is which declared one: by its name on its bus, by CloudFormation's tags, by the logical id in a name
 * that CloudFormation made up, or because a name that is partly known fits one rule only. Rules that services made, and
 * those under a condition that does not hold, are left out.
 */
export function pairRules(
  declared: readonly Route[],
  deployed: readonly Route[],
  counterparts: Counterparts,
): PairedRules {
  const missing = new Set(declared.filter((route) => isRule(route) && route.condition?.holds !== false));
  const extra = new Set(deployed.filter(isRule));
  const pairs: { declared: Route; deployed: Route }[] = [];
  for (const fits of [named, tagged, madeUp, perhaps]) {
    for (const one of [...missing]) {
      const name = counterparts.fill(one.name);
      const found = [...extra].filter((other) => onOneBus(one, other, counterparts) && fits(name, other));
      // Of several nobody can tell; and what fits two declared rules is neither's.
      if (found.length !== 1) continue;
      pairs.push({ declared: one, deployed: found[0]! });
      missing.delete(one);
      extra.delete(found[0]!);
    }
  }
  return { pairs, missing: [...missing], extra: [...extra] };
}

function isRule({ kind, managedBy }: Route): boolean {
  return kind === 'rule' && managedBy === undefined;
}

function onOneBus(declared: Route, deployed: Route, counterparts: Counterparts): boolean {
  const [a, b] = [busOf(declared), busOf(deployed)];
  return a !== undefined && b !== undefined && mayEqual(counterparts.fill(a), b) !== 'no';
}

export function busOf({ from }: Route): BusId | undefined {
  return from.kind === 'bus' ? from.bus : undefined;
}

/** The name of a deployed rule, whatever it is shown as. */
export function ruleName({ id, name }: Route): string {
  return id.startsWith('arn:') ? id.slice(id.lastIndexOf('/') + 1) : name;
}

const named = (name: string, deployed: Route): boolean => name === ruleName(deployed);
const tagged = (name: string, deployed: Route): boolean => name === deployed.name;
const madeUp = (name: string, deployed: Route): boolean => name === logicalIdIn(ruleName(deployed));
const perhaps = (name: string, deployed: Route): boolean =>
  hasHole(name) &&
  /[^\s]/.test(name.replace(/\uE0F0[^\uE0F1]*\uE0F1/g, '')) &&
  mayEqual(name, ruleName(deployed)) !== 'no';
