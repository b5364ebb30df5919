import type { Span } from '../json/document.ts';
import type { JsonValue } from '../json/value.ts';
import type { BusId } from './bus.ts';
import type { EventType, EventTypeId } from './event-type.ts';

/** An event type with the schema its events obey. */
export interface Contract {
  readonly id: EventTypeId;
  readonly type: EventType;
  /** The bus it is published on, if the contract binds it to one. */
  readonly bus?: BusId;
  /** The JSON Schema of the whole event: the envelope with `source` and `detail-type` fixed, and `detail`. */
  readonly schema: JsonValue;
  /** The JSON Schema of `detail` alone, as the file gives it. */
  readonly detailSchema: JsonValue;
  readonly owner?: string;
  readonly title?: string;
  readonly description?: string;
  /** Values of `detail` that are said to be valid. */
  readonly examples: readonly JsonValue[];
  /** Where the schema stands. */
  readonly span: Span;
}
