import type { Span } from '../json/document.ts';
import { type Node, nodeOf } from '../json/node.ts';
import { isObject } from '../json/value.ts';
import { loadContracts, type SchemaDocument } from '../load/contracts/contracts.ts';
import type { ComponentId } from '../model/component.ts';
import type { Contract } from '../model/contract.ts';
import { envelopeOf } from '../model/envelope.ts';
import { type EventType, printEventType } from '../model/event-type.ts';

/** What a consumer reads of an event type. */
export interface Expectation {
  readonly consumer: string;
  /** The component that says so itself, in its template; undefined: whatever is called so. */
  readonly component?: ComponentId;
  /** The event type, with the schema of the events that the consumer can read. */
  readonly contract: Contract;
  /** The file that it is read from, for places in it. */
  readonly document: SchemaDocument;
}

/** A type that no schema of the user's describes: two schemas of one event type would be one too many. */
const APART: EventType = { source: 'busproof.expectation', detailType: 'Expectation' };

/**
 * An expectation from the schema of what is read of `detail`. `others`: the files that it may refer to. Undefined if the
 * schema is no object.
 */
export function expectation(
  consumer: string,
  type: EventType,
  document: SchemaDocument,
  others: readonly SchemaDocument[],
  span: Span,
): Expectation | undefined {
  const { path, node } = document;
  if (node.kind !== 'object') return undefined;
  const mark = (key: string, value: string) => ({ key, keySpan: span, value: nodeOf(value, span) });
  const marked: Node = {
    ...node,
    members: [
      ...node.members,
      mark('x-amazon-events-source', APART.source),
      mark('x-amazon-events-detail-type', APART.detailType),
    ],
  };
  const files = [{ path, node: marked }, ...others.filter((each) => each.path !== path)];
  const apart = printEventType(APART);
  const read = loadContracts(files, { examine: false }).value.find(({ id }) => id === apart);
  if (!read || !isObject(read.detailSchema)) return undefined;
  const { $ref, ...rest } = read.detailSchema;
  const contract: Contract = {
    id: printEventType(type),
    type,
    schema: { ...rest, ...envelopeOf(type, { $ref: $ref! }) },
    detailSchema: read.detailSchema,
    examples: [],
    span,
  };
  return { consumer, contract, document: { path, node: marked } };
}
