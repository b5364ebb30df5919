import { printPointer } from '../json/pointer.ts';
import { equalJson, isObject, type JsonValue, own } from '../json/value.ts';

/** One place in which two values differ. */
export interface JsonDifference {
  readonly pointer: string;
  /** Undefined: it is not there. */
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/** Where two JSON values differ, in the order of the old one, then of what is new. Lists of plain values are one place. */
export function jsonDifferences(before: JsonValue, after: JsonValue): readonly JsonDifference[] {
  const found: JsonDifference[] = [];
  compare(before, after, [], found);
  return found;
}

function compare(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  at: readonly (string | number)[],
  found: JsonDifference[],
): void {
  if (before !== undefined && after !== undefined && equalJson(before, after)) return;
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const name of names) compare(own(before, name), own(after, name), [...at, name], found);
  } else if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].some(isObject)) {
    const length = Math.max(before.length, after.length);
    for (let i = 0; i < length; i++) compare(before[i], after[i], [...at, i], found);
  } else found.push({ pointer: printPointer(at), before, after });
}
