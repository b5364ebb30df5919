import { FALSE, type Formula, intern, type Junction, TRUE } from './formula.ts';
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
  if (hasComplements(given)) return FALSE;
  const parts = new Set<Formula>();
  let types = ANY_TYPE;
  let left = ANY_TYPE;
  for (const part of flat('and', given)) {
    if (part === FALSE) return FALSE;
    left &= part.can;
    if (part.kind === 'type') types &= part.mask;
    else if (part !== TRUE) parts.add(part);
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
  if (hasComplements(given)) return TRUE;
  const parts = new Set<Formula>();
  let types = 0;
  for (const part of flat('or', given)) {
    if (part === TRUE) return TRUE;
    if (part.kind === 'type') types |= part.mask;
    else if (part !== FALSE) parts.add(part);
  }
  if (types === ANY_TYPE) return TRUE;
  for (const part of parts) if (part.opposite && parts.has(part.opposite)) return TRUE;
  return types === 0 ? junction('or', parts) : beside(types, parts);
}

/** `type or parts`: parts that add nothing go, and so does the type if one of them contains it. */
function beside(types: number, parts: ReadonlySet<Formula>): Formula {
  const rest = new Set<Formula>();
  for (const part of parts) {
    if ((part.can & ~types) === 0) continue;
    const stripped = strip(part, types);
    if (stripped === TRUE) return TRUE;
    for (const inner of flat('or', [stripped])) rest.add(inner);
  }
  const contained = [...rest].some((part) => (part.sure & types) === types);
  if (!contained) rest.add(typeIs(types));
  return junction('or', rest);
}

/** `number or (not number and x)` is `number or x`. */
function strip(part: Formula, types: number): Formula {
  if (part.kind !== 'and') return part;
  const rest = part.parts.filter((inner) => !(inner.kind === 'type' && (inner.mask | types) === ANY_TYPE));
  return rest.length === part.parts.length ? part : and(...rest);
}

/** Before parts are flattened, which would take a complement apart. */
function hasComplements(parts: readonly Formula[]): boolean {
  return parts.length === 2 && parts[0]!.opposite !== undefined && parts[0]!.opposite === parts[1];
}

function* flat(kind: Junction['kind'], parts: readonly Formula[]): Generator<Formula> {
  for (const part of parts) {
    if (part.kind === kind) yield* part.parts;
    else yield part;
  }
}

function junction(kind: Junction['kind'], set: ReadonlySet<Formula>): Formula {
  const parts = [...set];
  if (parts.length === 0) return kind === 'and' ? TRUE : FALSE;
  if (parts.length === 1) return parts[0]!;
  parts.sort((a, b) => a.id - b.id);
  let { can, sure } = parts[0]!;
  for (const part of parts) {
    can = kind === 'and' ? can & part.can : can | part.can;
    sure = kind === 'and' ? sure & part.sure : sure | part.sure;
  }
  if (sure === ANY_TYPE) return TRUE;
  const key = `${kind === 'and' ? '&' : '|'}${parts.map((part) => part.id).join()}`;
  return intern(key, () => ({ kind, parts, can, sure }));
}
