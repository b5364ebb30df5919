import type { Config, IntendedLoop } from '../config/config.ts';
import type { RelatedPlace } from '../diagnostic/diagnostic.ts';
import type { LoopAnalysis } from '../graph/analyze.ts';
import type { Hop, Loop } from '../graph/loop.ts';
import type { Span } from '../json/document.ts';
import { spanOf } from '../json/document.ts';
import { printHoles } from '../json/holes.ts';
import type { Topology } from '../model/topology.ts';
import type { Condition } from '../pattern/pattern.ts';

/** What the findings about loops share: where a loop shows, what belongs to it, whether it is meant to be. */

/** Loops of the analysis, unless the config declares them as intended. */
export function unintended(analysis: LoopAnalysis, config: Config): readonly Loop[] {
  return analysis.groups.flatMap(({ loops }) => loops.filter((loop) => !intentOf(loop, config)));
}

/** The declaration under which a loop is intended: it names exactly the loop's rules. */
export function intentOf(loop: Loop, config: Config): IntendedLoop | undefined {
  const rules = new Set(loop.hops.map(({ route }) => printHoles(route.name)));
  return config.loops.find(
    (intended) => intended.rules.length === rules.size && intended.rules.every((rule) => rules.has(rule)),
  );
}

export interface LoopPlace {
  readonly span: Span;
  readonly label: string;
}

/** The rule that lets the loop close: the one whose source condition is the loosest; there the edit is smallest. */
export function closingPlace(hops: readonly Hop[]): LoopPlace {
  const ranked = hops.map((hop, i) => ({ hop, i, looseness: looseness(hop) }));
  const { hop, i } = ranked.reduce((a, b) => (b.looseness > a.looseness ? b : a));
  const publisher = hops[(i + hops.length - 1) % hops.length]!.delivery.component?.name;
  const self = publisher !== undefined && publisher === hop.delivery.component?.name;
  const label = publisher
    ? `matches what ${publisher}${self ? ' itself' : ''} publishes`
    : 'matches it again';
  return { span: filterSpan(hop), label };
}

function looseness({ route }: Hop): number {
  if (route.filter.kind !== 'pattern') return 3;
  const source = conditionOn(hopConditions(route.filter.pattern.alternatives), 'source');
  if (!source) return 2;
  return source.choices.every(({ kind }) => kind === 'string') ? 0 : 1;
}

function filterSpan({ route }: Hop): Span {
  if (route.filter.kind !== 'pattern') return route.span;
  const source = conditionOn(hopConditions(route.filter.pattern.alternatives), 'source');
  if (!source) return route.filter.span;
  const { keySpan, span } = source;
  const together = keySpan.document === span.document && keySpan.start <= span.start;
  return together ? spanOf(span.document, keySpan.start, span.end) : span;
}

function hopConditions(alternatives: readonly { readonly conditions: readonly Condition[] }[]): Condition[] {
  return alternatives.flatMap(({ conditions }) => conditions);
}

function conditionOn(conditions: readonly Condition[], path: string): Condition | undefined {
  return conditions.find((condition) => condition.path === path);
}

/** The other rules on the way, and where it is said that each component publishes. */
export function otherPlaces(hops: readonly Hop[], main: Span): RelatedPlace[] {
  const places: RelatedPlace[] = [];
  for (const hop of hops) {
    const rule = filterSpan(hop);
    if (rule.start !== main.start || rule.document !== main.document) {
      places.push({ span: rule, message: `${printHoles(hop.route.name)} takes it on the way` });
    }
    const { emission, delivery } = hop;
    if (!emission?.evidence.span) continue;
    const what = emission.event ? printHoles(emission.event.detailType) : 'events';
    places.push({
      span: emission.evidence.span,
      message: `${delivery.component!.name} publishes ${what} (${emission.evidence.text})`,
    });
  }
  return distinctPlaces(places);
}

/** What AWS itself may do about it, which nobody should build on. */
export function platformNotes({ hops }: Loop, { busById }: Topology): string[] {
  const buses = new Set(hops.flatMap(({ from, to }) => [from.bus, to.bus]));
  return [...buses]
    .filter((bus) => busById.get(bus)?.kind === 'v2')
    .map(
      (bus) =>
        `it passes the V2 bus ${printHoles(bus)}, whose loop detection may drop the event (LOOP_DETECTED): best effort, which AWS says not to depend on`,
    );
}

function distinctPlaces(places: readonly RelatedPlace[]): RelatedPlace[] {
  const byPlace = new Map(
    places.map((place) => [`${place.span.document.path}:${place.span.start}:${place.message}`, place]),
  );
  return [...byPlace.values()];
}
