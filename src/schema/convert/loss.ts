import type { JsonObject } from '../../json/value.ts';

/**
 * How a converted schema stands to the one it was made from. exact: it admits the same values. wider: it admits them all,
 * and others. lossy: a part is lost that readers would miss, or its meaning is not known.
 */
export type Exactness = 'exact' | 'wider' | 'lossy';

/** A part of a schema that the other language cannot say. */
export interface Loss {
  readonly keyword: string;
  /** Tokens from the root of the file it stands in. */
  readonly tokens: readonly string[];
  readonly exactness: 'wider' | 'lossy';
  /** What became of it, as the end of a sentence about the keyword. */
  readonly text: string;
}

/** A schema in another language: the root, what it refers to by `#/definitions/NAME`, and what was lost. */
export interface Converted {
  readonly schema: JsonObject;
  readonly definitions: Readonly<Record<string, JsonObject>>;
  readonly losses: readonly Loss[];
}

/** The exactness of a whole is that of its worst part. */
export function exactnessOf(losses: readonly Loss[]): Exactness {
  if (losses.some(({ exactness }) => exactness === 'lossy')) return 'lossy';
  return losses.length > 0 ? 'wider' : 'exact';
}

/**
 * Which way an approximation may err. upper: it may admit more than the original. lower: it may admit less, as it stands
 * under a `not`. exact: nothing was lost when it was tried, so that both are the same.
 */
export type Bound = 'exact' | 'upper' | 'lower';

export function opposite(bound: Bound): Bound {
  return bound === 'upper' ? 'lower' : bound === 'lower' ? 'upper' : 'exact';
}

/** The schema that admits nothing. */
export const NEVER: JsonObject = { not: {} };

/** A name that JSON pointers, URIs and OpenAPI's component names can hold as it is, and that is not taken. */
export function freeName(wanted: string, taken: (name: string) => boolean): string {
  const plain = wanted.replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^_+|_+$/g, '') || 'Schema';
  // The registry's own name for the whole event.
  let name = plain === 'AWSEvent' ? 'Event' : plain;
  for (let i = 2; taken(name); i++) name = `${plain}_${i}`;
  return name;
}
