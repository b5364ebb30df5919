import { isObject, type JsonValue, own } from '../json/value.ts';
import type { Library, Place } from '../schema/library.ts';

/** The names of the members of `detail` that carry a chain of events. */
export interface ChainMembers {
  readonly depth?: string;
  readonly stage?: string;
  readonly correlation?: string;
  readonly causation?: string;
}

export const usualMembers: Required<ChainMembers> = {
  depth: '_chain_depth',
  stage: 'processing_stage',
  correlation: 'correlation_id',
  causation: 'causation_id',
};

/**
 * Which of the chain's members an event type can carry. Depth and stage are carried by every schema that does not
 * forbid them; the ids only where the schema has them, as they are the schema's own business.
 */
export function chainMembers(library: Library, names: Required<ChainMembers>): ChainMembers {
  const shape = shapeOf(library);
  const has = (name: string) => shape.declared.has(name);
  const may = (name: string) => has(name) || !shape.closed;
  return {
    ...(may(names.depth) ? { depth: names.depth } : {}),
    ...(may(names.stage) ? { stage: names.stage } : {}),
    ...(has(names.correlation) ? { correlation: names.correlation } : {}),
    ...(has(names.causation) ? { causation: names.causation } : {}),
  };
}

interface Shape {
  readonly declared: Set<string>;
  closed: boolean;
}

/** Looks through references and combinations, all of which speak of `detail` itself; at each once. */
function shapeOf(library: Library): Shape {
  const shape: Shape = { declared: new Set(), closed: false };
  const seen = new Set<JsonValue>();
  const open: Place[] = [library.root];
  for (let place = open.pop(); place; place = open.pop()) {
    const { schema, resource } = place;
    if (!isObject(schema) || seen.has(schema)) continue;
    seen.add(schema);
    const properties = own(schema, 'properties');
    if (isObject(properties)) for (const name of Object.keys(properties)) shape.declared.add(name);
    if (own(schema, 'additionalProperties') === false || own(schema, 'unevaluatedProperties') === false) {
      shape.closed = true;
    }
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const schemas = own(schema, keyword);
      if (!Array.isArray(schemas)) continue;
      for (const [i, inner] of schemas.entries()) open.push(library.inside(place, inner, keyword, String(i)));
    }
    const reference = own(schema, '$ref');
    const target = typeof reference === 'string' ? library.resolve(reference, resource) : undefined;
    if (target) open.push(target);
  }
  return shape;
}
