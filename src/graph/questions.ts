import { withField } from '../json/fields.ts';
import { isObject, type JsonValue } from '../json/value.ts';
import { exampleEvent } from '../model/envelope.ts';
import { type EventType, printEventType } from '../model/event-type.ts';
import { namesOf } from '../model/field-effects.ts';
import type { Topology } from '../model/topology.ts';
import { holesClosed, holesOpened } from '../pattern/open-holes.ts';
import type { Pattern } from '../pattern/pattern.ts';
import { restrictPattern } from '../pattern/restrict.ts';
import { unknown, type Verdict, yes } from '../sets/verdict.ts';
import { narrowingOf } from './event-schema.ts';
import { knownEvent } from './known-event.ts';
import type { FlowNode } from './loop.ts';
import type { Oracle } from './oracle.ts';
import { depthPath, type GraphSettings } from './settings.ts';
import type { EventState } from './state.ts';
import type { TrackedField } from './tracked.ts';

/** Puts to the oracle what the analysis asks about the events of a state. */
export class Questions {
  private readonly topology: Topology;
  private readonly settings: GraphSettings;
  private readonly oracle: Oracle;
  private readonly fields: readonly TrackedField[];
  private readonly ceiling: number;
  private readonly period: number | undefined;
  private readonly narrowings = new Map<string, JsonValue>();
  private readonly allowed = new Map<string, Verdict<JsonValue>>();

  constructor(
    topology: Topology,
    settings: GraphSettings,
    oracle: Oracle,
    fields: readonly TrackedField[],
    ceiling: number,
    period: number | undefined,
  ) {
    this.topology = topology;
    this.settings = settings;
    this.oracle = oracle;
    this.fields = fields;
    this.ceiling = ceiling;
    this.period = period;
  }

  /** Whether one event of the state matches all of several patterns. */
  takenByAll(patterns: readonly Pattern[], state: EventState): Verdict<JsonValue>['answer'] {
    const contract = this.topology.contractById.get(state.typeId);
    if (!contract || patterns.some((pattern) => holesOpened(pattern) !== undefined)) return 'unknown';
    const narrowed = this.narrowed(state);
    return this.oracle.askAll(contract, narrowed, [...patterns, ...passedPatterns(state)]).answer;
  }

  /** Whether some event of the state matches a pattern; undefined for an event of some type. */
  solve(
    state: EventState,
    pattern: Pattern,
    suggestions?: readonly JsonValue[],
  ): Verdict<JsonValue> | undefined {
    const contract = state.type && this.topology.contractById.get(state.typeId);
    if (!contract) return state.type ? yes(this.bareEvent({ ...state, type: state.type })) : undefined;
    const narrowed = this.narrowed(state);
    const open = holesOpened(pattern);
    const passed = passedPatterns(state);
    if (passed.length > 0) {
      const patterns = [...passed, pattern];
      const answer = this.oracle.askAll(
        contract,
        narrowed,
        patterns.map((each) => holesOpened(each) ?? each),
      );
      const holes = patterns.some((each) => holesOpened(each) !== undefined);
      return holes && answer.answer === 'yes'
        ? unknown('a pattern holds a value that is not known before deployment')
        : answer;
    }
    if (open === undefined) return this.oracle.ask(contract, narrowed, pattern, suggestions);
    const asWritten = this.oracle.ask(contract, narrowed, holesClosed(pattern, false), suggestions);
    if (asWritten.answer === 'yes') return asWritten;
    // What a hole may hold is not known: only an answer that holds for every filling is certain.
    const widest = this.oracle.ask(contract, narrowed, open);
    if (widest.answer === 'no') return widest;
    return unknown('the pattern holds a value that is not known before deployment');
  }

  /** Whether some event of a type obeys a schema besides its own; without a schema of its own any may. */
  allows({ type }: FlowNode, besides: JsonValue): Verdict<JsonValue> {
    const contract = type && this.topology.contractById.get(printEventType(type));
    if (!contract) return unknown('it has no schema');
    const key = `${contract.id}|${JSON.stringify(besides)}`;
    const answer = this.allowed.get(key) ?? this.oracle.ask(contract, besides, everyEvent);
    this.allowed.set(key, answer);
    return answer;
  }

  /**
   * An event of the state that obeys a schema besides and matches all of several patterns, to be shown. `holding`: what
   * its fields of `detail` are known to hold, by path.
   */
  show(
    state: EventState,
    besides: readonly JsonValue[],
    patterns: readonly Pattern[],
    holding: ReadonlyMap<string, JsonValue | undefined>,
  ): Verdict<JsonValue> {
    if (!state.type) return unknown('its type is not known');
    const contract = this.topology.contractById.get(state.typeId);
    if (!contract) return yes(putInto(this.bareEvent({ ...state, type: state.type }), holding));
    const narrowed = { allOf: [this.narrowed(state), ...besides] };
    const closed = patterns.map((pattern) => holesClosed(withoutPlaces(pattern), false));
    if (closed.length !== 1) return this.oracle.askAll(contract, narrowed, [everyEvent, ...closed], true);
    const suggested = this.suggestions(state).map((event) => putInto(event, holding));
    return this.oracle.ask(contract, narrowed, closed[0]!, suggested);
  }

  /** The contract's own examples, with what the state says put in: the most telling events there are. */
  suggestions(state: EventState): readonly JsonValue[] {
    const contract = state.type && this.topology.contractById.get(state.typeId);
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

  /** What the events of a state obey besides their schema: one object for states that say the same. */
  private narrowed(state: EventState): JsonValue {
    const known = this.narrowings.get(state.known);
    if (known !== undefined) return known;
    const made = narrowingOf(state, this.fields, depthPath(this.settings), this.ceiling, this.period);
    this.narrowings.set(state.known, made);
    return made;
  }
}

function putInto(event: JsonValue, holding: ReadonlyMap<string, JsonValue | undefined>): JsonValue {
  let made = isObject(event) ? event : {};
  for (const [path, value] of holding) made = withField(made, ['detail', ...namesOf(path)], value);
  return made;
}

function passedPatterns({ passed }: EventState): Pattern[] {
  return passed.flatMap(({ filter }) => (filter.kind === 'pattern' ? [withoutPlaces(filter.pattern)] : []));
}

/** A pattern with one alternative and no conditions: what a rule would be that takes everything. */
export const everyEvent: Pattern = {
  alternatives: [{ conditions: [] }],
  span: { document: { path: '', text: '' }, start: 0, end: 0 },
};

/**
 * Conditions on account and Region that hold a hole are about the deployment's own: they were decided, and no schema
 * can know them.
 */
export function withoutPlaces(pattern: Pattern): Pattern {
  return holesOpened(pattern) === undefined
    ? pattern
    : restrictPattern(pattern, (path) => path !== 'account' && path !== 'region');
}
