import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { hasHole, printHoles } from '../../json/holes.ts';
import { printEventType } from '../../model/event-type.ts';
import type { Check, CheckContext } from '../check.ts';
import type { KnownType } from '../common/known-types.ts';
import { misspelt } from '../common/misspelt.ts';
import { conditionOn, type PatternRule, plainTexts } from '../common/rules.ts';
import { isSettled } from '../common/settled.ts';
import { conditionSpan, listed } from '../common/words.ts';

/**
 * Rules on sources of one's own that no known event has. A warning where the name of a known one is nearly the same,
 * or where it is known of everything who publishes what; otherwise another stack may publish it, and it is a note.
 */
export const nobodyPublishes: Check = (context) =>
  context.rules.flatMap((rule) => {
    if (context.reaches.of(rule).kind !== 'nobody' || hasHole(rule.from.bus)) return [];
    const sources = plainTexts(conditionOn(rule, 'source'));
    // Events of AWS services and partners always may come; without plain sources nothing particular is awaited.
    if (!sources || sources.length === 0 || sources.some((source) => source.startsWith('aws.'))) return [];
    if (!everyAlternativeAsksSource(rule)) return [];
    return waiting(rule, sources, context);
  });

function everyAlternativeAsksSource({ filter }: PatternRule): boolean {
  return filter.pattern.alternatives.every(({ conditions }) =>
    plainTexts(conditions.find(({ path }) => path === 'source')),
  );
}

function waiting(rule: PatternRule, sources: readonly string[], context: CheckContext): Diagnostic[] {
  const { known, topology } = context;
  const here = known.of(rule.from.bus).filter(({ type }) => !type.source.startsWith('aws.'));
  // Where nothing at all is known of a bus, that nothing is known of this event says nothing.
  if (here.length === 0) return elsewhere(rule, sources, context);
  const types = plainTexts(conditionOn(rule, 'detail-type'));
  const near = nearestType(sources, types, here);
  const settled = isSettled(rule.from.bus, topology);
  const place = near && !sources.includes(near.type.source) ? 'source' : types ? 'detail-type' : 'source';
  const condition = conditionOn(rule, place)!;
  const params = {
    rule: rule.name,
    events: eventsOf(sources, types),
    bus: `bus ${printHoles(rule.from.bus)}`,
    nearest: near ? printEventType(near.type) : null,
  };
  return [
    finding('rule/nobody-publishes', params, {
      ...(near || settled ? {} : { severity: 'info' as const }),
      span: conditionSpan(condition),
      label: 'published by nobody',
      identity: rule.name,
      related: near?.contract
        ? [{ span: near.contract.span, message: `the schema of ${near.contract.id}` }]
        : [],
      notes: [`published on it are ${listed(here.map(({ type }) => printEventType(type)))}`],
      fix: {
        text: near
          ? `write ${printEventType(near.type)}, if that is what is meant`
          : 'correct the names, or give the event a schema if another stack publishes it',
      },
    }),
  ];
}

/** The same event, known on another bus. */
function elsewhere(
  rule: PatternRule,
  sources: readonly string[],
  { known, topology }: CheckContext,
): Diagnostic[] {
  const types = plainTexts(conditionOn(rule, 'detail-type'));
  for (const { id } of topology.buses) {
    if (id === rule.from.bus || hasHole(id)) continue;
    const there = known
      .of(id)
      .find(
        ({ type, emissions }) =>
          sources.includes(type.source) &&
          (!types || types.includes(type.detailType)) &&
          emissions.some((each) => each.bus === id && each.evidence.kind !== 'iam'),
      );
    if (!there) continue;
    const params = {
      rule: rule.name,
      events: eventsOf(sources, types),
      bus: `bus ${printHoles(rule.from.bus)}`,
      nearest: null,
    };
    return [
      finding('rule/nobody-publishes', params, {
        span: conditionSpan(conditionOn(rule, 'source')!),
        label: 'published by nobody on this bus',
        identity: rule.name,
        notes: [`${printEventType(there.type)} is published on bus ${printHoles(id)}`],
        fix: { text: 'put the rule on the bus that the event is published to' },
      }),
    ];
  }
  return [];
}

function eventsOf(sources: readonly string[], types: readonly string[] | undefined): string {
  return listed(
    sources.flatMap((source) => (types ?? ['*']).map((detailType) => printEventType({ source, detailType }))),
  );
}

/** The known event type of which source or detail-type is misspelt here, the other being right. */
function nearestType(
  sources: readonly string[],
  types: readonly string[] | undefined,
  here: readonly KnownType[],
): KnownType | undefined {
  for (const source of sources) {
    const ofSource = here.filter(({ type }) => type.source === source);
    for (const detailType of ofSource.length > 0 ? (types ?? []) : []) {
      const like = misspelt(
        detailType,
        ofSource.map(({ type }) => type.detailType),
      );
      if (like !== undefined) return ofSource.find(({ type }) => type.detailType === like);
    }
    const candidates = here.filter(({ type }) => !types || types.includes(type.detailType));
    const like = misspelt(
      source,
      candidates.map(({ type }) => type.source),
    );
    if (like !== undefined) return candidates.find(({ type }) => type.source === like);
  }
  return undefined;
}
