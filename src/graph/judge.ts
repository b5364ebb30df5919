import { printHoles } from '../json/holes.ts';
import type { JsonValue } from '../json/value.ts';
import { type EventType, printEventType } from '../model/event-type.ts';
import type { Route, RouteId } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { canonicalText } from '../pattern/print.ts';
import { pathsOf, restrictPattern } from '../pattern/restrict.ts';
import { no, type Reason, unknown, type Verdict } from '../sets/verdict.ts';
import { type KnownEvent, knownEvent, meetsKnown } from './known-event.ts';
import { type Aspect, LayerSight } from './layer-sight.ts';
import { linkOver } from './links.ts';
import type { Hop } from './loop.ts';
import { everyEvent, type Questions, withoutPlaces } from './questions.ts';
import { depthPath, type GraphSettings } from './settings.ts';
import { anything, type EventState, stateKey } from './state.ts';
import type { TrackedField } from './tracked.ts';
import { nodeWord } from './words.ts';

export type Answer =
  | { readonly answer: 'yes' }
  | { readonly answer: 'no' | 'unknown'; readonly reason: Reason };

const YES: Answer = { answer: 'yes' };

/**
 * Answers, for the states of the analysis, whether a route takes the events of a state. Cheap questions are decided
 * by source and detail-type alone; the others go to the oracle, once each.
 */
export class Judge {
  readonly fields: readonly TrackedField[];
  readonly ceiling: number;
  /** How many depths from the ceiling on are told apart; undefined: more would have to be. */
  readonly period: number | undefined;
  private readonly topology: Topology;
  private readonly settings: GraphSettings;
  private readonly questions: Questions;
  /** By what was asked, then by state. */
  private readonly answers = new Map<string, Map<string, Answer>>();
  private readonly refusals = new Map<string, Map<string, Answer | undefined>>();
  private readonly known = new WeakMap<EventState, KnownEvent>();
  private readonly witnesses = new Map<string, JsonValue | undefined>();
  /** Who answers about all rules but one. */
  private readonly before: Judge | undefined;
  private readonly except: RouteId | undefined;
  private readonly layers: LayerSight;
  private readonly links = new WeakMap<Hop, string | undefined>();
  private readonly places: ReadonlyMap<string, number>;

  constructor(
    topology: Topology,
    settings: GraphSettings,
    questions: Questions,
    fields: readonly TrackedField[],
    ceiling: number,
    period: number | undefined,
    before?: Judge,
    except?: RouteId,
  ) {
    this.topology = topology;
    this.settings = settings;
    this.questions = questions;
    this.before = before;
    this.except = except;
    this.fields = fields;
    this.places = new Map(fields.map(({ path }, i) => [path, i]));
    this.layers = new LayerSight(settings);
    this.ceiling = ceiling;
    this.period = period;
  }

  /** A judge of the same system with another filter in one rule: what was answered about the others stays. */
  withAnother(except: RouteId): Judge {
    const { topology, settings, questions, fields, ceiling, period } = this;
    return new Judge(topology, settings, questions, fields, ceiling, period, this, except);
  }

  /** Where a state says what is known of a field (`detail.status`); -1 for fields that are not followed. */
  placeOf(path: string): number {
    return this.places.get(path) ?? -1;
  }

  seenBy(aspect: Aspect, state: EventState): EventState {
    return this.layers.seenBy(aspect, state);
  }

  /** Whether there are events in this state at all, as far as one layer speaks of it. */
  exists(whole: EventState, aspect: Aspect = 'all'): Answer {
    if (this.before) return this.before.exists(whole, aspect);
    if (!this.topology.contractById.has(whole.typeId)) return YES;
    const state = this.layers.seenBy(aspect, whole);
    return this.remember('exists', state, () => this.ask(state, everyEvent));
  }

