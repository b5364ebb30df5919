import type { Hop, Loop } from '../../graph/loop.ts';
import { componentPart, eventPart, passage, publication, rulePart } from './parts.ts';
import { type Certainty, type Picture, PictureBuilder } from './picture.ts';

/** One loop alone: its events, rules and components, and where it is stopped if it is. */
export function loopPicture(loop: Loop): Picture {
  const builder = new PictureBuilder();
  drawLoop(loop, builder);
  return builder.build();
}

/** Adds a loop to a picture. */
export function drawLoop(loop: Loop, builder: PictureBuilder): void {
  for (const [i, hop] of loop.hops.entries()) drawHop(loop, hop, i, builder);
}

function drawHop({ verdict }: Loop, hop: Hop, index: number, builder: PictureBuilder): void {
  const loop = verdict.kind;
  const { from, to, route, delivery, emission } = hop;
  const event = builder.node(eventPart(from, loop));
  const rule = builder.node(rulePart(route, loop));
  builder.edge({ from: event, to: rule, loop, ...taken(verdict, index) });
  const next = builder.node(eventPart(to, loop));
  if (!delivery.component) {
    builder.edge({ from: rule, to: next, loop, certainty: 'sure', label: 'forwards' });
    return;
  }
  const component = builder.node(componentPart(delivery.component, loop));
  builder.edge({ from: rule, to: component, loop, ...passage(delivery.via, delivery.doubt) });
  if (emission) builder.edge({ from: component, to: next, loop, ...publication(emission) });
}

function taken(verdict: Loop['verdict'], index: number): { certainty: Certainty; label?: string } {
  switch (verdict.kind) {
    case 'endless':
      return { certainty: 'sure', label: 'endless' };
    case 'possible':
      return verdict.doubts.some(({ hop }) => hop === index)
        ? { certainty: 'perhaps', label: 'not known' }
        : { certainty: 'sure' };
    case 'bounded':
      return verdict.bound.hop === index
        ? { certainty: 'sure', label: `until depth ${verdict.bound.depth}` }
        : { certainty: 'sure' };
    case 'refuted':
      return verdict.stop.hop === index
        ? { certainty: 'never', label: `loop stopped: ${verdict.stop.layer}` }
        : { certainty: 'sure' };
  }
}
