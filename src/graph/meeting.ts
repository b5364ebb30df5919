import { printHoles } from '../json/holes.ts';
import type { Route } from '../model/route.ts';
import type { LoopAnalysis } from './analyze.ts';
import type { FlowNode, Hop, Layer } from './loop.ts';
import { pass } from './passage.ts';
import type { EventState } from './state.ts';

/** What becomes of events, as far as it is decided. */
export type Fate =
  | { readonly answer: 'yes'; readonly states: readonly EventState[]; readonly otherwise?: string }
  | { readonly answer: 'perhaps'; readonly states: readonly EventState[]; readonly reason: string }
  | { readonly answer: 'no'; readonly layer: Layer; readonly reason: string };

/**
 * What becomes of events in any of these states at one hop, with the states that come out of it. `otherwise` tells
 * why some of them do not pass when others do.
 */
export function fateAt(hop: Hop, states: readonly EventState[], { context }: LoopAnalysis): Fate {
  const passed: EventState[] = [];
  let doubt: string | undefined;
  let sure = false;
  let stopped: { layer: Layer; reason: string } | undefined;
  for (const state of states) {
    const { stop, doubts, next } = pass(0, hop, state, context);
    if (stop) stopped ??= stop;
    else {
      passed.push(next);
      if (doubts.length === 0) sure = true;
      else doubt ??= doubts[0]!.reason;
    }
  }
  const why = stopped && withoutName(stopped.reason, hop.route);
  if (sure) return { answer: 'yes', states: passed, ...(why === undefined ? {} : { otherwise: why }) };
  if (doubt !== undefined)
    return { answer: 'perhaps', states: passed, reason: withoutName(doubt, hop.route) };
  return {
    answer: 'no',
    layer: stopped?.layer ?? 'content filter',
    reason: why ?? 'no event of this type can exist',
  };
}

/** The reason without the rule's own name, which stands beside it wherever it is told. */
function withoutName(reason: string, { name }: Route): string {
  const own = `${name} does not take it: `;
  return printHoles(reason.startsWith(own) ? reason.slice(own.length) : reason);
}

/** What becomes of events at a rule alone, whatever its targets make of them; the states are those that it takes. */
export function fateAtRule(
  route: Route,
  from: FlowNode,
  states: readonly EventState[],
  analysis: LoopAnalysis,
): Fate {
  const hop = ruleAlone(route, from);
  const fate = fateAt(hop, states, analysis);
  if (fate.answer === 'no') return fate;
  return { ...fate, states: states.filter((state) => !pass(0, hop, state, analysis.context).stop) };
}

/** A hop that ends at the rule: to a target that nothing stands behind. */
function ruleAlone(route: Route, from: FlowNode): Hop {
  const target = {
    id: '',
    to: { kind: 'outside' },
    arn: '',
    shaping: { kind: 'event' },
    span: route.span,
  } as const;
  return { from, to: from, route, delivery: { target, via: [] } };
}
