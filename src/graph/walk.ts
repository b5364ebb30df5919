import { printHoles } from '../json/holes.ts';
import type { Topology } from '../model/topology.ts';
import type { Aspect, Judge } from './judge.ts';
import type { Events, Hop, Layer, LoopVerdict, Stop } from './loop.ts';
import { depthPath, type GraphSettings } from './settings.ts';
import { anything, applyDepth, applyEffect, type EventState, stateKey, value } from './state.ts';
import { effectOn } from './tracked.ts';

/** What a walk round a candidate loop needs to know. */
export interface WalkContext {
  readonly topology: Topology;
  readonly settings: GraphSettings;
  readonly judge: Judge;
}

/**
 * Walks an event round a candidate loop until it comes back in the same state, or something stops it, and says what
 * the loop is: from every given start, the worst that happens. `aspect` looks at one layer alone.
 *
 * States are finite (see state.ts), so every walk ends: at most stages × (ceiling + 1) rounds.
 */
export function judgeLoop(
  hops: readonly Hop[],
  starts: readonly { readonly state: EventState; readonly certain: boolean }[],
  context: WalkContext,
  aspect: Aspect = 'all',
): LoopVerdict {
  let possible: LoopVerdict | undefined;
  let bounded: Extract<LoopVerdict, { kind: 'bounded' }> | undefined;
  let stopped: { readonly stop: Stop; readonly passed: number } | undefined;
  for (const { state: start, certain } of starts) {
    if (context.judge.exists(start).answer === 'no') continue;
    const walk = walkFrom(start, hops, context, aspect);
    if (walk.kind === 'round') {
      if (!certain)
        walk.doubts.push({ hop: 0, layer: 'evidence', reason: 'whether such an event ever arises' });
      if (walk.doubts.length === 0) return { kind: 'endless', events: walk.events };
      if (!possible || walk.doubts.length < (possible as { doubts: readonly Stop[] }).doubts.length) {
        possible = { kind: 'possible', doubts: walk.doubts, events: walk.events };
      }
      continue;
    }
    if (walk.stop.layer === 'chain depth' && walk.passed > 0) {
      const bound = { ...walk.stop, depth: walk.depth, events: walk.passed };
      if (!bounded || bound.events > bounded.bound.events) bounded = { kind: 'bounded', bound };
    } else if (!stopped || walk.passed > stopped.passed) stopped = walk;
  }
  if (possible) return possible;
  if (bounded) return bounded;
  const stop = stopped?.stop ?? {
    hop: 0,
    layer: 'content filter',
    reason: 'no event of this type can exist',
  };
  return { kind: 'refuted', stop };
}

interface Round {
  readonly kind: 'round';
  readonly doubts: Stop[];
  readonly events: Events;
}

interface Stopped {
  readonly kind: 'stopped';
  readonly stop: Stop;
  /** Events published on the way. */
  readonly passed: number;
  readonly depth: number;
}

function walkFrom(
  start: EventState,
  hops: readonly Hop[],
  context: WalkContext,
  aspect: Aspect,
): Round | Stopped {
  let state = start;
  let passed = 0;
  const seen = new Map<string, number>();
  const rounds: { readonly doubts: readonly Stop[]; readonly states: readonly EventState[] }[] = [];
  for (;;) {
    const key = stateKey(state);
    const since = seen.get(key);
    if (since !== undefined) {
      const repeated = rounds.slice(since);
      const doubts = repeated.flatMap((round) => round.doubts);
      const states = repeated[0]!.states;
      return {
        kind: 'round',
        doubts: distinct(doubts),
        events: () => states.map((each, i) => context.judge.witness(hops[i]!.route, each)),
      };
    }
    seen.set(key, rounds.length);
    const doubts: Stop[] = [];
    const states: EventState[] = [];
    for (const [i, hop] of hops.entries()) {
      states.push(state);
      const passage = pass(i, hop, state, context, aspect);
      if (passage.stop) {
        const depth = state.depth.kind === 'value' ? state.depth.value : 0;
        return { kind: 'stopped', stop: passage.stop, passed, depth };
      }
      doubts.push(...passage.doubts);
      if (hop.emission) passed++;
      state = nextState(state, hop, context);
    }
    rounds.push({ doubts, states });
  }
}

function distinct(doubts: readonly Stop[]): Stop[] {
  return [...new Map(doubts.map((doubt) => [`${doubt.hop}|${doubt.reason}`, doubt])).values()];
}

interface Passage {
  readonly stop?: Stop;
  readonly doubts: readonly Stop[];
}

