import type { Collector } from '../diagnostic/diagnostic.ts';
import type { Span } from '../json/document.ts';
import type { Node } from '../json/node.ts';
import { parseEventType } from '../model/event-type.ts';
import { SettingsReader } from './reader.ts';

/** What somebody says a consumer reads: a schema of `detail` (a file, or in place), or a Pact message file. */
export interface ExpectationSetting {
  /** Undefined: the Pact file says it. */
  readonly consumer: string | undefined;
  /** `source@DetailType`; undefined: the Pact file says it. */
  readonly event: string | undefined;
  /** A path, or the schema itself. */
  readonly schema: string | Node | undefined;
  /** The path of a Pact file. */
  readonly pact: string | undefined;
  readonly span: Span;
}

/** Reads one expectation. `consumer`: whose it is, where it stands with the consumer itself. */
export function expectationSetting(
  node: Node,
  collector: Collector,
  consumer?: string,
): ExpectationSetting | undefined {
  const where = consumer === undefined ? 'an expectation' : `an expectation of ${consumer}`;
  const reader = new SettingsReader(node, where, collector);
  const named = consumer ?? reader.text('consumer');
  const event = reader.read('event', 'source@DetailType', (value) =>
    value.kind === 'string' && parseEventType(value.value) ? value.value : undefined,
  );
  const schema = reader.read('schema', 'the path of a schema file, or a schema', (value) =>
    value.kind === 'string' ? value.value : value.kind === 'object' ? value : undefined,
  );
  const pact = reader.text('pact');
  reader.done();
  const complete = pact !== undefined || (named !== undefined && event !== undefined && schema !== undefined);
  if (!complete) {
    const parts = consumer === undefined ? 'consumer, event and schema' : 'event and schema';
    reader.refuse(node, where, `${parts}, or pact`);
    return undefined;
  }
  return { consumer: named, event, schema, pact, span: node.span };
}
