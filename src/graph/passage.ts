import { printHoles } from '../json/holes.ts';
import type { Route } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import { handsOn } from './handed-on.ts';
import type { Judge } from './judge.ts';
import type { Aspect } from './layer-sight.ts';
import type { Hop, Layer, Stop } from './loop.ts';
import { depthPath, type GraphSettings } from './settings.ts';
import { anything, applyDepth, applyEffect, EventState, type Forwarded, value } from './state.ts';
import { effectOn, sourcePath } from './tracked.ts';
import { nodeWord } from './words.ts';

/** What it takes to follow an event. */
export interface WalkContext {
  readonly topology: Topology;
  readonly settings: GraphSettings;
  readonly judge: Judge;
}

/** What becomes of an event at one hop, with the reasons. */
export type Passage =
  /** Something stops it there; nothing follows then. */
  | { readonly stop: Stop; readonly doubts?: undefined; readonly next?: undefined }
  /** It passes, as far as there are no doubts. `next`: the state of what is published, or of the event itself on the next bus. */
  | { readonly stop?: undefined; readonly doubts: readonly Stop[]; readonly next: EventState };

const certainly: readonly Stop[] = [];

/**
 * Whether an event in this state passes one hop: the rule, the way to the component, the component's own guard, and
 * whether what is published then can exist. `index` is the number of the hop in what is told; `aspect` looks at one
 * layer alone.
 */
export function pass(
  index: number,
  hop: Hop,
  state: EventState,
  context: WalkContext,
  aspect: Aspect = 'all',
): Passage {
  const doubts: Stop[] = [];
  const doubt = (layer: Layer, reason: string): void => {
    doubts.push({ hop: index, layer, reason });
  };
  const stop =
    (aspect === 'all' ? stopOnTheWay(index, hop, state, context, doubt) : undefined) ??
    stopAtFilter(index, hop, state, context, aspect, doubt) ??
    stopAtGuard(index, hop, state, context, aspect, doubt);
  if (stop) return { stop };
  const next = nextState(state, hop, context);
  const refused =
    stopBySchema(index, hop, next, context, aspect) ??
    (aspect === 'all' ? stopByLink(index, hop, context) : undefined);
  if (refused) return { stop: refused };
  const { ceiling, period } = context.judge;
  if (period === undefined && next.depth.kind === 'value' && next.depth.value >= ceiling)
    doubt('chain depth', 'schemas allow multiples of the depth alone, too large ones to be followed');
  return { doubts: doubts.length === 0 ? certainly : doubts, next };
}

type Doubt = (layer: Layer, reason: string) => void;

/** States, conditions, evidence and the hop limit: what no pattern speaks of. */
function stopOnTheWay(
  index: number,
  { from, route, delivery, emission, to }: Hop,
  state: EventState,
  context: WalkContext,
  doubt: Doubt,
): Stop | undefined {
  const stop = (layer: Layer, reason: string): Stop => ({ hop: index, layer, reason });
  if (route.state === 'disabled') return stop('disabled rule', `${route.name} is disabled`);
  if (route.state === 'unknown') doubt('disabled rule', `whether ${route.name} is enabled is not known`);
  for (const { condition, name } of [
    route,
    ...delivery.via,
    ...(delivery.component ? [delivery.component] : []),
  ]) {
    if (condition && condition.holds !== true) {
      doubt('condition', `${name} exists only where the condition ${condition.name} holds`);
    }
  }
  if (delivery.doubt) doubt('content filter', delivery.doubt);
  if (emission && (emission.probability === 0 || emission.count === 0)) {
    return stop('evidence', 'it is declared never to be published');
  }
  if (emission?.conditional) {
    const { name } = delivery.component!;
    const allowed = emission.evidence.kind === 'iam' || emission.evidence.kind === 'unknown';
    doubt(
      'evidence',
      allowed
        ? `whether ${name} publishes it: its role allows it, and nothing says that it does`
        : `${name} publishes it only under a condition in its code`,
    );
  }
  if (route.from.kind === 'bus' && route.from.bus !== from.bus) {
    doubt(
      'evidence',
      `whether ${printHoles(from.bus)} is the bus ${printHoles(route.from.bus)} of ${route.name} is not known`,
    );
  }
  if (emission && !emission.event) {
    doubt('evidence', `what ${delivery.component!.name} publishes is not known`);
  } else if (emission?.bus === undefined && emission && context.topology.routesFromBus.size > 1 && to.type) {
    doubt('evidence', `to which bus ${delivery.component!.name} publishes ${nodeWord(to)} is not known`);
  }
  if (delivery.bus === undefined || isV2(delivery.bus, context) || route.kind === 'subscriber')
    return undefined;
  if (state.forwarded === 'once') {
    return stop(
      'hop limit',
      `${route.name} would forward it a second time; a Classic bus takes an event from a rule once`,
    );
  }
  if (state.forwarded === 'over-v2') {
    doubt(
      'hop limit',
      `whether ${route.name} may forward an event that came over a V2 bus: AWS documents no answer`,
    );
  }
  return undefined;
}

function stopAtFilter(
  index: number,
  hop: Hop,
  state: EventState,
  { judge }: WalkContext,
  aspect: Aspect,
  doubt: Doubt,
): Stop | undefined {
  const answer = judge.takes(hop.route, state, aspect);
  if (answer.answer === 'no') {
    return {
      hop: index,
      // Worked out when it is read: most hops that are not taken are never told.
      get layer() {
        return stoppingLayer(hop, state, judge, aspect);
      },
      get reason() {
        return `${hop.route.name} does not take it: ${answer.reason.text}`;
      },
    };
  }
  if (answer.answer === 'unknown') doubt('content filter', answer.reason.text);
  return undefined;
}

