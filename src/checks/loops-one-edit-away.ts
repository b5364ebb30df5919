import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import type { Loop } from '../graph/loop.ts';
import { oneGrant, oneMoreEventType } from '../graph/one-more.ts';
import { type Opening, openingsOf } from '../graph/openings.ts';
import { loopWords } from '../graph/words.ts';
import { printHoles } from '../json/holes.ts';
import { printEventType } from '../model/event-type.ts';
import type { Topology } from '../model/topology.ts';
import type { Check, CheckContext } from './check.ts';
import { closingPlace, unintended } from './loop-finding.ts';

/** Edits that are told at most, the likeliest first. */
const MAX_TOLD = 10;
/** Loops whose edits are tried, and edits that are told of one. */
const MAX_LOOPS = 200;
const MAX_WORDS = 3;
/** Permissions that are tried: each costs an analysis of the whole. */
const MAX_GRANTS = 5;

/**
 * Loops that a single edit opens: enabling a rule, granting a permission, publishing one more event type, or touching
 * the one guard of a refuted candidate. In this order: people enable what is there, and forget what a filter is for.
 */
export const loopsOneEditAway: Check = (context) => {
  const { analysis, config, oracle } = context;
  const refuted = [...unintended(analysis, config), ...analysis.near].filter(
    ({ verdict }) => verdict.kind === 'refuted',
  );
  const guarded = refuted.slice(0, MAX_LOOPS).flatMap((loop) => {
    const openings = openingsOf(loop, analysis, oracle);
    return openings.length > 0 ? [{ loop, openings }] : [];
  });
  const [disabled, others] = [true, false].map((rule) =>
    guarded
      .filter(({ openings }) => (openings[0]!.kind === 'enable') === rule)
      .map(({ loop, openings }) => guardFinding(loop, openings, context)),
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

function guardFinding(loop: Loop, openings: readonly Opening[], { analysis }: CheckContext): Diagnostic {
  const { layer } = openings[0]!;
  const guard = layer === 'disabled rule' ? 'a disabled rule' : layer;
  const params = { path: loopWords(loop.hops), guard };
  const words = openings.slice(0, MAX_WORDS).map((opening) => editWords(opening, analysis.context.topology));
  const reason =
    loop.layers.find((each) => each.stops && each.layer === layer)?.reason ??
    (loop.verdict.kind === 'refuted' ? loop.verdict.stop.reason : undefined);
  return finding('loop/one-edit-away', params, {
    span: closingPlace(loop.hops).span,
    identity: loop.id,
    notes: [`what would open it: ${words.join(', or ')}`, ...(reason === undefined ? [] : [reason])],
    fix: { text: 'add a second, independent guard: a processing-stage filter, or a chain-depth guard' },
  });
}

function editWords(
  { kind, layer, route, component, emission, path, value }: Opening,
  topology: Topology,
): string {
  const rule = printHoles(route?.name ?? '');
  if (kind === 'enable') return `enabling ${rule}`;
  if (kind === 'unguard') return `removing the depth guard of ${printHoles(component!.name)}`;
  if (kind === 'publish') {
    const publisher = topology.componentById.get(emission!.before.component)!;
    return `${printHoles(publisher.name)} publishing ${JSON.stringify(value)} in ${path}`;
  }
  if (layer === 'source differentiation')
    return `widening the ${path === 'source' ? 'sources' : 'detail-types'} of ${rule}`;
  if (layer === 'processing stage') return `dropping the stage filter of ${rule}`;
  return `widening the filter of ${rule} on ${path}`;
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
