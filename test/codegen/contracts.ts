import { documentOf, spanOf } from '../../src/json/document.ts';
import type { JsonValue } from '../../src/json/value.ts';
import type { Contract } from '../../src/model/contract.ts';
import { parseEventType } from '../../src/model/event-type.ts';

/** A contract without a file of its own. */
export function contractOf(id: string, detailSchema: JsonValue, more: Partial<Contract> = {}): Contract {
  const type = parseEventType(id)!;
  const span = spanOf(
    documentOf(`schemas/${id.replace(/[^A-Za-z0-9@.-]/g, '_').slice(0, 60)}.json`, ''),
    0,
    0,
  );
  return { id, type, schema: true, detailSchema, examples: [], span, ...more };
}