  /** Whether the route's filter takes some event of the state (its own state and condition are not looked at). */
  takes(route: Route, whole: EventState, aspect: Aspect = 'all'): Answer {
    if (this.before && route.id !== this.except) return this.before.takes(route, whole, aspect);
    const state = this.layers.seenBy(aspect, whole);
    const refused = aspect === 'all' ? this.refusesType(route, state) : undefined;
    if (refused) return refused;
    if (state.type && this.layers.asksNothing(route, aspect)) return this.exists(state);
    return this.remember(aspect === 'all' ? route.id : `${route.id}|${aspect}`, state, () => {
      const filter = this.layers.filterOf(route, aspect);
      switch (filter.kind) {
        case 'everything':
          return YES;
        case 'nothing':
          return no(`${route.name} fires by schedule only`);
        case 'unknown':
          return unknown(`the filter of ${route.name} could not be read: ${filter.why}`);
        case 'pattern':
          return this.takesPattern(filter.pattern, state);
      }
    });
  }

  /**
   * Whether the route refuses every event of a type, whatever its fields hold: most routes refuse most types, and
   * then no state needs to be looked at.
   */
  private refusesType(route: Route, state: EventState): Answer | undefined {
    const { filter } = route;
    const { type } = state;
    if (filter.kind !== 'pattern' || !type) return undefined;
    const byType = this.refusals.get(route.id) ?? new Map<string, Answer | undefined>();
    this.refusals.set(route.id, byType);
    const id = state.typeId;
    if (byType.has(id)) return byType.get(id);
    const fields = state.fields.map(() => anything);
    const known = knownEvent({ ...state, type, fields, depth: anything }, this.fields, this.settings);
    const met = meetsKnown(filter.pattern, known);
    const answer = met.answer === 'no' ? refusal(met.why) : undefined;
    byType.set(id, answer);
    return answer;
  }

  /** The conditions of a pattern on what the state leaves open, as text; empty if there are none. */
  openConditions(pattern: Pattern, state: EventState): string {
    const { type } = state;
    if (!type) return canonicalText(pattern);
    const { decided } = this.knownOf(state, type);
    if ([...pathsOf(pattern)].every((path) => decided.has(path))) return '';
    return canonicalText(restrictPattern(pattern, (path) => !decided.has(path)));
  }

  /** Whether one event of the state matches all of several patterns. */
  takenByAll(patterns: readonly Pattern[], state: EventState): Verdict<JsonValue>['answer'] {
    return this.questions.takenByAll(patterns, state);
  }

  /** Why what a hop always puts into fields that are not followed can never be published, if so. */
  refusesLink(hop: Hop): string | undefined {
    if (this.before) return this.before.refusesLink(hop);
    if (this.links.has(hop)) return this.links.get(hop);
    const link = linkOver(hop, this.fields, this.topology, this.settings);
    const refused = link && this.questions.allows(hop.to, link.schema).answer === 'no';
    const where = refused && link.paths.map((path) => `detail.${path}`).join(' and ');
    const reason = where
      ? `the schema of ${nodeWord(hop.to)} does not allow what ${hop.delivery.component!.name} puts into ${where}`
      : undefined;
    this.links.set(hop, reason);
    return reason;
  }

  /** An event of the state that the route takes, where one was found. */
  witness(route: Route, state: EventState): JsonValue | undefined {
    if (this.before && route.id !== this.except) return this.before.witness(route, state);
    const key = `${route.id}|${stateKey(state)}`;
    if (this.witnesses.has(key)) return this.witnesses.get(key);
    const pattern = route.filter.kind === 'pattern' ? withoutPlaces(route.filter.pattern) : everyEvent;
    const verdict = this.questions.solve(state, pattern, this.questions.suggestions(state));
    const witness = verdict?.answer === 'yes' ? verdict.witness : undefined;
    this.witnesses.set(key, witness);
    return witness;
  }

  /** An event of the state to be shown, with what its fields hold: see {@link Questions.show}. */
  show(...asked: Parameters<Questions['show']>): Verdict<JsonValue> {
    return this.questions.show(...asked);
  }

