import type { JsonValue } from '../json/value.ts';
import type { Emission, FieldEffect } from '../model/emission.ts';
import { effectAt } from '../model/field-effects.ts';
import { pathsAsked } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import type { Choice } from '../pattern/pattern.ts';
import { choicesAt } from './choices.ts';
import { fieldSchema } from './field-schemas.ts';
import { namedBySchemas } from './named-by-schemas.ts';
import { depthPath, type GraphSettings, stagePath } from './settings.ts';
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
  /** Whether some rule filters on it, or on what it is copied into. */
  readonly filtered: boolean;
  /** The stage is a guard: what is published in it must be known. */
  readonly guard: boolean;
}

/** More combinations of values than this are not told apart at entry. */
const MAX_ENTRY_COMBINATIONS = 256;

/** So many fields are followed at most, and no deeper: copies of copies could lead from one to the next without end. */
const MAX_FIELDS = 64;
const MAX_NAMES = 16;

/** The fields to follow; the stage is always the first. */
export function trackedFields(topology: Topology, settings: GraphSettings): TrackedField[] {
  const stage = stagePath(settings);
  const told = new Set(
    topology.emissions.flatMap(({ fields = {} }) => Object.keys(fields).map((name) => `detail.${name}`)),
  );
  const asked = new Set([...pathsUnder(told, topology), ...namedCopies(told, topology, settings)]);
  asked.delete(stage);
  const paths = [stage, ...[...asked].sort()];
  const alike = new Map(paths.map((path) => [path, new Set([path])]));
  // What a followed field is copied from has to be followed as well, and every value of the one may be in the other.
  for (const path of paths) {
    for (const source of sourcesOf(path, topology, settings)) {
      if (!alike.has(source)) {
        if (paths.length >= MAX_FIELDS || source.split('.').length > MAX_NAMES) continue;
        paths.push(source);
        alike.set(source, new Set([source]));
      }
      const joint = new Set([...alike.get(path)!, ...alike.get(source)!]);
      for (const member of joint) alike.set(member, joint);
    }
  }
  const known = new Map(
    [...new Set(alike.values())].map((each) => [each, valuesIn(each, topology, settings)]),
  );
  return paths.map((path) => ({ path, guard: path === stage, ...known.get(alike.get(path)!)! }));
}

/** The paths that some rule asks for, of which something is told: of themselves, or of a record around them. */
function pathsUnder(told: ReadonlySet<string>, topology: Topology): string[] {
  return [...pathsAsked(topology.routes)].filter((path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1))
      if (told.has(path.slice(0, end))) return true;
    return false;
  });
}

/** Fields that some component copies, and whose values some schema names. Not records: what they hold is looked at. */
function namedCopies(told: ReadonlySet<string>, topology: Topology, settings: GraphSettings): string[] {
  return [...told].filter((path) => {
    const sources = sourcesOf(path, topology, settings);
    return (
      sources.length > 0 &&
      [path, ...sources].some((each) => namedBySchemas(topology, each).length > 0) &&
      !isRecord(path.slice('detail.'.length), topology)
    );
  });
}

function isRecord(path: string, { contracts }: Topology): boolean {
  return contracts.some((contract) =>
    fieldSchema(contract, path).schemas.some((schema) => schema['type'] === 'object'),
  );
}

/** The fields of received events that are copied into a field: itself, or others. Not the depth, which is counted. */
function sourcesOf(path: string, topology: Topology, settings: GraphSettings): string[] {
  const found = new Set<string>();
  for (const emission of topology.emissions) {
    const effect = effectOn(path, emission, settings);
    if (effect.kind === 'copy') found.add(sourcePath(effect, path));
  }
  found.delete(depthPath(settings));
  return [...found];
}

/** What the analysis tells apart in fields that hold each other's values. */
function valuesIn(
  alike: ReadonlySet<string>,
  topology: Topology,
  settings: GraphSettings,
): Omit<TrackedField, 'path' | 'guard'> {
  const values = new Map<string, JsonValue>();
  const seen = new Set<JsonValue>();
  const add = (value: JsonValue): void => {
    if (seen.has(value)) return;
    seen.add(value);
    values.set(JSON.stringify(value), value);
  };
  let othersAlike = true;
  let filtered = false;
  let copied = false;
  const paths = [...alike].sort();
  for (const each of paths) {
    for (const choice of choicesAt(topology, each)) {
      filtered = true;
      const named = namedValues(choice);
      if (named) for (const value of named) add(value);
      else othersAlike = false;
    }
    for (const emission of topology.emissions) {
      const effect = effectOn(each, emission, settings);
      if (effect.kind === 'set') add(effect.value);
      copied ||= effect.kind === 'copy';
    }
  }
  if (copied) for (const each of paths) for (const named of namedBySchemas(topology, each)) add(named);
  return {
    values: [...values.values()].filter((value) => typeof value !== 'object' || value === null),
    othersAlike,
    copied,
    filtered,
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
  if (!emission.fields) return nothingKnown;
  const effect = effectAt(emission.fields, path.slice('detail.'.length));
  // All of what was received is no value of a single field.
  return effect.kind === 'copy' && effect.from === '' ? nothingKnown : effect;
}

const nothingKnown = { kind: 'any' } as const;

/** The field of the received event that is copied into a tracked field, as patterns write it. */
export function sourcePath(effect: { readonly from?: string }, path: string): string {
  return effect.from === undefined ? path : `detail.${effect.from}`;
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
