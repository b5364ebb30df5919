import type { Aspect } from '../../src/graph/layer-sight.ts';
import type { Layer, Loop } from '../../src/graph/loop.ts';
import { printEventType } from '../../src/model/event-type.ts';
import { type Topology, topologyOf } from '../../src/model/topology.ts';
import { restrictPattern } from '../../src/pattern/restrict.ts';
import { entriesOf, wayOf } from './agreement.ts';
import { type ConcreteEvent, Interpreter, typeOf } from './interpreter.ts';

type Alone = Exclude<Aspect, 'all'>;

function isType(path: string): boolean {
  return path === 'source' || path === 'detail-type';
}

/** Which conditions of a pattern belong to each layer, and which fields of `detail` it looks at. */
const layers: readonly (readonly [aspect: Alone, layer: Layer, asks: (path: string) => boolean])[] = [
  ['source', 'source differentiation', isType],
  ['stage', 'processing stage', (path) => path === 'detail.processing_stage'],
  ['depth', 'chain depth', (path) => path === 'detail._chain_depth'],
  ['content', 'content filter', (path) => path === 'detail.kind'],
];

/** The system with the guards of one layer and no others: no other conditions, no disabled rules, nothing that is never published. */
function withOnly(topology: Topology, aspect: Alone, asks: (path: string) => boolean): Topology {
  return topologyOf({
    ...topology,
    routes: topology.routes.map((route) =>
      route.filter.kind === 'pattern'
        ? {
            ...route,
            state: 'enabled' as const,
            filter: { ...route.filter, pattern: restrictPattern(route.filter.pattern, asks) },
          }
        : route,
    ),
    components: topology.components.map(({ rejectsAtDepth, ...component }) => ({
      ...component,
      ...(aspect === 'depth' && rejectsAtDepth ? { rejectsAtDepth } : {}),
    })),
    emissions: topology.emissions.map((emission) => ({ ...emission, count: 1, probability: 1 })),
  });
}

/** Where the layers that are said to stop a candidate are others than those at which events stop when the layer is alone. */
export function layerDisagreements(
  topology: Topology,
  loops: readonly Loop[],
  whole: Interpreter,
  deepest: number,
): string[] {
  if (loops.length === 0) return [];
  const entries = entriesOf(topology, whole);
  return layers.flatMap(([aspect, layer, asks]) => {
    const interpreter = new Interpreter(withOnly(topology, aspect, asks), deepest, aspect);
    // Which rules may take which event types is what makes a candidate, whatever the layer.
    const candidates = withOnly(topology, aspect, (path) => asks(path) || isType(path));
    const all = byPlace(new Interpreter(candidates, deepest, aspect).allThatFollows(entries));
    return loops.flatMap((loop) => {
      const way = wayOf(loop.hops);
      const endless = loop.hops.some(({ from }, first) => {
        const turned = [...way.slice(first), ...way.slice(0, first)];
        const events = all.get(`${from.bus}|${printEventType(from.type!)}`) ?? [];
        return events.some((event) => interpreter.goesRound(event, turned).endless);
      });
      const told = loop.layers.find((each) => each.layer === layer)!;
      return told.stops === !endless
        ? []
        : [
            `${loop.id}: ${layer} alone ${endless ? 'does not stop' : 'stops'} it, but is told ${told.verdict}`,
          ];
    });
  });
}

function byPlace(events: readonly ConcreteEvent[]): Map<string, ConcreteEvent[]> {
  const found = new Map<string, ConcreteEvent[]>();
  for (const event of events) {
    const key = `${event.bus}|${typeOf(event)}`;
    const list = found.get(key);
    if (list) list.push(event);
    else found.set(key, [event]);
  }
  return found;
}
