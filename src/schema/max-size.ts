import { OutOfBudget } from '../sets/budget.ts';
import { type Bytes, Sizing } from '../sets/max-bytes.ts';
import { type Unknown, unknown } from '../sets/verdict.ts';
import type { CompiledSchema } from './compiled.ts';

export type MaxSize = Bounded | Unbounded | Unknown;

/** No valid value, written as compact JSON in UTF-8 with numbers as doubles, is longer. */
export interface Bounded {
  readonly answer: 'bounded';
  readonly bytes: number;
  /** Where the bytes are, the largest part first; `items[].name`, `*` stands for names that are not declared. */
  readonly largest: readonly { readonly path: string; readonly bytes: number }[];
}

export interface Unbounded {
  readonly answer: 'unbounded';
  /** The fields that nothing bounds. */
  readonly fields: readonly string[];
}

/** Fields that are named, at most. */
const MOST_FIELDS = 10;

/**
 * A proven upper bound on the size of any valid value, under the assumption of compact JSON: no spaces, numbers as
 * `JSON.stringify` writes doubles, strings with the escapes that it writes.
 */
export function maxSize(schema: CompiledSchema): MaxSize {
  try {
    const size = new Sizing().of(schema.formula);
    if (size.bytes === Number.NEGATIVE_INFINITY) return { answer: 'bounded', bytes: 0, largest: [] };
    if (size.bytes === Number.POSITIVE_INFINITY) {
      const fields = [...new Set(unboundedIn(size, ''))];
      return { answer: 'unbounded', fields: fields.slice(0, MOST_FIELDS) };
    }
    const largest = leavesOf(size, '').sort((a, b) => b.bytes - a.bytes);
    return { answer: 'bounded', bytes: size.bytes, largest: largest.slice(0, MOST_FIELDS) };
  } catch (error) {
    if (error instanceof OutOfBudget) return unknown(`too costly to decide: ${error.what}`);
    if (error instanceof RangeError) return unknown('too costly to decide: a very deep nesting');
    throw error;
  }
}

/** The deepest parts that are unbounded: the fields to blame. */
function unboundedIn({ parts }: Bytes, path: string): string[] {
  const unbounded = parts.filter(({ of }) => of.bytes === Number.POSITIVE_INFINITY);
  if (unbounded.length === 0) return [path === '' ? 'the value itself' : path];
  return unbounded.flatMap(({ step, of }) => unboundedIn(of, stepInto(path, step)));
}

function leavesOf({ bytes, parts }: Bytes, path: string): { path: string; bytes: number }[] {
  if (parts.length === 0) return [{ path, bytes }];
  return parts.flatMap(({ step, of }) => leavesOf(of, stepInto(path, step)));
}

function stepInto(path: string, step: string): string {
  if (step.startsWith('[')) return `${path}${step}`;
  return path === '' ? step : `${path}.${step}`;
}
