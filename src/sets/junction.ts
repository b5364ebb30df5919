import { FALSE, type Formula, intern, type Junction, make, TRUE } from './formula.ts';
import { Cache } from './strings/cache.ts';
import { ANY_TYPE } from './types.ts';

/** The values of a given mask of types. */
export function typeIs(mask: number): Formula {
  if (mask === ANY_TYPE) return TRUE;
  if (mask === 0) return FALSE;
  return intern(`type ${mask}`, () => ({ kind: 'type', mask, can: mask, sure: mask }));
}

/**
 * The intersection: flattened, sorted, without parts that hold anyway for the types that are left; nothing at all
 * when a part meets its complement.
 */
export function and(...given: readonly Formula[]): Formula {
  const single = onlyOne(given, TRUE, FALSE);
  if (single) return single;
  const parts = new Set<Formula>();
  let types = ANY_TYPE;
  let left = ANY_TYPE;
  for (const outer of given) {
    for (const part of outer.kind === 'and' ? outer.parts : [outer]) {
      left &= part.can;
      if (part.kind === 'type') types &= part.mask;
      else if (part !== TRUE) parts.add(part);
    }
  }
  if (left === 0) return FALSE;
  for (const part of parts) if (part.opposite && parts.has(part.opposite)) return FALSE;
  if (types !== ANY_TYPE) {
    for (const part of parts) if ((part.sure & left) === left) parts.delete(part);
    parts.add(typeIs(left));
  }
  return junction('and', parts);
}

/** The union, with the same care. */
export function or(...given: readonly Formula[]): Formula {
  const single = onlyOne(given, FALSE, TRUE);
  if (single) return single;
  const parts = new Set<Formula>();
  let types = 0;
  for (const outer of given) {
    for (const part of outer.kind === 'or' ? outer.parts : [outer]) {
      if (part === TRUE) return TRUE;
      if (part.kind === 'type') types |= part.mask;
      else if (part !== FALSE) parts.add(part);
    }
  }
  if (types === ANY_TYPE) return TRUE;
  for (const part of parts) if (part.opposite && parts.has(part.opposite)) return TRUE;
  return types === 0 ? junction('or', parts) : beside(types, parts);
}

/** The short ways: an absorbing part, one part beside neutral ones, a part and its complement. */
function onlyOne(given: readonly Formula[], neutral: Formula, absorbing: Formula): Formula | undefined {
  let first: Formula | undefined;
  let second: Formula | undefined;
  for (const part of given) {
    if (part === absorbing) return absorbing;
    if (part === neutral || part === first) continue;
    if (!first) first = part;
    else if (second === undefined || part === second) second = part;
    else return undefined;
  }
  if (!first) return neutral;
  if (!second) return first;
  // Flattening would take the complement apart.
  return first.opposite === second ? absorbing : undefined;
}

/** `type or parts`: parts that add nothing go, and so does the type if one of them contains it. */
function beside(types: number, parts: ReadonlySet<Formula>): Formula {
  const rest = new Set<Formula>();
  for (const part of parts) {
    if ((part.can & ~types) === 0) continue;
    const stripped = strip(part, types);
    if (stripped === TRUE) return TRUE;
    for (const inner of stripped.kind === 'or' ? stripped.parts : [stripped]) rest.add(inner);
  }
  let contained = false;
  for (const part of rest) contained ||= (part.sure & types) === types;
  if (!contained) rest.add(typeIs(types));
  return junction('or', rest);
}

/** `number or (not number and x)` is `number or x`. */
function strip(part: Formula, types: number): Formula {
  if (part.kind !== 'and') return part;
  const rest = part.parts.filter((inner) => !(inner.kind === 'type' && (inner.mask | types) === ANY_TYPE));
  return rest.length === part.parts.length ? part : and(...rest);
}

/** Junctions by a hash of their parts: they are by far the most, and long keys cost more than they do. */
const known = { and: new Cache<number, Formula[]>(25_000), or: new Cache<number, Formula[]>(15_000) };

function junction(kind: Junction['kind'], set: ReadonlySet<Formula>): Formula {
  const parts = [...set];
  if (parts.length === 0) return kind === 'and' ? TRUE : FALSE;
  if (parts.length === 1) return parts[0]!;
  parts.sort((a, b) => a.id - b.id);
  let hash = 0;
  for (const { id } of parts) hash = (Math.imul(hash, 31) + id) | 0;
  const bucket = known[kind].get(hash);
  const before = bucket?.find((other) => sameParts((other as Junction).parts, parts));
  if (before) return before;
  let { can, sure } = parts[0]!;
  for (const part of parts) {
    can = kind === 'and' ? can & part.can : can | part.can;
    sure = kind === 'and' ? sure & part.sure : sure | part.sure;
  }
  if (sure === ANY_TYPE) return TRUE;
  const made = make({ kind, parts, can, sure });
  if (bucket) bucket.push(made);
  else known[kind].set(hash, [made]);
  return made;
}

function sameParts(a: readonly Formula[], b: readonly Formula[]): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