/** Which layer keeps a rule from taking an event: the first that does so alone. */
function stoppingLayer(hop: Hop, state: EventState, judge: Judge, aspect: Aspect): Layer {
  const aspects = [
    ['source', 'source differentiation'],
    ['stage', 'processing stage'],
    ['depth', 'chain depth'],
  ] as const;
  for (const [each, layer] of aspects) {
    if (aspect !== 'all' && aspect !== each) continue;
    if (judge.takes(hop.route, state, each).answer === 'no') return layer;
  }
  return 'content filter';
}

function stopAtGuard(
  index: number,
  { delivery, emission }: Hop,
  state: EventState,
  { judge }: WalkContext,
  aspect: Aspect,
  doubt: Doubt,
): Stop | undefined {
  const guard = delivery.component?.rejectsAtDepth;
  if (!guard || !emission || (aspect !== 'all' && aspect !== 'depth')) return undefined;
  const { name } = delivery.component!;
  const depth = state.depth.kind === 'absent' ? value(0) : state.depth;
  const beyond = depth.kind === 'value' && guard.depth > judge.ceiling && depth.value >= judge.ceiling;
  if (depth.kind !== 'value' || beyond) {
    doubt('chain depth', `${name} rejects events at depth ${guard.depth}, but the depth is not known`);
    return undefined;
  }
  if (depth.value < guard.depth) return undefined;
  return {
    hop: index,
    layer: 'chain depth',
    reason: `${name} rejects events at depth ${guard.depth} or deeper`,
  };
}

/** A schema that allows no event of the state that would follow: nobody publishes what breaks its contract. */
function stopBySchema(
  index: number,
  { to }: Hop,
  next: EventState,
  { judge, settings }: WalkContext,
  aspect: Aspect,
): Stop | undefined {
  if (aspect === 'source' || judge.exists(next, aspect).answer !== 'no') return undefined;
  const { stageField, depthField } = settings;
  const open = (fields: boolean): EventState =>
    new EventState({
      ...next,
      depth: anything,
      fields: fields ? [anything, ...next.fields.slice(1)] : next.fields,
    });
  const layerOf = (): Layer => {
    if (judge.exists(open(false), aspect).answer !== 'no') return 'chain depth';
    return judge.exists(open(true), aspect).answer !== 'no' ? 'processing stage' : 'content filter';
  };
  return {
    hop: index,
    get layer() {
      return layerOf();
    },
    get reason() {
      const layer = layerOf();
      const what =
        layer === 'chain depth'
          ? `such a ${depthField}`
          : layer === 'processing stage'
            ? `such a ${stageField}`
            : 'what is published';
      return `the schema of ${nodeWord(to)} does not allow ${what}`;
    },
  };
}

/** A schema that refuses what is always published in fields that the state does not follow: one value, or what was received. */
function stopByLink(index: number, hop: Hop, context: WalkContext): Stop | undefined {
  if (!hop.emission?.fields) return undefined;
  const reason = context.judge.refusesLink(hop);
  return reason === undefined ? undefined : { hop: index, layer: 'content filter', reason };
}

/** One hop as the analysis of growth needs it: the state it leads to, undefined when something stops it. */
export function step(
  hop: Hop,
  state: EventState,
  context: WalkContext,
): { readonly state: EventState; readonly doubtful: boolean } | undefined {
  const { stop, doubts, next } = pass(0, hop, state, context);
  return stop ? undefined : { state: next, doubtful: doubts.length > 0 };
}

function nextState(state: EventState, hop: Hop, context: WalkContext): EventState {
  const { emission, delivery, to } = hop;
  if (!emission)
    return new EventState({
      ...state,
      bus: to.bus,
      forwarded: forwardedBy(hop, state, context),
      passed: passedBy(hop, state, context),
    });
  const { settings, judge } = context;
  const given = (path: string): boolean => handsOn(delivery.target, path);
  return new EventState({
    bus: to.bus,
    type: to.type,
    fields: judge.fields.map(({ path }) => {
      const effect = effectOn(path, emission, settings);
      if (effect.kind !== 'copy') return applyEffect(effect, anything);
      const source = sourcePath(effect, path);
      return given(source) ? (state.fields[judge.placeOf(source)] ?? anything) : anything;
    }),
    depth: applyDepth(
      emission.depth,
      given(depthPath(settings)) ? state.depth : anything,
      judge.ceiling,
      judge.period,
    ),
    forwarded: 'never',
  });
}

/**
 * What the next bus may know of how the event came. A rule forwards between Classic buses once (UG eb-bus-to-bus);
 * on a V2 bus events arrive as new ones (UG eb-custom-bus-target-bus), and what counts then is not documented.
 */
function forwardedBy({ from, to, route }: Hop, { forwarded }: EventState, context: WalkContext): Forwarded {
  const classic = route.kind !== 'subscriber' && !isV2(from.bus, context) && !isV2(to.bus, context);
  return classic && forwarded === 'never' ? 'once' : 'over-v2';
}

/** The rules that took this very event, as far as they asked for something that the state does not say. */
function passedBy({ route }: Hop, state: EventState, { judge }: WalkContext): readonly Route[] {
  const { filter } = route;
  if (filter.kind !== 'pattern' || state.passed.includes(route)) return state.passed;
  if (judge.openConditions(filter.pattern, state) === '') return state.passed;
  return [...state.passed, route];
}

export function isV2(bus: string, { topology }: WalkContext): boolean {
  return topology.busById.get(bus)?.kind === 'v2';
}
