import { documentOf } from '../json/document.ts';
import { nodeOf, wholeSpan } from '../json/node.ts';
import { canonicalJson, type JsonObject, type JsonValue } from '../json/value.ts';
import { loadContracts } from '../load/contracts/contracts.ts';
import type { Contract } from '../model/contract.ts';
import { registryContent } from './content.ts';
import { type PulledSchema, schemaFile } from './schema-file.ts';
import type { SchemaContent, SchemaType } from './service.ts';

/** A schema of the registry, read. */
export interface ReadSchema {
  /** The content as JSON; undefined if it is none. */
  readonly value: JsonValue | undefined;
  /** As a file of the repository, and as a contract; undefined if it describes no event type. */
  readonly file: PulledSchema | undefined;
  readonly contract: Contract | undefined;
}

/** Reads a schema as `pull` would write it and `check` would read that. */
export function readSchema({ content, name }: Pick<SchemaContent, 'content' | 'name'>): ReadSchema {
  const value = parse(content);
  const file = value === undefined ? undefined : schemaFile(value, name);
  return { value, file, contract: file && contractOf(file.value, `${name}.json`) };
}

function contractOf(value: JsonObject, path: string): Contract | undefined {
  const node = nodeOf(value, wholeSpan(documentOf(path, '')));
  return loadContracts([{ path, node }], { examine: false }).value[0];
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** The content in canonical JSON: equal for equal contents, however they are laid out. */
export function canonicalContent(text: string): string {
  const value = parse(text);
  return value === undefined ? text : canonicalJson(value);
}

/**
 * Whether two contents say the same: as canonical JSON, or after both went through a file of the repository. So what was
 * pulled does not go up again in other words.
 */
export function sameContent(
  wanted: JsonObject,
  remote: ReadSchema,
  type: SchemaType,
  remoteType: string,
): boolean {
  if (remote.value === undefined || type !== remoteType) return false;
  if (canonicalJson(remote.value) === canonicalJson(wanted)) return true;
  const again = remote.contract && registryContent(remote.contract, type);
  return again !== undefined && canonicalJson(again.value) === canonicalJson(wanted);
}
