import type { JsonValue } from '../json/value.ts';
import type { FieldEffect } from '../model/emission.ts';
import { inside, sourceOf } from '../model/field-effects.ts';
import type { Target } from '../model/route.ts';
import type { Hop } from './loop.ts';
import type { GraphSettings } from './settings.ts';

/** Whether a target is given a field of the event: what is given something else cannot copy what it never saw. */
export function handsOn({ shaping }: Target, path: string): boolean {
  return shaping.kind === 'event' || (shaping.kind === 'path' && covers(shaping.path, path));
}

/** `$.detail` hands detail on, and the fields of it. */
function covers(path: string, field: string): boolean {
  return path === '$' || `$.${field}`.startsWith(`${path}.`) || (field === 'detail' && path === '$.detail');
}

/**
 * What a hop does to the fields of `detail`, by their dotted paths: only effects of which something is known. Of two paths
 * one inside the other the later one says what is there, and nothing is known of the other.
 */
export function effectsOver(
  { emission, delivery }: Hop,
  { depthField, stageField }: GraphSettings,
): Map<string, FieldEffect<JsonValue>> {
  const effects = new Map<string, FieldEffect<JsonValue>>();
  if (!emission) return effects;
  const told: [string, FieldEffect<JsonValue>][] = [
    [depthField, emission.depth],
    [stageField, emission.stage],
    ...Object.entries(emission.fields ?? {}),
  ];
  for (const [path, effect] of told) {
    for (const other of effects.keys())
      if (other.startsWith(`${path}.`) || path.startsWith(`${other}.`)) effects.delete(other);
    const seen = effect.kind === 'set' || effect.kind === 'absent';
    const given = handsOn(delivery.target, inside('detail', sourceOf(effect, path)));
    if (effect.kind === 'any' || !(seen || given)) effects.delete(path);
    else effects.set(path, effect);
  }
  return effects;
}
