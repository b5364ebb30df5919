import { documentOf, spanOf } from '../json/document.ts';
import { nearest } from '../json/nearest.ts';
import { nodeOf } from '../json/node.ts';
import { isObject, type JsonObject, type JsonValue } from '../json/value.ts';
import { loadContracts } from '../load/contracts/contracts.ts';
import type { Contract } from '../model/contract.ts';
import { envelopeOf } from '../model/envelope.ts';
import { parseEventType, printEventType } from '../model/event-type.ts';
import { UnsupportedArbitraryError } from './arbitrary/unsupported.ts';

/** An event type with the schema of its `detail`, said on the spot. */
export interface EventSchema {
  readonly source: string;
  readonly detailType: string;
  readonly schema: JsonObject | boolean;
}

/** A contract that generated code made: it names the event type, the schema is looked up. */
export interface NamedContract {
  readonly source: string;
  readonly detailType: string;
}

/**
 * The ways to say which event type is meant: its name (`source@DetailType`, `DetailType@source`, or the detail-type
 * alone where only one has it), a generated contract, a loaded contract, a schema with its type, or a JSON Schema that
 * says its type (`x-amazon-events-source` and `x-amazon-events-detail-type`, or an envelope with fixed members).
 */
export type EventSource = string | Contract | NamedContract | EventSchema | JsonObject;

export interface ContractOptions {
  /** The contracts that names are looked up in; those of the project in the working folder unless given. */
  readonly contracts?: readonly Contract[];
}

let project: () => readonly Contract[] = () => [];

/** Says where the contracts of the project come from: from the floor that reads files. */
export function provideContracts(find: () => readonly Contract[]): void {
  project = find;
}

export function contractsOf({ contracts }: ContractOptions): readonly Contract[] {
  return contracts ?? project();
}

/** The contract that is meant. Throws {@link UnsupportedArbitraryError} if there is none. */
export function contractFor(source: EventSource, options: ContractOptions = {}): Contract {
  if (typeof source === 'string') return named(source, contractsOf(options));
  if ('detailSchema' in source) return source as unknown as Contract;
  if ('source' in source && 'detailType' in source && typeof source.source === 'string') {
    const { source: name, detailType } = source as NamedContract;
    const schema = 'schema' in source ? (source['schema'] as JsonObject | boolean) : undefined;
    if (schema === undefined) return named(`${name}@${detailType}`, contractsOf(options));
    return contractOf({ source: name, detailType, schema });
  }
  return described(source as JsonObject);
}

/** A contract of an event type and the schema of its `detail`. */
export function contractOf({ source, detailType, schema }: EventSchema): Contract {
  const { value } = loadContracts([documentFor(schema, `${source}@${detailType}.json`)], { examine: false });
  const [read] = value;
  const type = { source, detailType };
  const id = printEventType(type);
  if (read && read.id === id) return read;
  const examples = isObject(schema) && Array.isArray(schema['examples']) ? schema['examples'] : [];
  return { id, type, schema: envelopeOf(type, schema), detailSchema: schema, examples, span };
}

const span = spanOf(documentOf('schema', ''), 0, 0);

function documentFor(schema: JsonValue, path: string) {
  return { path, node: nodeOf(schema, spanOf(documentOf(path, ''), 0, 0)) };
}

function described(schema: JsonObject): Contract {
  const [contract] = loadContracts([documentFor(schema, 'schema.json')], { examine: false }).value;
  if (contract) return contract;
  throw new UnsupportedArbitraryError(
    'the schema',
    'does not say which event type it is of: give { source, detailType, schema }, or schemaArbitrary(schema) for bare values',
  );
}

function named(text: string, contracts: readonly Contract[]): Contract {
  const parts = parseEventType(text);
  const swapped = parts && printEventType({ source: parts.detailType, detailType: parts.source });
  const exact = contracts.find(({ id }) => id === text) ?? contracts.find(({ id }) => id === swapped);
  if (exact) return exact;
  const alone = contracts.filter(({ type }) => type.detailType === text);
  if (alone.length === 1) return alone[0]!;
  throw new UnsupportedArbitraryError(text, whyUnknown(text, contracts, alone));
}

function whyUnknown(text: string, contracts: readonly Contract[], alone: readonly Contract[]): string {
  if (alone.length > 1) return `several event types are called so: ${alone.map(({ id }) => id).join(', ')}`;
  if (contracts.length === 0) {
    return 'no event schemas were found: run the test in the folder with schemas/ or busproof.config.*, or give { contracts: await loadContracts(path) }';
  }
  const near = nearest(text, [
    ...contracts.map(({ id }) => id),
    ...contracts.map(({ type }) => type.detailType),
  ]);
  return `no event type is called so${near === undefined ? '' : `; did you mean ${near}?`}`;
}
