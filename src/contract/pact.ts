import { type Diagnostic, finding, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import type { Span } from '../json/document.ts';
import { itemsOf, type Node, nodeAt, textOf, valueOf } from '../json/node.ts';
import { isObject, type JsonObject, type JsonValue, own } from '../json/value.ts';
import { type EventType, parseEventType, printEventType } from '../model/event-type.ts';
import { PactSchema } from './pact-schema.ts';

/** What a consumer reads of an event type, as the messages of its Pact file say: an event is as one of them. */
export interface PactExpectation {
  readonly consumer: string;
  readonly type: EventType;
  /** Of `detail`. */
  readonly schema: JsonObject;
  readonly span: Span;
}

/**
 * Reads a Pact message file of version 3 or 4. Whose messages they are, and of which event type each is, the file says
 * (`consumer`; `source` and `detail-type` of the contents, or of the metadata), or the caller. Of several messages of one
 * event type any will do.
 */
export function readPact(
  node: Node,
  said: { readonly consumer: string | undefined; readonly event: string | undefined },
): Outcome<readonly PactExpectation[]> {
  const { path } = node.span.document;
  const diagnostics: Diagnostic[] = [];
  const refuse = (problem: string, span: Span) =>
    diagnostics.push(finding('contract/pact', { path, problem }, { span, severity: 'error' }));
  const consumer = said.consumer ?? textOf(nodeAt(node, 'consumer', 'name'));
  const messages = [
    ...itemsOf(nodeAt(node, 'messages')),
    ...itemsOf(nodeAt(node, 'interactions')).filter(isMessage),
  ];
  if (consumer === undefined) refuse('it names no consumer', node.span);
  else if (messages.length === 0) refuse('it has no messages', node.span);
  const found = new Map<string, { type: EventType; schemas: JsonObject[]; span: Span }>();
  for (const message of messages) {
    const read = readMessage(message, said.event);
    if (typeof read === 'string') {
      refuse(read, message.span);
      continue;
    }
    for (const matcher of read.unread) {
      const problem = `the matcher ${JSON.stringify(matcher)} is not read: what it asks is left open`;
      diagnostics.push(finding('contract/pact', { path, problem }, { span: message.span }));
    }
    const id = printEventType(read.type);
    const known = found.get(id) ?? { type: read.type, schemas: [], span: message.span };
    known.schemas.push(read.schema);
    found.set(id, known);
  }
  const value = [...found.values()].map(({ type, schemas, span }): PactExpectation => {
    const schema = schemas.length === 1 ? schemas[0]! : { anyOf: schemas };
    return { consumer: consumer ?? '', type, schema, span };
  });
  return outcome(consumer === undefined ? [] : value, diagnostics);
}

/** Interactions of version 4 may be requests as well. */
function isMessage(interaction: Node): boolean {
  return /^(?:Asynchronous|Synchronous)\/Messages$/.test(textOf(nodeAt(interaction, 'type')) ?? '');
}

interface ReadMessage {
  readonly type: EventType;
  readonly schema: JsonObject;
  readonly unread: ReadonlySet<string>;
}

/** A message, or a sentence that says why it is none of an event. */
function readMessage(node: Node, event: string | undefined): ReadMessage | string {
  const message = valueOf(node);
  if (!isObject(message)) return 'a message is no object';
  const contents = contentsOf(message);
  if (contents === undefined) return 'a message has no contents in JSON';
  const rules = own(message, 'matchingRules');
  const schema = new PactSchema(isObject(rules) ? own(rules, 'body') : undefined);
  const whole = isObject(contents) ? typeIn(contents, ['detail-type']) : undefined;
  const metadata = own(message, 'metadata') ?? own(message, 'metaData');
  const told = isObject(metadata)
    ? typeIn(metadata, ['detail-type', 'detailType', 'detail_type'])
    : undefined;
  const type = whole ?? told ?? (event === undefined ? undefined : parseEventType(event));
  if (!type) return 'a message does not say of which event type it is: give "event" beside "pact"';
  const detail = whole && isObject(contents) ? own(contents, 'detail') : contents;
  const at = whole ? ['detail'] : [];
  return { type, schema: detail === undefined ? {} : schema.of(detail, at), unread: schema.unread };
}

/** Version 3 has the contents themselves, version 4 an object about them; either may be text. */
function contentsOf(message: JsonObject): JsonValue | undefined {
  const contents = own(message, 'contents');
  const inner =
    isObject(contents) && own(contents, 'content') !== undefined ? own(contents, 'content') : contents;
  if (typeof inner !== 'string') return inner;
  const encoded = isObject(contents) ? own(contents, 'encoded') : false;
  try {
    const text = encoded === 'base64' ? Buffer.from(inner, 'base64').toString('utf8') : inner;
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function typeIn(object: JsonObject, names: readonly string[]): EventType | undefined {
  const source = own(object, 'source');
  const detailType = names.map((name) => own(object, name)).find((value) => typeof value === 'string');
  return typeof source === 'string' && typeof detailType === 'string' ? { source, detailType } : undefined;
}
