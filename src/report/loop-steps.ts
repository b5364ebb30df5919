import type { Hop, Loop } from '../graph/loop.ts';
import { nodeWord } from '../graph/words.ts';
import type { Span } from '../json/document.ts';
import { printHoles } from '../json/holes.ts';

/** One step on the way round a loop, with the place where it is written. */
export interface LoopStep {
  readonly span: Span;
  readonly text: string;
}

/** Every rule that takes the event and every place that publishes the next one, in the order of the way round. */
export function loopSteps({ hops }: Loop): LoopStep[] {
  return hops.flatMap((hop) => [ruleStep(hop), targetStep(hop), ...publishStep(hop)]);
}

function ruleStep({ from, route }: Hop): LoopStep {
  const { filter } = route;
  const span = filter.kind === 'pattern' ? filter.span : route.span;
  return { span, text: `${printHoles(route.name)} takes ${nodeWord(from)}` };
}

function targetStep({ delivery }: Hop): LoopStep {
  const { target, component, bus, via } = delivery;
  const to = component ? printHoles(component.name) : `the bus ${printHoles(bus ?? '')}`;
  const over = via.length === 0 ? '' : ` over ${via.map(({ name }) => printHoles(name)).join(', ')}`;
  return { span: target.span, text: `and gives it to ${to}${over}` };
}

function publishStep({ delivery, emission, to }: Hop): LoopStep[] {
  const span = emission?.evidence.span ?? delivery.component?.span;
  if (!emission || !span) return [];
  const text = `${printHoles(delivery.component?.name ?? '')} publishes ${nodeWord(to)} (${printHoles(emission.evidence.text)})`;
  return [{ span, text }];
}
