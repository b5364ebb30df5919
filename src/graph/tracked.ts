import type { JsonValue } from '../json/value.ts';
import type { Emission, FieldEffect } from '../model/emission.ts';
import type { Topology } from '../model/topology.ts';
import type { Choice } from '../pattern/pattern.ts';
import { choicesAt } from './choices.ts';
import { namedBySchemas } from './named-by-schemas.ts';
import { type GraphSettings, stagePath } from './settings.ts';
import type { Known } from './state.ts';

/**
 * A field of the event whose value the analysis follows from hop to hop: the processing stage, and every field that
 * some component is known to set, copy or leave out and some rule filters on, or some schema knows the values of.
 */
export interface TrackedField {
  /** As patterns write it: `detail.processing_stage`. */
  readonly path: string;
  /** Every scalar value somebody filters on or publishes. */
  readonly values: readonly JsonValue[];
  /**
   * Whether all other values are alike to every filter. A filter by more than equality (a prefix, say) tells them
   * apart: then such values are not decided.
   */
  readonly othersAlike: boolean;
  /** Whether some component hands the received value on: then a value that is not known stays not known. */
  readonly copied: boolean;
  /** Whether some rule filters on it. */
  readonly filtered: boolean;
  /** The stage is a guard: what is published in it must be known. */
  readonly guard: boolean;
}

/** More combinations of values than this are not told apart at entry. */
const MAX_ENTRY_COMBINATIONS = 256;

/** The fields to follow; the stage is always the first. */
export function trackedFields(topology: Topology, settings: GraphSettings): TrackedField[] {
  const stage = stagePath(settings);
  const told = new Set(
    topology.emissions.flatMap(({ fields = {} }) => Object.keys(fields).map((name) => `detail.${name}`)),
  );
  told.delete(stage);
  const paths = [...told].filter((path) => isAskedFor(path, topology, settings)).sort();
  return [stage, ...paths].map((path) => tracked(path, topology, settings));
}

/** Whether some rule filters on a field, or schemas name its values while a component hands them on. */
function isAskedFor(path: string, topology: Topology, settings: GraphSettings): boolean {
  if (choicesAt(topology, path).length > 0) return true;
  return (
    topology.emissions.some((emission) => effectOn(path, emission, settings).kind === 'copy') &&
    namedBySchemas(topology, path).length > 0
  );
}

function tracked(path: string, topology: Topology, settings: GraphSettings): TrackedField {
  const values = new Map<string, JsonValue>();
  const seen = new Set<JsonValue>();
  const add = (value: JsonValue): void => {
    if (seen.has(value)) return;
    seen.add(value);
    values.set(JSON.stringify(value), value);
  };
  let othersAlike = true;
  for (const choice of choicesAt(topology, path)) {
    const named = namedValues(choice);
    if (named) for (const value of named) add(value);
    else othersAlike = false;
  }
  let copied = false;
  for (const emission of topology.emissions) {
    const effect = effectOn(path, emission, settings);
    if (effect.kind === 'set') add(effect.value);
    copied ||= effect.kind === 'copy';
  }
  if (copied) for (const named of namedBySchemas(topology, path)) add(named);
  return {
    path,
    values: [...values.values()].filter((value) => typeof value !== 'object' || value === null),
    othersAlike,
    copied,
    filtered: choicesAt(topology, path).length > 0,
    guard: path === stagePath(settings),
  };
}

/** The values a choice names, if it tells values apart by equality alone. */
function namedValues(choice: Choice): readonly JsonValue[] | undefined {
  switch (choice.kind) {
    case 'string':
      return choice.address ? undefined : [choice.value];
    case 'exactly':
    case 'literal':
      return [choice.value];
    case 'number':
      return choice.number.comparable ? [choice.number.value] : undefined;
    case 'exists':
      return [];
    case 'anything-but':
      if (choice.of.kind === 'strings') return choice.of.values;
      if (choice.of.kind === 'numbers') return choice.of.values.map(({ value }) => value);
      return undefined;
    default:
      return undefined;
  }
}

/** What a component does to a tracked field of what it publishes. */
export function effectOn(path: string, emission: Emission, settings: GraphSettings): FieldEffect<JsonValue> {
  if (path === stagePath(settings)) return emission.stage;
  return emission.fields?.[path.slice('detail.'.length)] ?? { kind: 'any' };
}

/** Every combination of values in which an event may come from outside. */
export function entryFields(fields: readonly TrackedField[]): Known<JsonValue>[][] {
  let combinations: Known<JsonValue>[][] = [[]];
  for (const field of fields) {
    const states = entryValues(field);
    const told =
      combinations.length * states.length <= MAX_ENTRY_COMBINATIONS ? states : [{ kind: 'any' } as const];
    combinations = combinations.flatMap((combination) => told.map((state) => [...combination, state]));
  }
  return combinations;
}

/** The values anybody speaks of, any other one, and none: together they are every event there is. */
function entryValues({ values, copied, filtered, guard }: TrackedField): Known<JsonValue>[] {
  // A field that nobody copies is known after one round, whatever it was at first.
  if ((values.length === 0 && !filtered) || !(copied || guard)) return [{ kind: 'any' }];
  return [
    ...values.map((value) => ({ kind: 'value', value }) as const),
    { kind: 'other' },
    { kind: 'absent' },
  ];
}
