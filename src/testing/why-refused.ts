import { isObject, type JsonValue, own } from '../json/value.ts';
import type { CompiledSchema } from '../schema/compiled.ts';
import { refusedAt } from '../schema/differing.ts';

/** Why a value is not valid, in a few words: the part of it and the keyword that refuses it. */
export function whyRefused(schema: CompiledSchema, value: JsonValue, name?: string): string {
  const refused = refusedAt(schema, value);
  if (!refused) return 'its schema refuses it';
  const { place, keyword, at } = refused;
  const asked = isObject(place.schema) ? (JSON.stringify(own(place.schema, keyword)) ?? '') : 'false';
  const shown = asked.length > 80 ? `${asked.slice(0, 77)}…` : asked;
  const path = [...(name === undefined ? [] : [name]), ...at].join('.');
  return `${path === '' ? 'it' : path} is refused by "${keyword}": ${shown}`;
}
