import { printHoles } from '../json/holes.ts';
import type { FlowNode, Hop, LayerEffect, Loop } from './loop.ts';

/** `AnalyticsProcessed`: what people call the events of a node; the source is added where it must be told. */
export function nodeWord({ type }: FlowNode): string {
  return type ? printHoles(type.detailType) : 'some event';
}

/** `A → Rule → Function → A`. */
export function loopWords(hops: readonly Hop[]): string {
  return [...hops.flatMap((hop) => [nodeWord(hop.from), ...wayWords(hop)]), nodeWord(hops[0]!.from)].join(
    ' → ',
  );
}

/** Rule, what it passes, and what receives the event. */
function wayWords({ route, delivery }: Hop): string[] {
  const target = delivery.component?.name ?? `bus ${printHoles(delivery.bus ?? '')}`;
  return [printHoles(route.name), ...delivery.via.map(({ name }) => printHoles(name)), printHoles(target)];
}

/** `2.0 per round: 1 → 1,024 events after 10 rounds`. */
export function growthWords(growth: number): string {
  if (growth === 1) return '1.0 per round: each event leads to one more, for ever';
  if (growth < 1) return `${growth.toFixed(2)} per round: it dies out, but each event may lead to more first`;
  const rounds = 10;
  const events = growth ** rounds;
  const count = countWords(events);
  return `${growth.toFixed(growth < 10 ? 1 : 0)} per round: 1 → ${count} events after ${rounds} rounds`;
}

/** The layers that stop a candidate, each in a sentence. */
export function stoppingLayers({ layers }: Loop): LayerEffect[] {
  return layers.filter(({ stops }) => stops);
}

/** `1,024`; `1.2e+15` where nobody reads the digits. */
export function countWords(count: number): string {
  return count < 1e15 ? withThousands(Math.round(count)) : count.toExponential(1);
}

/** `1,024`. Intl would do it too, but takes 20 ms to load. */
export function withThousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
