import type { JsonObject, JsonValue } from '../../json/value.ts';
import type { Dialect } from '../dialect.ts';
import type { Library, Place } from '../library.ts';
import type { Bound, Loss } from './loss.ts';

/** What the writer of one keyword sees: where it stands, and where to put what it becomes. */
export interface Rewriting {
  readonly place: Place;
  readonly source: JsonObject;
  readonly dialect: Dialect;
  readonly bound: Bound;
  readonly library: Library;
  /** Keywords of the new schema. */
  readonly target: Record<string, JsonValue>;
  /** Schemas that must hold as well. */
  readonly conjuncts: JsonValue[];
  /** A schema below, by steps from this one; `flipped` where it comes to stand under one `not` more. */
  below(schema: JsonValue, steps: readonly string[], flipped?: boolean): JsonObject;
  /** Whether a schema below can be said as it is. */
  exactBelow(schema: JsonValue, steps: readonly string[]): boolean;
  reference(target: Place): JsonObject;
  lose(keyword: string, text: string, exactness?: Loss['exactness']): void;
}

/** How one keyword becomes draft 04. */
export interface Row {
  /** The first draft that has it; in older ones validators disagree whether it means anything. */
  readonly from?: Dialect;
  write(value: JsonValue, at: Rewriting): void;
}
