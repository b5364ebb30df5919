import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import { isObject, own } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import type { CompiledSchema } from '../schema/compiled.ts';
import { compiledOnce } from '../schema/decide.ts';
import type { Place } from '../schema/library.ts';
import { appliedAt, schemasBelow } from '../schema/walk.ts';
import { memberOf } from '../sets/ask.ts';
import type { Formula } from '../sets/formula.ts';
import { and } from '../sets/junction.ts';

/** Members inside members that are looked at. */
const MAX_DEPTH = 20;

/** One object, as it was seen and as it is described. */
interface Level {
  readonly seen: readonly Place[];
  readonly described: readonly Place[];
  readonly path: string;
  readonly depth: number;
}

/**
 * What discovery has seen of an event type that its contract lacks: members that it does not declare, values that it
 * cannot have, required members that never came. Discovery infers from samples, so that what it says is narrower than a
 * schema and its types are rough: only what contradicts the contract for certain is told.
 */
export function trafficFindings(contract: Contract, discovered: Contract): readonly Diagnostic[] {
  const [ours, theirs] = [compiledOnce(contract.detailSchema), compiledOnce(discovered.detailSchema)];
  if (!ours || !theirs) return [];
  const eventType = contract.id;
  const extra = (path: string) => ({ span: contract.span, identity: `${eventType} ${path}` });
  const found: Diagnostic[] = [];
  const seen = new Set<unknown>();
  const todo: Level[] = [{ seen: [theirs.root], described: [ours.root], path: 'detail', depth: 0 }];
  for (let level = todo.pop(); level; level = todo.pop()) {
    const here = appliedAt(level.seen, theirs.library);
    const there = appliedAt(level.described, ours.library);
    const names = memberNames(here);
    if (names.length > 0) {
      for (const name of requiredNames(there).filter((one) => !names.includes(one))) {
        const path = `${level.path}.${name}`;
        const reason = 'its schema requires it, and no event was seen with it';
        found.push(finding('registry/traffic-differs', { eventType, path, reason }, extra(path)));
      }
    }
    for (const name of names) {
      const path = `${level.path}.${name}`;
      const inner = schemasBelow(here, name, theirs.library);
      const outer = schemasBelow(there, name, ours.library);
      if (outer.length === 0 && matchesPattern(there, name)) continue;
      if (outer.length === 0) {
        const params = { eventType, path, type: typeOf(inner, theirs) };
        found.push(finding('registry/undeclared-member', params, extra(path)));
        continue;
      }
      compare({ seen: inner, described: outer, path, depth: level.depth + 1 });
    }
    // What is seen in lists.
    const items = here.flatMap(({ schema }) =>
      isObject(schema) && isObject(own(schema, 'items')) ? [0] : [],
    );
    if (items.length > 0) {
      const [inner, outer] = [schemasBelow(here, 0, theirs.library), schemasBelow(there, 0, ours.library)];
      if (outer.length > 0)
        compare({ seen: inner, described: outer, path: `${level.path}[]`, depth: level.depth + 1 });
    }
  }
  return found;

  function compare(next: Level): void {
    const first = next.seen[0]?.schema;
    if (next.depth > MAX_DEPTH || (isObject(first) && seen.has(first))) return;
    if (isObject(first)) seen.add(first);
    if (disjoint(next.seen, theirs!, next.described, ours!)) {
      const type = typeOf(next.seen, theirs!);
      const reason = `${type === '' ? 'what was seen' : `the values that were seen (${type})`} cannot be valid under its schema`;
      found.push(
        finding('registry/traffic-differs', { eventType, path: next.path, reason }, extra(next.path)),
      );
    } else todo.push(next);
  }
}

/** Whether no value can be as it was seen and as any of the schemas says. */
function disjoint(
  seen: readonly Place[],
  theirs: CompiledSchema,
  described: readonly Place[],
  ours: CompiledSchema,
): boolean {
  const sets = (places: readonly Place[], { compiler }: CompiledSchema): Formula[] =>
    places.map((place) => compiler.compile(place));
  const [were, may] = [sets(seen, theirs), sets(described, ours)];
  return were.every((one) => may.every((other) => memberOf(and(one, other)).answer === 'no'));
}

function memberNames(places: readonly Place[]): string[] {
  return [...new Set(places.flatMap(({ schema }) => keysAt(schema, 'properties')))];
}

function requiredNames(places: readonly Place[]): string[] {
  // Only what the schema itself asks for, not one of several alternatives.
  const first = places.slice(0, 2).flatMap(({ schema }) => {
    const names = isObject(schema) ? own(schema, 'required') : undefined;
    return Array.isArray(names) ? (names as readonly string[]) : [];
  });
  return [...new Set(first)];
}

function matchesPattern(places: readonly Place[], name: string): boolean {
  return places.some(({ schema }) =>
    keysAt(schema, 'patternProperties').some((pattern) => {
      try {
        return new RegExp(pattern, 'u').test(name);
      } catch {
        return true;
      }
    }),
  );
}

function keysAt(schema: unknown, keyword: string): string[] {
  const value = isObject(schema) ? own(schema, keyword) : undefined;
  return isObject(value) ? Object.keys(value) : [];
}

/** The type that discovery gave, in its own word. */
function typeOf(places: readonly Place[], { library }: CompiledSchema): string {
  for (const { schema } of appliedAt(places, library)) {
    const type = isObject(schema) ? own(schema, 'type') : undefined;
    if (typeof type === 'string') return type;
    if (Array.isArray(type)) return type.join(' or ');
  }
  return '';
}
