import { printHoles } from '../json/holes.ts';
import { isObject, type JsonValue } from '../json/value.ts';
import { exampleEvent } from '../model/envelope.ts';
import { type EventType, printEventType } from '../model/event-type.ts';
import type { Filter, Route } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import { holesClosed, holesOpened } from '../pattern/open-holes.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { pathsOf, restrictPattern } from '../pattern/restrict.ts';
import { no, type Reason, unknown, type Verdict, yes } from '../sets/verdict.ts';
import { narrowingOf } from './event-schema.ts';
import { type KnownEvent, knownEvent, meetsKnown } from './known-event.ts';
import type { Oracle } from './oracle.ts';
import { depthPath, type GraphSettings, stagePath } from './settings.ts';
import { anything, type EventState, stateKey } from './state.ts';
import type { TrackedField } from './tracked.ts';

/** Which guards a question takes into account: all of them, or one layer alone. */
export type Aspect = 'all' | 'source' | 'stage' | 'depth' | 'content';

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
  private readonly topology: Topology;
  private readonly settings: GraphSettings;
  private readonly oracle: Oracle;
  /** By what was asked, then by state. */
  private readonly answers = new Map<string, Map<string, Answer>>();
  private readonly refusals = new Map<string, Map<string, Answer | undefined>>();
  private readonly witnesses = new Map<string, JsonValue | undefined>();
  private readonly filters = new Map<string, Filter>();

  constructor(
    topology: Topology,
    settings: GraphSettings,
    oracle: Oracle,
    fields: readonly TrackedField[],
    ceiling: number,
  ) {
    this.topology = topology;
    this.settings = settings;
    this.oracle = oracle;
    this.fields = fields;
    this.ceiling = ceiling;
  }

  /** Whether there are events in this state at all. */
  exists(state: EventState): Answer {
    const contract = state.type && this.topology.contractById.get(printEventType(state.type));
    if (!contract) return YES;
    return this.remember('exists', state, () => this.ask(state, everyEvent));
  }

  /** Whether the route's filter takes some event of the state (its own state and condition are not looked at). */
  takes(route: Route, state: EventState, aspect: Aspect = 'all'): Answer {
    const refused = aspect === 'all' ? this.refusesType(route, state) : undefined;
    if (refused) return refused;
    return this.remember(aspect === 'all' ? route.id : `${route.id}|${aspect}`, state, () => {
      const filter = this.restricted(route, aspect);
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
    const id = printEventType(type);
    if (byType.has(id)) return byType.get(id);
    const fields = state.fields.map(() => anything);
    const known = knownEvent({ ...state, type, fields, depth: anything }, this.fields, this.settings);
    const met = meetsKnown(filter.pattern, known);
    const answer = met.answer === 'no' ? refusal(met.why) : undefined;
    byType.set(id, answer);
    return answer;
  }

  /** An event of the state that the route takes, where one was found. */
  witness(route: Route, state: EventState): JsonValue | undefined {
    const key = `${route.id}|${stateKey(state)}`;
    if (this.witnesses.has(key)) return this.witnesses.get(key);
    const pattern = route.filter.kind === 'pattern' ? withoutPlaces(route.filter.pattern) : everyEvent;
    const verdict = this.solve(state, pattern, this.suggestions(state));
    const witness = verdict?.answer === 'yes' ? verdict.witness : undefined;
    this.witnesses.set(key, witness);
    return witness;
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
    const known = knownEvent({ ...state, type }, this.fields, this.settings);
    const met = meetsKnown(pattern, known);
    if (met.answer === 'no') return refusal(met.why);
    const rest = this.decideRest(pattern, state, known);
    if (met.answer === 'yes' || rest.answer === 'no') return rest;
    return unknown(
      `whether ${printHoles(printEventType(type))} matches depends on a value that is not known`,
    );
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
    const answer = this.ask(state, withoutPlaces(pattern));
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
    const verdict = this.solve(state, pattern);
    if (!verdict || verdict.answer === 'yes') return YES;
    return verdict;
  }

  private solve(
    state: EventState,
    pattern: Pattern,
    suggestions?: readonly JsonValue[],
  ): Verdict<JsonValue> | undefined {
    const contract = state.type && this.topology.contractById.get(printEventType(state.type));
    if (!contract) return state.type ? yes(this.bareEvent({ ...state, type: state.type })) : undefined;
    const narrowed = narrowingOf(state, this.fields, depthPath(this.settings), this.ceiling);
    const open = holesOpened(pattern);
    if (open === undefined) return this.oracle.ask(contract, narrowed, pattern, suggestions);
    const asWritten = this.oracle.ask(contract, narrowed, holesClosed(pattern, false), suggestions);
    if (asWritten.answer === 'yes') return asWritten;
    // What a hole may hold is not known: only an answer that holds for every filling is certain.
    const widest = this.oracle.ask(contract, narrowed, open);
    if (widest.answer === 'no') return widest;
    return unknown('the pattern holds a value that is not known before deployment');
  }

  /** The contract's own examples, with what the state says put in: the most telling events there are. */
  private suggestions(state: EventState): readonly JsonValue[] {
    const contract = state.type && this.topology.contractById.get(printEventType(state.type));
    if (!contract) return [];
    const known = this.fields.map(({ path }, i) => [path, state.fields[i]!] as const);
    const fields = [...known, [depthPath(this.settings), state.depth] as const];
    return contract.examples.filter(isObject).map((example) => {
      const detail: Record<string, JsonValue> = { ...example };
      for (const [path, { kind, ...rest }] of fields) {
        if (kind === 'value' && 'value' in rest)
          detail[path.slice('detail.'.length)] = rest.value as JsonValue;
      }
      return exampleEvent(contract.type, detail);
    });
  }

  /** The event as far as it is known when there is no schema. */
  private bareEvent(state: EventState & { readonly type: EventType }): JsonValue {
    const { source, 'detail-type': detailType, detail } = knownEvent(state, this.fields, this.settings).event;
    return { source: source!, 'detail-type': detailType!, detail: detail! };
  }

  private restricted(route: Route, aspect: Aspect): Filter {
    if (aspect === 'all' || route.filter.kind !== 'pattern') return route.filter;
    const key = `${route.id}|${aspect}`;
    const known = this.filters.get(key);
    if (known) return known;
    const pattern = restrictPattern(route.filter.pattern, (path) => this.aspectOf(path) === aspect);
    const filter: Filter = { ...route.filter, pattern };
    this.filters.set(key, filter);
    return filter;
  }

  /** The layer a condition on this path belongs to. */
  private aspectOf(path: string): Aspect {
    if (path === 'source' || path === 'detail-type') return 'source';
    if (path === stagePath(this.settings)) return 'stage';
    return path === depthPath(this.settings) ? 'depth' : 'content';
  }
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

/** A pattern with one alternative and no conditions: what a rule would be that takes everything. */
const everyEvent: Pattern = {
  alternatives: [{ conditions: [] }],
  span: { document: { path: '', text: '' }, start: 0, end: 0 },
};

/**
 * Conditions on account and Region that hold a hole are about the deployment's own: they were decided, and no schema
 * can know them.
 */
function withoutPlaces(pattern: Pattern): Pattern {
  return holesOpened(pattern) === undefined
    ? pattern
    : restrictPattern(pattern, (path) => path !== 'account' && path !== 'region');
}
