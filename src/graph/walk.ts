import type { JsonValue } from '../json/value.ts';
import { inside } from '../model/field-effects.ts';
import type { Aspect } from './layer-sight.ts';
import { type Chain, linkedEvents, needsLinks } from './linked.ts';
import type { Bound, Events, FlowNode, Hop, LoopVerdict, Retried, Stop } from './loop.ts';
import { pass, type WalkContext } from './passage.ts';
import type { Arrivals } from './reach.ts';
import { attemptsAt } from './retries.ts';
import { type EventState, printKnown, stateKey } from './state.ts';

/**
 * Walks events round a candidate loop, from every state in which one may come to any of its event types, until each
 * comes back in the same state or something stops it, and says what the loop is: the worst that happens. `aspect`
 * looks at one layer alone.
 *
 * States are finite (see state.ts) and what becomes of one at a hop is worked out once, so that the work is at most
 * hops × states, whatever the number of starts.
 */
export function judgeLoop(
  hops: readonly Hop[],
  arrive: Arrivals,
  context: WalkContext,
  aspect: Aspect = 'all',
): LoopVerdict {
  const walks = new Walks(hops, context, aspect);
  let round: Round | undefined;
  let deepest: Stopped | undefined;
  let farthest: Stopped | undefined;
  let events = 0;
  let retried: Retried = { runs: 0, all: 0 };
  for (const [first, node] of startsOf(hops)) {
    for (const { state, certain } of arrive(node)) {
      if (context.judge.exists(state, aspect).answer === 'no') continue;
      const outcome = walks.from(first, state);
      if (outcome.kind === 'round') {
        const arises = {
          hop: first,
          layer: 'evidence',
          reason: 'whether such an event ever arises',
        } as const;
        const doubts = certain ? outcome.doubts : [...outcome.doubts, arises];
        if (doubts.length === 0) return { kind: 'endless', events: outcome.events };
        if (!round || doubts.length < round.doubts.length) round = { ...outcome, doubts };
        continue;
      }
      events = Math.max(events, outcome.published);
      retried = most(retried, outcome.retried);
      if (outcome.stop.layer === 'chain depth' && outcome.published > (deepest?.published ?? 0)) {
        deepest = outcome;
      }
      if (outcome.hops > (farthest?.hops ?? -1)) farthest = outcome;
    }
  }
  if (round) return { kind: 'possible', doubts: round.doubts, events: round.events };
  if (deepest) {
    const { stop, depth } = deepest;
    const bound: Bound = { hop: stop.hop, layer: stop.layer, reason: stop.reason, depth, events, retried };
    return { kind: 'bounded', bound };
  }
  const never: Stop = { hop: 0, layer: 'content filter', reason: 'no event of this type can exist' };
  return { kind: 'refuted', stop: farthest?.stop ?? never };
}

/** Where events may come into the loop. */
function startsOf(hops: readonly Hop[]): (readonly [first: number, node: FlowNode])[] {
  return hops.map(({ from }, first) => [first, from] as const);
}

/** It comes back as it was: from here on it goes round for ever, as far as the doubts allow. */
interface Round {
  readonly kind: 'round';
  readonly doubts: readonly Stop[];
  readonly events: Events;
}

interface Stopped {
  readonly kind: 'stopped';
  readonly stop: Stop;
  /** Hops made, and events published on them. */
  readonly hops: number;
  readonly published: number;
  readonly retried: Retried;
  readonly depth: number;
}

const nothing = { kind: 'stopped', hops: 0, published: 0, retried: { runs: 0, all: 0 }, depth: 0 } as const;

type Outcome = Round | Stopped;

interface Visit {
  readonly key: string;
  readonly index: number;
  readonly state: EventState;
  readonly doubts: readonly Stop[];
}

/** What becomes of events on one loop: each state at each hop leads to one other, or stops. */
class Walks {
  private readonly outcomes = new Map<string, Outcome>();
  private readonly hops: readonly Hop[];
  private readonly context: WalkContext;
  private readonly aspect: Aspect;
  /** Whether what is copied has to be looked at before a loop is said to be endless. */
  private readonly linked: boolean;

  constructor(hops: readonly Hop[], context: WalkContext, aspect: Aspect) {
    this.hops = hops;
    this.context = context;
    this.aspect = aspect;
    this.linked = aspect === 'all' && needsLinks(hops, context);
  }

  from(first: number, start: EventState): Outcome {
    const way: Visit[] = [];
    const onWay = new Map<string, number>();
    let index = first;
    let state = start;
    for (;;) {
      const key = `${index}|${stateKey(state)}`;
      const known = this.outcomes.get(key);
      if (known) return this.backAlong(way, known);
      const since = onWay.get(key);
      if (since !== undefined) return this.backAlong(way.slice(0, since), this.round(way.slice(since)));
      const { stop, doubts, next } = pass(index, this.hops[index]!, state, this.context, this.aspect);
      if (stop) {
        const depth = state.depth.kind === 'value' ? state.depth.value : 0;
        const end: Stopped = { ...nothing, stop, depth };
        this.outcomes.set(key, end);
        return this.backAlong(way, end);
      }
      onWay.set(key, way.length);
      way.push({ key, index, state, doubts });
      index = (index + 1) % this.hops.length;
      state = next;
    }
  }

