import type { LoopAnalysis } from '../../graph/analyze.ts';
import { deliveriesOf } from '../../graph/deliveries.ts';
import { hopsOver, nodeKey, publishedTo, routesOn } from '../../graph/hops.ts';
import type { FlowNode } from '../../graph/loop.ts';
import { fateAtRule } from '../../graph/meeting.ts';
import { entryStates } from '../../graph/reach.ts';
import type { Route } from '../../model/route.ts';
import { drawLoop } from './loop-picture.ts';
import { componentPart, eventPart, passage, publication, rulePart } from './parts.ts';
import { type Certainty, type Picture, PictureBuilder } from './picture.ts';

/**
 * The whole event-flow graph: every event type that is known, every rule, what receives it, what is published then;
 * loops on top, so that their edges keep the worst verdict. The work is event types × rules of their bus.
 */
export function flowPicture(analysis: LoopAnalysis): Picture {
  const builder = new PictureBuilder();
  drawLoops(analysis, builder);
  for (const node of analysis.flow.nodes.values()) drawEvent(node, analysis, builder);
  drawRules(analysis, builder);
  drawEntries(analysis, builder);
  return builder.build();
}

/** The loops alone, those included that something stops. */
export function loopsPicture(analysis: LoopAnalysis): Picture {
  const builder = new PictureBuilder();
  drawLoops(analysis, builder);
  return builder.build();
}

function drawLoops({ groups, near }: LoopAnalysis, builder: PictureBuilder): void {
  for (const loop of [...groups.flatMap(({ loops }) => loops), ...near]) drawLoop(loop, builder);
}

/** An event type, and the rules that its source and detail-type lead to. */
function drawEvent(node: FlowNode, analysis: LoopAnalysis, builder: PictureBuilder): void {
  const event = builder.node(eventPart(node));
  const { topology } = analysis.context;
  const states = entryStates(node, true, analysis.context);
  for (const route of analysis.flow.routes.get(nodeKey(node)) ?? routesOn(topology, node.bus)) {
    const fate = fateAtRule(route, node, states, analysis);
    if (fate.answer === 'no' && fate.layer === 'source differentiation') continue;
    const rule = builder.node(rulePart(route));
    const certainty: Certainty = fate.answer === 'no' ? 'never' : fate.answer === 'yes' ? 'sure' : 'perhaps';
    const label =
      fate.answer === 'no' ? `stopped: ${fate.layer}` : fate.answer === 'perhaps' ? 'not known' : undefined;
    builder.edge({ from: event, to: rule, certainty, ...(label === undefined ? {} : { label }) });
    if (fate.answer !== 'no') drawConsequences(route, node, analysis, builder);
  }
}

function drawConsequences(
  route: Route,
  node: FlowNode,
  { context }: LoopAnalysis,
  builder: PictureBuilder,
): void {
  for (const delivery of deliveriesOf(route, context.topology)) {
    for (const { to, emission } of hopsOver(node, route, delivery, context.topology)) {
      const next = builder.node(eventPart(to));
      if (emission && delivery.component) {
        const component = builder.node(componentPart(delivery.component));
        builder.edge({ from: component, to: next, ...publication(emission) });
      } else {
        builder.edge({
          from: `rule|${route.id}`,
          to: next,
          certainty: 'sure',
          label: 'forwards',
        });
      }
    }
  }
}

/** Every rule with what receives its events, whether or not anybody here publishes such events. */
function drawRules({ context, flow }: LoopAnalysis, builder: PictureBuilder): void {
  const { topology } = context;
  const forwards = new Set(flow.hops.flatMap(({ route, emission }) => (emission ? [] : [route.id])));
  for (const route of topology.routes) {
    if (route.from.kind === 'component') continue;
    const deliveries = deliveriesOf(route, topology);
    const publishes = deliveries.some(
      ({ component, bus }) => bus !== undefined || topology.emissionsOf.has(component?.id ?? ''),
    );
    // What comes from outside is of interest where events come of it.
    if (route.from.kind === 'outside' && !publishes) continue;
    const rule = builder.node(rulePart(route));
    for (const { component, bus, via, doubt } of deliveries) {
      if (!component) {
        // An event on the other bus is drawn where one is known; otherwise it is some event.
        if (bus === undefined || forwards.has(route.id)) continue;
        const next = builder.node(eventPart({ bus, type: undefined }));
        builder.edge({ from: rule, to: next, certainty: 'perhaps', label: 'forwards' });
        continue;
      }
      // Behind the target itself only those are of interest who publish again.
      if (via.length > 0 && !topology.emissionsOf.has(component.id)) continue;
      const to = builder.node(componentPart(component));
      builder.edge({ from: rule, to, ...passage(via, doubt) });
    }
  }
}

/** What is published without an event having arrived. */
function drawEntries({ context }: LoopAnalysis, builder: PictureBuilder): void {
  const { topology } = context;
  for (const emission of topology.emissions) {
    const component = topology.componentById.get(emission.component);
    if (!emission.entry || !component) continue;
    for (const node of publishedTo(emission, topology)) {
      const from = builder.node(componentPart(component));
      builder.edge({ from, to: builder.node(eventPart(node)), ...publication(emission) });
    }
  }
}
