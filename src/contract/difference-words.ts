import { isObject, type JsonValue, own } from '../json/value.ts';
import type { Break } from './change.ts';
import { withFilePointers } from './places.ts';

/** What is refused and by what: `detail.rating fails "maximum": 5`, `detail lacks "title", which is required`. */
export function differenceWords({ event, at, keyword, schema, text }: Break): string {
  const asked = isObject(schema) ? own(schema, keyword) : undefined;
  if (asked === undefined) return withFilePointers(text);
  const where = at.length === 0 ? 'the event' : at.join('.');
  const value = valueAt(event, at);
  const missing = keyword === 'required' ? absent(asked, value) : [];
  if (missing.length > 0) return `${where} lacks ${quoted(missing)}, which is required`;
  const further = keyword === 'additionalProperties' && asked === false ? undeclared(schema, value) : [];
  if (further.length > 0) return `${where} has ${quoted(further)}, and no further members are allowed`;
  const shown = JSON.stringify(asked);
  return `${where} fails "${keyword}": ${shown.length > 80 ? `${shown.slice(0, 77)}…` : shown}`;
}

function absent(required: JsonValue, value: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(required) || !isObject(value)) return [];
  return required.filter((name) => typeof name === 'string' && !Object.hasOwn(value, name));
}

/** The members that `properties` does not name; none where patterns may have a say as well. */
function undeclared(schema: JsonValue, value: JsonValue | undefined): readonly string[] {
  if (!isObject(schema) || !isObject(value) || own(schema, 'patternProperties') !== undefined) return [];
  const properties = own(schema, 'properties');
  return Object.keys(value).filter((name) => !isObject(properties) || !Object.hasOwn(properties, name));
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}

function valueAt(event: JsonValue, at: readonly (string | number)[]): JsonValue | undefined {
  let value: JsonValue | undefined = event;
  for (const step of at) {
    if (Array.isArray(value)) value = (value as readonly JsonValue[])[Number(step)];
    else value = isObject(value) ? own(value, String(step)) : undefined;
  }
  return value;
}