/** Whether an event in this state passes one hop: the rule, the way to the component, the component's own guard. */
function pass(index: number, hop: Hop, state: EventState, context: WalkContext, aspect: Aspect): Passage {
  const doubts: Stop[] = [];
  const stop = (layer: Layer, reason: string): Passage => ({
    stop: { hop: index, layer, reason },
    doubts: [],
  });
  const doubt = (layer: Layer, reason: string): void => {
    doubts.push({ hop: index, layer, reason });
  };
  const { route, delivery, emission } = hop;
  if (aspect === 'all') {
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
    if (emission && emission.probability === 0)
      return stop('evidence', 'it is declared never to be published');
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
    busDoubt(hop, context, (reason) => doubt('evidence', reason));
    if (
      delivery.bus !== undefined &&
      state.forwarded &&
      context.topology.busById.get(delivery.bus)?.kind !== 'v2'
    ) {
      return stop(
        'hop limit',
        `${route.name} would forward it a second time; a Classic bus takes an event from a rule once`,
      );
    }
  }
  const answer = context.judge.takes(route, state, aspect);
  if (answer.answer === 'no') {
    const { judge } = context;
    return {
      doubts: [],
      // Worked out when it is read: most hops that are not taken are never told.
      stop: {
        hop: index,
        get layer() {
          return stoppingLayer(hop, state, judge, aspect);
        },
        get reason() {
          return `${route.name} does not take it: ${answer.reason.text}`;
        },
      },
    };
  }
  if (answer.answer === 'unknown') doubt('content filter', answer.reason.text);
  const guard = delivery.component?.rejectsAtDepth;
  if (guard && emission && (aspect === 'all' || aspect === 'depth')) {
    const depth = state.depth.kind === 'absent' ? value(0) : state.depth;
    const beyond =
      depth.kind === 'value' && guard.depth > context.judge.ceiling && depth.value >= context.judge.ceiling;
    if (depth.kind !== 'value' || beyond) {
      doubt(
        'chain depth',
        `${delivery.component!.name} rejects events at depth ${guard.depth}, but the depth is not known`,
      );
    } else if (depth.value >= guard.depth) {
      return stop(
        'chain depth',
        `${delivery.component!.name} rejects events at depth ${guard.depth} or deeper`,
      );
    }
  }
  return { doubts };
}

function busDoubt(hop: Hop, context: WalkContext, doubt: (reason: string) => void): void {
  const { from, route, emission } = hop;
  if (route.from.kind === 'bus' && route.from.bus !== from.bus) {
    doubt(
      `whether ${printHoles(from.bus)} is the bus ${printHoles(route.from.bus)} of ${route.name} is not known`,
    );
  }
  const many = context.topology.routesFromBus.size > 1;
  const type = emission?.event;
  if (emission && !type) doubt(`what ${hop.delivery.component!.name} publishes is not known`);
  else if (emission && emission.bus === undefined && many && hop.to.type) {
    doubt(
      `to which bus ${hop.delivery.component!.name} publishes ${printHoles(type!.detailType)} is not known`,
    );
  }
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

/** What becomes of an event at one hop, with the reasons. */
export interface Followed {
  /** What stops it there; nothing follows then. */
  readonly stop?: Stop;
  readonly doubts: readonly Stop[];
  /** The state of what is published, or of the event itself on the next bus. */
  readonly next: EventState;
}

/** Follows an event of some state over one hop, for telling why. */
export function follow(hop: Hop, state: EventState, context: WalkContext): Followed {
  return { ...pass(0, hop, state, context, 'all'), next: nextState(state, hop, context) };
}

/** One hop as the analysis of growth needs it: the state it leads to, undefined when something stops it. */
export function step(
  hop: Hop,
  state: EventState,
  context: WalkContext,
): { readonly state: EventState; readonly doubtful: boolean } | undefined {
  const passage = pass(0, hop, state, context, 'all');
  if (passage.stop) return undefined;
  return { state: nextState(state, hop, context), doubtful: passage.doubts.length > 0 };
}

function nextState(state: EventState, hop: Hop, { settings, judge }: WalkContext): EventState {
  const { emission, delivery, to } = hop;
  if (!emission) return { ...state, bus: to.bus, forwarded: true };
  // A target that is given something other than the event cannot copy what it never saw.
  const { shaping } = delivery.target;
  const handsOn = (path: string): boolean =>
    shaping.kind === 'event' || (shaping.kind === 'path' && covers(shaping.path, path));
  return {
    bus: to.bus,
    type: to.type,
    fields: judge.fields.map(({ path }, i) =>
      applyEffect(effectOn(path, emission, settings), handsOn(path) ? state.fields[i]! : anything),
    ),
    depth: applyDepth(emission.depth, handsOn(depthPath(settings)) ? state.depth : anything, judge.ceiling),
    forwarded: false,
  };
}

/** `$.detail` hands the fields of detail on. */
function covers(path: string, field: string): boolean {
  return path === '$' || `$.${field}`.startsWith(`${path}.`);
}
