import type { Contract } from '../../model/contract.ts';
import type { CheckContext } from '../check.ts';
import { namesEvents, type PatternRule } from './rules.ts';

/** Rules that take more event types than this are about the envelope, not about fields of one of them. */
const MOST = 20;

/**
 * The schemas of every event type that a rule can take, if it is known of all of them and the rule is not dead: then
 * what none of them has, none of its events has.
 */
export function contractsOf(rule: PatternRule, { known, reaches }: CheckContext): readonly Contract[] {
  const types = known.takenBy(rule);
  if (types.length === 0 || types.length > MOST || !namesEvents(rule)) return [];
  const contracts = types.flatMap(({ contract }) => contract ?? []);
  return contracts.length === types.length && reaches.of(rule).kind === 'some' ? contracts : [];
}
