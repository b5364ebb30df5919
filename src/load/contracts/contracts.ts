import { Collector, finding, type Outcome, outcome } from '../../diagnostic/diagnostic.ts';
import { member, type Node, nodeAt, valueOf } from '../../json/node.ts';
import { isObject, type JsonObject, type JsonValue, own } from '../../json/value.ts';
import type { Contract } from '../../model/contract.ts';
import { envelopeOf } from '../../model/envelope.ts';
import { printEventType } from '../../model/event-type.ts';
import { compileSchema } from '../../schema/compiled.ts';
import { fromOpenApi } from '../../schema/convert/from-openapi.ts';
import { embedReferences, idBaseOf, resourceName, type SchemaFile, schemaUri } from './bundle.ts';
import { type SchemaLayout, schemaLayout } from './layouts.ts';

/** A schema file that was read. */
export interface SchemaDocument {
  readonly path: string;
  readonly node: Node;
}

/** Schema files by the names under which contracts embed them in their own schemas. */
export function embeddedFiles(documents: readonly SchemaDocument[]): ReadonlyMap<string, Node> {
  const files = new Map<string, Node>();
  for (const { node, file } of readSchemas(documents)) {
    const name = resourceName(file.uri);
    if (!files.has(name)) files.set(name, node);
  }
  return files;
}

/** The documents that hold schemas, by path, with the addresses that references know them by. */
function readSchemas(
  documents: readonly SchemaDocument[],
): { readonly path: string; readonly node: Node; readonly file: SchemaFile }[] {
  const read = [...documents]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap(({ path, node }) => {
      const schema = valueOf(node);
      return isObject(schema) ? [{ path, node, schema }] : [];
    });
  const base = idBaseOf(read);
  return read.map(({ path, node, schema }) => {
    return { path, node, file: { uri: schemaUri(schema, path, base), schema: inJsonSchema(schema) } };
  });
}

/**
 * Schema files → contracts, one per event type. Files that describe no event type serve references only. Of two
 * schemas for one event type the first (by path) counts, and the other is a finding. `examine: false` leaves out what
 * is wrong inside the schemas, for callers that compile them themselves.
 */
export function loadContracts(
  documents: readonly SchemaDocument[],
  { examine = true }: { readonly examine?: boolean } = {},
): Outcome<readonly Contract[]> {
  const collector = new Collector();
  const files = new Map<string, SchemaFile>();
  const read = readSchemas(documents);
  for (const { file } of read) if (!files.has(file.uri)) files.set(file.uri, file);
  const contracts = new Map<string, Contract>();
  for (const { path, node, file } of read) {
    const layout = schemaLayout(file.schema, path);
    if (!layout) continue;
    const contract = collector.take(contractOf(node, file, files, layout, examine));
    const known = contracts.get(contract.id);
    if (known) {
      const related = [{ span: known.span, message: 'the schema that counts' }];
      collector.add(
        finding('schema/duplicate', { eventType: contract.id }, { span: contract.span, related }),
      );
    } else contracts.set(contract.id, contract);
  }
  return outcome([...contracts.values()], collector.diagnostics);
}

/** An OpenAPI 3.0 document with its schemas in JSON Schema, at the same places: `nullable` and the like mean something. */
function inJsonSchema(document: JsonObject): JsonObject {
  const version = own(document, 'openapi');
  const components = own(document, 'components');
  if (typeof version !== 'string' || !version.startsWith('3.0') || !isObject(components)) return document;
  const schemas = own(components, 'schemas');
  if (!isObject(schemas)) return document;
  const read = Object.entries(schemas).map(([name, schema]) => [name, fromOpenApi(schema, (one) => one)]);
  // From 3.1 on, schemas are read as JSON Schema.
  return { ...document, openapi: '3.1.0', components: { ...components, schemas: Object.fromEntries(read) } };
}

function contractOf(
  node: Node,
  file: SchemaFile,
  files: ReadonlyMap<string, SchemaFile>,
  layout: SchemaLayout,
  examine: boolean,
): Outcome<Contract> {
  const resources = embedReferences(file, files);
  const described = (nodeAt(node, ...layout.at) ?? node) as Node;
  const span =
    member(described, 'x-amazon-events-detail-type')?.value.span ?? member(described, 'title')?.value.span;
  const { schema, detail } = schemasOf(file, resources, layout);
  const root = file.schema;
  const contract: Contract = {
    id: printEventType(layout.type),
    type: layout.type,
    schema,
    detailSchema: detail,
    examples: examplesOf(root, layout),
    span: span ?? node.span,
    ...optional('owner', text(own(root, 'x-owner'))),
    ...optional('title', text(own(root, 'title'))),
    ...optional('description', text(own(root, 'description'))),
    ...optional('bus', text(own(root, 'x-bus'))),
  };
  if (!examine) return outcome(contract);
  // Compiled here for what it has to say about the text: places are lost in the contract's own schema.
  // Only with the files it leads to: with all of them, loading would be quadratic in their number.
  const others = [...files.values()].filter(
    (other) => other !== file && Object.hasOwn(resources, resourceName(other.uri)),
  );
  const { diagnostics } = compileSchema({ node }, { uri: file.uri, files: others, formatAssertion: true });
  return outcome(contract, diagnostics);
}

function schemasOf(
  file: SchemaFile,
  resources: Record<string, JsonObject>,
  layout: SchemaLayout,
): { readonly schema: JsonValue; readonly detail: JsonValue } {
  const dialect = own(file.schema, '$schema');
  const early = typeof dialect === 'string' && /draft-0[467]/.test(dialect);
  const head = typeof dialect === 'string' ? { $schema: dialect } : {};
  const where = layout.at.length > 0 ? `${file.uri}#/${layout.at.join('/')}` : file.uri;
  const resource: JsonObject = { [early ? 'definitions' : '$defs']: resources };
  if (layout.describes === 'detail') {
    return {
      schema: { ...head, ...envelopeOf(layout.type, { $ref: where }), ...resource },
      detail: { ...head, $ref: where, ...resource },
    };
  }
  const envelope = envelopeOf(layout.type, { type: 'object' });
  return {
    schema: { ...head, allOf: [{ $ref: where }, envelope], ...resource },
    detail: { ...head, $ref: `${where}${where.includes('#') ? '' : '#'}/properties/detail`, ...resource },
  };
}

function examplesOf(root: JsonObject, layout: SchemaLayout): readonly JsonValue[] {
  const examples = own(root, 'examples');
  if (!Array.isArray(examples)) return [];
  if (layout.describes === 'detail') return examples;
  return examples.flatMap((event) =>
    isObject(event) && event['detail'] !== undefined ? [event['detail']] : [],
  );
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}
