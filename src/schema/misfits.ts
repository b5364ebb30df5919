import { isObject, type JsonValue, own } from '../json/value.ts';
import { evaluate } from '../sets/evaluate.ts';
import type { CompiledSchema } from './compiled.ts';
import type { Place } from './library.ts';

/** Deeper members are not named: the reader finds them in the member that is. */
const MAX_DEPTH = 8;

/**
 * What in a value does not fit a schema, in words, as far as `properties`, `required`, `items`, `$ref` and `allOf` tell:
 * the deepest members that fail by themselves. Empty where only a combination fails.
 */
export function misfits(schema: CompiledSchema, value: JsonValue): string[] {
  return [...new Set(below(schema, schema.root, value, '', 0))];
}

function below(
  schema: CompiledSchema,
  place: Place,
  value: JsonValue,
  path: string,
  depth: number,
): string[] {
  if (!isObject(place.schema) || depth > MAX_DEPTH) return [];
  const { library, compiler } = schema;
  const text = place.schema;
  const found: string[] = [];
  const enter = (inner: Place, member: JsonValue, name: string): void => {
    if (evaluate(compiler.compile(inner), member) !== false) return;
    const deeper = below(schema, inner, member, name, depth + 1);
    found.push(...(deeper.length > 0 ? deeper : [`"${name}" does not fit its schema: ${shortened(member)}`]));
  };
  const reference = own(text, '$ref');
  const target = typeof reference === 'string' ? library.resolve(reference, place.resource) : undefined;
  if (target) found.push(...below(schema, target, value, path, depth + 1));
  const all = own(text, 'allOf');
  for (const [i, each] of Array.isArray(all) ? all.entries() : [])
    found.push(...below(schema, library.inside(place, each, 'allOf', String(i)), value, path, depth + 1));
  if (isObject(value)) {
    const properties = own(text, 'properties');
    for (const [name, each] of isObject(properties) ? Object.entries(properties) : []) {
      const member = own(value, name);
      if (member !== undefined)
        enter(
          library.inside(place, each, 'properties', name),
          member,
          path === '' ? name : `${path}.${name}`,
        );
    }
    const required = own(text, 'required');
    for (const name of Array.isArray(required) ? required : []) {
      if (typeof name === 'string' && !Object.hasOwn(value, name))
        found.push(`${path === '' ? 'it' : `"${path}"`} lacks "${name}"`);
    }
    if (own(text, 'additionalProperties') === false && isObject(properties)) {
      const patterns = own(text, 'patternProperties');
      const strangers = Object.keys(value).filter((name) => !Object.hasOwn(properties, name));
      if (!patterns)
        for (const name of strangers)
          found.push(`"${path === '' ? name : `${path}.${name}`}" is not declared`);
    }
  }
  const items = own(text, 'items');
  if (Array.isArray(value) && isObject(items) && own(text, 'prefixItems') === undefined) {
    for (const [i, item] of value.entries())
      enter(library.inside(place, items, 'items'), item, `${path}[${i}]`);
  }
  return found;
}

function shortened(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
