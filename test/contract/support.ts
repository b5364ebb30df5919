import { type Change, fateOf, type Mode } from '../../src/contract/change.ts';
import { compareContracts } from '../../src/contract/compare.ts';
import { documentOf } from '../../src/json/document.ts';
import { parseJson } from '../../src/json/parse-json.ts';
import type { JsonObject, JsonValue } from '../../src/json/value.ts';
import { loadContracts, type SchemaDocument } from '../../src/load/contracts/contracts.ts';

/** Schema files by path. */
export type Files = Readonly<Record<string, JsonValue>>;

export function documents(files: Files, version = 'new'): SchemaDocument[] {
  return Object.entries(files).map(([path, schema]) => {
    const document = documentOf(`${version}/${path}`, JSON.stringify(schema, undefined, 2));
    return { path, node: parseJson(document).value! };
  });
}

/** The schema of the details of an event type, as a file has it. */
export function eventSchema(eventType: string, detail: JsonObject): JsonObject {
  const [source = '', detailType = ''] = eventType.split('@');
  return { 'x-amazon-events-source': source, 'x-amazon-events-detail-type': detailType, ...detail };
}

export function compare(before: Files, after: Files, mode: Mode = 'backward'): readonly Change[] {
  const contracts = (files: Files, version: string) => loadContracts(documents(files, version)).value;
  return compareContracts(contracts(before, 'old'), contracts(after, 'new'), mode);
}

/** What became of the one event type that both versions have. */
export function fate(before: JsonObject, after: JsonObject, mode: Mode): string {
  const [change] = compare(
    { 'a.json': eventSchema('shop@A', before) },
    { 'a.json': eventSchema('shop@A', after) },
    mode,
  );
  return fateOf(change!);
}