  private remember(question: string, state: EventState, decide: () => Answer): Answer {
    let byState = this.answers.get(question);
    if (byState === undefined) {
      byState = new Map();
      this.answers.set(question, byState);
    }
    const key = stateKey(state);
    let answer = byState.get(key);
    if (answer === undefined) {
      answer = decide();
      byState.set(key, answer);
    }
    return answer;
  }

  private takesPattern(pattern: Pattern, state: EventState): Answer {
    const { type } = state;
    if (!type) return this.takesUnknownType(pattern);
    const known = this.knownOf(state, type);
    const met = meetsKnown(pattern, known);
    if (met.answer === 'no') return refusal(met.why);
    const rest = this.decideRest(pattern, state, known);
    if (met.answer === 'yes' || rest.answer === 'no') return rest;
    return unknown(
      `whether ${printHoles(printEventType(type))} matches depends on a value that is not known`,
    );
  }

  /** Many rules are asked about one state. */
  private knownOf(state: EventState, type: EventType): KnownEvent {
    const before = this.known.get(state);
    if (before) return before;
    const known = knownEvent({ ...state, type }, this.fields, this.settings);
    this.known.set(state, known);
    return known;
  }

  /** The conditions on what is not known without a schema, given that the others are met. */
  private decideRest(pattern: Pattern, state: EventState, { decided }: KnownEvent): Answer {
    const undecided = this.undecidedField(pattern, state);
    const open = [...pathsOf(pattern)].filter((path) => !decided.has(path));
    const type = printEventType(state.type!);
    if (open.length === 0) return this.exists(state);
    if (!this.topology.contractById.has(type)) {
      return (
        undecided ??
        unknown(`${printHoles(type)} has no schema that says what ${open.join(', ')} can be`, {
          path: open[0]!,
        })
      );
    }
    // Rules that ask the same of events are one question.
    const answer = this.remember(`asks ${textOf(pattern)}`, state, () =>
      this.ask(state, withoutPlaces(pattern)),
    );
    return answer.answer === 'yes' && undecided ? undecided : answer;
  }

  /** A field that the pattern tests and of which the state says too little: any answer but "no" is then a guess. */
  private undecidedField(pattern: Pattern, state: EventState): Answer | undefined {
    const paths = pathsOf(pattern);
    const open = this.fields.filter(({ othersAlike, copied, guard }, i) => {
      const { kind } = state.fields[i]!;
      return (kind === 'any' && (copied || guard)) || (kind === 'other' && !othersAlike);
    });
    const unsure = open.map(({ path }) => path);
    if (state.depth.kind === 'any') unsure.push(depthPath(this.settings));
    const path = unsure.find((each) => paths.has(each));
    return path === undefined ? undefined : unknown(`what is published in ${path} is not known`, { path });
  }

  private takesUnknownType(pattern: Pattern): Answer {
    const onlyServices = pattern.alternatives.every(({ conditions }) => {
      const source = conditions.find(({ path }) => path === 'source');
      return source?.choices.every((choice) => 'value' in choice && String(choice.value).startsWith('aws.'));
    });
    // Nobody but AWS services can publish sources that begin with `aws.` (API reference, PutEventsRequestEntry).
    if (onlyServices)
      return no('it takes only events of AWS services, which no code can publish', { path: 'source' });
    return unknown('which events are published is not known');
  }

  private ask(state: EventState, pattern: Pattern): Answer {
    const verdict = this.questions.solve(state, pattern);
    if (!verdict || verdict.answer === 'yes') return YES;
    return verdict;
  }
}

const texts = new WeakMap<Pattern, string>();

function textOf(pattern: Pattern): string {
  const text = texts.get(pattern) ?? canonicalText(pattern);
  texts.set(pattern, text);
  return text;
}

/** A "no" whose reason is worked out when somebody reads it. */
function refusal(why: () => { readonly path: string; readonly reason: string }): Answer {
  let reason: Reason | undefined;
  return {
    answer: 'no',
    get reason() {
      const { path, reason: text } = why();
      reason ??= { text, path };
      return reason;
    },
  };
}