  private round(visits: readonly Visit[]): Outcome {
    // The events of one lap, told from the loop's first hop on; more where what is copied changes places on the way.
    const laps = this.lapsOf(visits);
    const lap = laps.slice(0, this.hops.length);
    let found: { readonly chain: Chain | undefined } | undefined;
    const chain = (): Chain | undefined => {
      found ??= {
        chain: linkedEvents(
          laps.map(({ index }) => this.hops[index]!),
          laps.map(({ state }) => state),
          this.context,
        ),
      };
      return found.chain;
    };
    const doubts = [...distinct(visits.flatMap(({ doubts }) => doubts))];
    if (doubts.length === 0 && this.linked) {
      const unlinked = chain();
      if (unlinked?.answer === 'no') return this.unlinked(unlinked, visits);
      if (unlinked?.answer === 'unknown') doubts.push(doubtOf(unlinked, this.hops.length));
    }
    const round: Round = {
      kind: 'round',
      doubts,
      events: () => {
        const linked = chain();
        return linked?.answer === 'yes'
          ? linked.events.slice(0, lap.length)
          : lap.map((_, i) => this.eventAt(lap, i));
      },
    };
    for (const { key } of visits) this.outcomes.set(key, round);
    return round;
  }

  /** One lap, beginning with the first hop; all of them where the fields of events are not the same on each. */
  private lapsOf(visits: readonly Visit[]): readonly Visit[] {
    const first = visits.findIndex(({ index }) => index === 0);
    const all = [...visits.slice(first), ...visits.slice(0, first)];
    const once = this.hops.length;
    const same = all.every(({ state }, i) => {
      const again = all[(i + once) % all.length]!.state;
      return state.fields.every((field, at) => printKnown(field) === printKnown(again.fields[at]!));
    });
    return same ? all.slice(-once) : all;
  }

  /** What is copied on the way cannot come all the way round. */
  private unlinked(chain: Unlinked, visits: readonly Visit[]): Outcome {
    const where = chain.paths.map((path) => inside('detail', path)).join(' and ');
    const reason = `nothing that is copied in ${where} is allowed all the way round`;
    const stop: Stop = { hop: chain.hop % this.hops.length, layer: 'content filter', reason };
    const end: Stopped = { ...nothing, stop };
    for (const { key } of visits) this.outcomes.set(key, end);
    return end;
  }

  /** What is forwarded is one event all the way: the one that passes the last of these hops passes them all. */
  private eventAt(lap: readonly Visit[], hop: number): JsonValue | undefined {
    let last = hop;
    for (let i = 0; i < lap.length && !this.hops[last]!.emission; i++) last = (last + 1) % lap.length;
    return this.context.judge.witness(this.hops[last]!.route, lap[last]!.state);
  }

  /** What the hops before add to an outcome. */
  private backAlong(way: readonly Visit[], end: Outcome): Outcome {
    let outcome = end;
    for (let i = way.length - 1; i >= 0; i--) {
      const { key, index, doubts } = way[i]!;
      if (outcome.kind === 'round') {
        if (doubts.length > 0) outcome = { ...outcome, doubts: distinct([...doubts, ...outcome.doubts]) };
      } else {
        const hop = this.hops[index]!;
        const count: number = hop.emission?.count ?? 1;
        const own = hop.emission ? 1 : 0;
        const attempts = attemptsAt(hop, this.context);
        outcome = {
          ...outcome,
          hops: outcome.hops + 1,
          published: count * (own + outcome.published),
          retried: {
            runs: attempts.runs * count * (own + outcome.retried.runs),
            all: attempts.all * count * (own + outcome.retried.all),
          },
        };
      }
      this.outcomes.set(key, outcome);
    }
    return outcome;
  }
}

type Unlinked = Exclude<Chain, { readonly answer: 'yes' }>;

function doubtOf({ hop, paths }: Unlinked, hops: number): Stop {
  const where = paths.map((path) => inside('detail', path)).join(' and ');
  return {
    hop: hop % hops,
    layer: 'content filter',
    reason: `whether what is copied in ${where} is allowed all the way round`,
  };
}

function most(a: Retried, b: Retried): Retried {
  return { runs: Math.max(a.runs, b.runs), all: Math.max(a.all, b.all) };
}

function distinct(doubts: readonly Stop[]): readonly Stop[] {
  if (doubts.length === 0) return doubts;
  return [...new Map(doubts.map((doubt) => [`${doubt.hop}|${doubt.reason}`, doubt])).values()];
}
