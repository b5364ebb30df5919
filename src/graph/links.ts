import type { JsonObject, JsonValue } from '../json/value.ts';
import { printEventType } from '../model/event-type.ts';
import { inside, sourceOf } from '../model/field-effects.ts';
import type { Topology } from '../model/topology.ts';
import { required } from './event-schema.ts';
import { fieldSchema, sameFieldSchema } from './field-schemas.ts';
import { effectsOver } from './handed-on.ts';
import type { Hop } from './loop.ts';
import type { GraphSettings } from './settings.ts';
import type { TrackedField } from './tracked.ts';

/** What is put into fields of an event, as a schema of the event, and the paths it speaks of. */
export interface Link {
  readonly paths: readonly string[];
  readonly schema: JsonObject;
}

/**
 * What a hop always does to fields that the analysis does not follow from hop to hop, as far as a schema could refuse it:
 * one value, none, or a value that the schema of the received event allowed. Undefined if there is nothing of the kind.
 */
export function linkOver(
  hop: Hop,
  followed: readonly TrackedField[],
  topology: Topology,
  settings: GraphSettings,
): Link | undefined {
  const { from, to } = hop;
  const target = to.type && topology.contractById.get(printEventType(to.type));
  const received = from.type && topology.contractById.get(printEventType(from.type));
  if (!target) return undefined;
  const told = new Set([settings.depthField, ...followed.map(({ path }) => path.slice('detail.'.length))]);
  const paths: string[] = [];
  const parts: JsonValue[] = [];
  for (const [path, effect] of effectsOver(hop, settings)) {
    if (told.has(path)) continue;
    if (effect.kind === 'set') parts.push(holding(path, effect.value));
    else if (effect.kind === 'absent') parts.push(holding(path, undefined));
    else if (effect.kind !== 'copy' || !received) continue;
    else {
      const [given, wanted] = [fieldSchema(received, sourceOf(effect, path)), fieldSchema(target, path)];
      if (sameFieldSchema(given, wanted) && given.required === wanted.required) continue;
      const part = obeying(path, given.schemas, given.required);
      if (part === undefined) continue;
      parts.push(part);
    }
    paths.push(path);
  }
  return parts.length === 0 ? undefined : { paths, schema: { allOf: parts } };
}

/** The schema of events that hold a value in a field of `detail`, or nothing. */
export function holding(path: string, value: JsonValue | undefined): JsonObject {
  return value === undefined
    ? { not: required(inside('detail', path), {}) }
    : required(inside('detail', path), { enum: [value] });
}

/** The schema of events whose field of `detail`, if it is there, obeys some schemas. */
export function obeying(
  path: string,
  schemas: readonly JsonObject[],
  present: boolean,
): JsonObject | undefined {
  if (present) return required(inside('detail', path), schemas.length === 0 ? {} : { allOf: [...schemas] });
  if (schemas.length === 0) return undefined;
  return inside('detail', path)
    .split('.')
    .reduceRight<JsonObject>((inner, name) => ({ properties: { [name]: inner } }), { allOf: [...schemas] });
}
