import { type Diagnostic, finding, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import { type JsonObject, own } from '../json/value.ts';
import type { Contract } from '../model/contract.ts';
import { exactnessOf, type Loss } from '../schema/convert/loss.ts';
import { contentText, registryContent } from './content.ts';
import { isSafeName, limits } from './limits.ts';
import { schemaName } from './names.ts';
import type { NewSchema, SchemaType } from './service.ts';

/** A schema as the registry should have it. */
export interface WantedSchema {
  readonly contract: Contract;
  readonly schema: NewSchema;
  readonly value: JsonObject;
  readonly losses: readonly Loss[];
}

export interface WantedOptions {
  readonly type: SchemaType;
  readonly allowLossy: boolean;
  /** Names of schemas by event type, where the usual one will not do. */
  readonly names: Readonly<Record<string, string>>;
  /** The most schemas that the registry takes. */
  readonly schemas: number;
}

/** What the registry should have for each contract. Everything that it would refuse is a finding before any call. */
export function wantedSchemas(
  contracts: readonly Contract[],
  options: WantedOptions,
): Outcome<readonly WantedSchema[]> {
  const diagnostics: Diagnostic[] = [];
  const byName = new Map<string, WantedSchema>();
  for (const contract of contracts) {
    const name = own(options.names, contract.id) ?? schemaName(contract.type);
    const found = wantedSchema(contract, String(name), options, diagnostics);
    const other = byName.get(String(name));
    if (other) {
      const related = [{ span: other.contract.span, message: 'the other event type' }];
      const params = { name: String(name), eventType: contract.id, other: other.contract.id };
      diagnostics.push(finding('registry/name-clash', params, { span: contract.span, related }));
    } else if (found) byName.set(String(name), found);
  }
  if (byName.size > options.schemas) {
    const params = { count: byName.size, limit: options.schemas };
    diagnostics.push(finding('registry/too-many-schemas', params));
  }
  return outcome([...byName.values()], diagnostics);
}

function wantedSchema(
  contract: Contract,
  name: string,
  { type, allowLossy }: WantedOptions,
  diagnostics: Diagnostic[],
): WantedSchema | undefined {
  const { id: eventType, span } = contract;
  if (!isSafeName(name, limits.schemaName)) {
    diagnostics.push(finding('registry/name', { name, eventType }, { span }));
    return undefined;
  }
  const content = registryContent(contract, type);
  if (!content) {
    const reason = 'its schema is not valid';
    diagnostics.push(finding('registry/not-convertible', { eventType, type, reason }, { span }));
    return undefined;
  }
  const { value, losses } = content;
  const exactness = exactnessOf(losses);
  const notes = lossNotes(losses);
  if (exactness === 'lossy' && !allowLossy) {
    diagnostics.push(finding('registry/lossy', { eventType, type }, { span, notes }));
    return undefined;
  }
  if (exactness !== 'exact')
    diagnostics.push(
      finding('registry/wider', { eventType, type, lossy: exactness === 'lossy' }, { span, notes }),
    );
  const text = contentText(value);
  if (text.length > limits.content) {
    const params = { eventType, size: text.length, limit: limits.content };
    diagnostics.push(finding('registry/too-large', params, { span }));
    return undefined;
  }
  const description = shortened(contract.description ?? contract.title ?? '');
  return { contract, schema: { name, type, content: text, description }, value, losses };
}

/** Each kind of loss once, with how often it occurs. */
export function lossNotes(losses: readonly Loss[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { keyword, text } of losses) {
    const note = keyword === '' ? text : `"${keyword}" ${text}`;
    counts.set(note, (counts.get(note) ?? 0) + 1);
  }
  return [...counts].map(([note, count]) => (count > 1 ? `${note} (${count} times)` : note));
}

function shortened(text: string): string {
  return text.length <= limits.description ? text : `${text.slice(0, limits.description - 1)}…`;
}
