import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import type { Layer, Loop } from '../graph/loop.ts';
import { oneGrant, oneMoreEventType } from '../graph/one-more.ts';
import { loopWords, stoppingLayers } from '../graph/words.ts';
import { printHoles } from '../json/holes.ts';
import { printEventType } from '../model/event-type.ts';
import type { Check, CheckContext } from './check.ts';
import { closingPlace, unintended } from './loop-finding.ts';

/** Edits that are told at most, the likeliest first. */
const MAX_TOLD = 10;
/** Permissions that are tried: each costs an analysis of the whole. */
const MAX_GRANTS = 5;

/**
 * Loops that a single edit opens: enabling a rule, granting a permission, publishing one more event type, or touching
 * the one guard of a refuted candidate. In this order: people enable what is there, and forget what a filter is for.
 */
export const loopsOneEditAway: Check = (context) => {
  const { analysis, config } = context;
  const refuted = [...unintended(analysis, config), ...analysis.near].filter(
    ({ verdict }) => verdict.kind === 'refuted',
  );
  const guarded = refuted.flatMap((loop) => {
    const guard = onlyGuard(loop);
    return guard ? [{ loop, guard }] : [];
  });
  const [disabled, others] = [true, false].map((rule) =>
    guarded
      .filter(({ guard }) => (guard.name === DISABLED) === rule)
      .map(({ loop, guard }) => guardFinding(loop, guard)),
  );
  const all = [...disabled!, ...grantFindings(context), ...oneMoreFindings(context), ...others!];
  const told = all.slice(0, MAX_TOLD);
  const last = told.at(-1);
  if (last && all.length > MAX_TOLD) {
    const more = `${all.length - MAX_TOLD} more edits like these are not told`;
    told[told.length - 1] = { ...last, notes: [...(last.notes ?? []), more] };
  }
  return told;
};

function guardFinding(loop: Loop, guard: Guard): Diagnostic {
  const params = { path: loopWords(loop.hops), guard: guard.name };
  return finding('loop/one-edit-away', params, {
    span: closingPlace(loop.hops).span,
    identity: loop.id,
    notes: [`what would open it: ${guard.edit}`, ...(guard.reason === undefined ? [] : [guard.reason])],
    fix: { text: 'add a second, independent guard: a processing-stage filter, or a chain-depth guard' },
  });
}

/** Publications in code for which a role lacks nothing but the permission. */
function grantFindings({ withheld, analysis, oracle }: CheckContext): Diagnostic[] {
  return oneGrant(withheld, analysis, oracle, MAX_GRANTS).map(({ emission, loops }) => {
    const loop = loops.reduce((best, each) => (each.hops.length < best.hops.length ? each : best));
    const name = analysis.context.topology.componentById.get(emission.component)?.name ?? emission.component;
    const event = printHoles(printEventType(emission.event!));
    const params = { path: loopWords(loop.hops), guard: `a permission that ${printHoles(name)} lacks` };
    return finding('loop/one-edit-away', params, {
      span: closingPlace(loop.hops).span,
      identity: `grant ${loop.id}`,
      notes: [
        `what would open it: granting ${printHoles(name)} events:PutEvents for ${event}, which its code publishes already`,
        ...(loops.length > 1 ? [`${loops.length - 1} more loops would open with it`] : []),
      ],
      fix: {
        text: 'add a guard before the permission: a list of sources or a processing-stage filter in the rule',
      },
    });
  });
}

/** Rules that take whatever a source publishes, and give it back to who publishes from it. */
function oneMoreFindings({ analysis }: CheckContext): Diagnostic[] {
  return oneMoreEventType(analysis).map(({ component, hop, source }) => {
    const [name, rule] = [printHoles(component.name), printHoles(hop.route.name)];
    const path = `any new event type of ${printHoles(source)} → ${rule} → ${name} → the same again`;
    const params = { path, guard: `that ${name} does not publish it` };
    return finding('loop/one-edit-away', params, {
      span: closingPlace([hop]).span,
      identity: `one more ${component.name} ${hop.route.name}`,
      notes: [
        `what would open it: ${name} publishing one more event type of ${printHoles(source)}: the rule takes every one`,
      ],
      fix: { text: `list the detail-types that ${rule} is for` },
    });
  });
}

const DISABLED = 'a disabled rule';

interface Guard {
  readonly name: string;
  /** The single edit without which the loop stays closed. */
  readonly edit: string;
  readonly reason?: string;
}

const edits: Partial<Record<Layer, string>> = {
  'source differentiation': 'widening the sources of that rule',
  'processing stage': 'dropping the stage filter, or publishing the stage that it takes',
  'chain depth': 'removing the depth guard',
  'content filter': 'widening that filter, or publishing a value that it takes',
};

/** What alone keeps the loop from closing: a single layer, or that a rule is disabled. */
function onlyGuard(loop: Loop): Guard | undefined {
  if (loop.verdict.kind !== 'refuted') return undefined;
  const stopping = stoppingLayers(loop);
  const others = loop.layers.every(({ stops, verdict }) => stops || verdict === 'endless');
  const { layer: stoppedBy, reason: why } = loop.verdict.stop;
  if (stopping.length === 0 && others && stoppedBy === 'disabled rule') {
    return { name: DISABLED, edit: 'enabling it', reason: why };
  }
  const [only] = stopping;
  if (!only || stopping.length > 1 || !others) return undefined;
  const { layer, reason } = only;
  return { name: layer, edit: edits[layer] ?? 'removing it', ...(reason === undefined ? {} : { reason }) };
}
