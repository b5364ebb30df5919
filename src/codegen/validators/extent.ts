import { isObject, type JsonValue } from '../../json/value.ts';
import type { Dialect } from '../../schema/dialect.ts';

/** How much there is of a schema. */
export interface Extent {
  /** All names of members, however deep: among them all keywords, wherever references lead. */
  readonly keys: ReadonlySet<string>;
  /** Members and items, however deep. */
  readonly size: number;
  /** How many of the members are references. */
  readonly references: number;
  readonly depth: number;
  /** The number of items of the longest list. */
  readonly longest: number;
}

/** Measures a schema. Iterative, as it comes before what bounds the depth. */
export function extentOf(schema: JsonValue): Extent {
  const keys = new Set<string>();
  let [size, references, depth, longest] = [0, 0, 0, 0];
  let level: JsonValue[] = [schema];
  while (level.length > 0) {
    const next: JsonValue[] = [];
    for (const value of level) {
      if (Array.isArray(value)) {
        longest = Math.max(longest, value.length);
        for (const item of value) next.push(item);
      } else if (isObject(value)) {
        for (const key in value) {
          keys.add(key);
          if (key === '$ref') references++;
          next.push(value[key]!);
        }
      }
    }
    size += next.length;
    if (next.length > 0) depth++;
    level = next;
  }
  return { keys, size, references, depth, longest };
}

const LARGEST = 200_000;
const DEEPEST = 500;
const LONGEST_COMPARED = 10_000;

/**
 * Why a schema is not compiled: it is so large that it would take longer than anybody waits (some ten seconds), or so
 * deep that recursion would not come to its end. Undefined when it is neither. Drafts 04 and 06 want the values of an
 * `enum` compared, each with each.
 */
export function overBudget(
  { size, depth, longest }: Extent,
  dialect: Dialect | undefined,
): string | undefined {
  if (size > LARGEST) {
    return `it has ${size} members and items, and code is made for at most ${LARGEST}; describe a part less exactly, or split the event type`;
  }
  if (longest > LONGEST_COMPARED && (dialect === 'draft-04' || dialect === 'draft-06')) {
    return `it lists ${longest} values, and ${dialect} wants all of them compared: at most ${LONGEST_COMPARED} are; name a newer draft in "$schema", or use a pattern`;
  }
  if (depth <= DEEPEST) return undefined;
  return `it is nested ${depth} deep, and code is made for at most ${DEEPEST} levels; give inner schemas a place in "$defs" and refer to them`;
}

/** How many members all copies of definitions may have in one validator: each costs some hundred characters of code. */
const COPIED = 3_000;

/**
 * Up to how many members a definition is copied to where it is referred to, and beyond which it becomes a function; all
 * are copied (true) where that cannot make much. Ajv does not look for dynamic anchors where it counts, so that where
 * there are any nothing may be copied.
 */
export function inlineLimit({ keys, size, references }: Extent): number | boolean {
  if (references * size <= COPIED) return true;
  if (DYNAMIC.some((keyword) => keys.has(keyword))) return false;
  return Math.max(1, Math.floor(COPIED / references));
}

const DYNAMIC = ['$dynamicRef', '$dynamicAnchor', '$recursiveRef', '$recursiveAnchor'];
