import type { JsonObject } from '../../json/value.ts';
import type { Contract } from '../../model/contract.ts';
import type { EventTypeId } from '../../model/event-type.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { judgeOf } from '../../schema/validator.ts';
import { memberOf } from '../../sets/ask.ts';
import { some } from '../../sets/atoms.ts';
import { evaluate } from '../../sets/evaluate.ts';
import { TRUE } from '../../sets/formula.ts';
import { and } from '../../sets/junction.ts';
import { oneName } from '../../sets/names.ts';
import type { SentEntry } from '../aws/put-events.ts';
import { whyRefused } from '../why-refused.ts';
import type { Invocation } from './invoke.ts';

/** The members of `detail` that carry the chain. */
export interface FieldNames {
  readonly depth: string;
  readonly stage: string;
}

export const usualFields: FieldNames = { depth: '_chain_depth', stage: 'processing_stage' };

/** What the code under test may publish. */
export interface Declared {
  readonly contracts: ReadonlyMap<EventTypeId, Contract>;
  /** Event types it may publish; any that has a contract if undefined. */
  readonly allowed: ReadonlySet<EventTypeId> | undefined;
}

export function undeclared({ contracts, allowed }: Declared, { sent }: Invocation): string | undefined {
  for (const { type } of sent) {
    if (allowed && !allowed.has(type)) return `it published ${type}, which is not declared for it`;
    if (!contracts.has(type)) return `it published ${type}, which no schema describes`;
  }
  return undefined;
}

export function invalid({ contracts }: Declared, { sent }: Invocation): string | undefined {
  for (const { type, detail, entry } of sent) {
    const schema = compiledOnce(contracts.get(type)?.detailSchema ?? true);
    if (!detail) return `it published ${type} with a Detail that is no JSON object: ${entry.Detail}`;
    if (!schema || judgeOf(schema)(detail) === true || evaluate(schema.formula, detail) === true) continue;
    return `it published ${type} with a detail that is not valid: ${whyRefused(schema, detail, 'detail')}\n${JSON.stringify(detail)}`;
  }
  return undefined;
}

/** The depth that does not go on from the received one, in words. */
export function wrongDepth(
  declared: Declared,
  { sent }: Invocation,
  expected: number,
  fields: FieldNames,
): string | undefined {
  for (const { type, detail } of carriers(declared, sent, fields.depth)) {
    const depth = detail[fields.depth];
    if (depth === expected) continue;
    if (depth === undefined) return `it published ${type} without ${fields.depth}; ${expected} is expected`;
    return `it published ${type} with ${fields.depth} ${JSON.stringify(depth)}; ${expected} is expected`;
  }
  return undefined;
}

export function wrongStage(
  declared: Declared,
  { sent }: Invocation,
  expected: (type: EventTypeId) => string | undefined,
  fields: FieldNames,
): string | undefined {
  for (const { type, detail } of carriers(declared, sent, fields.stage)) {
    const wanted = expected(type);
    const stage = detail[fields.stage];
    if (wanted === undefined || stage === wanted) continue;
    if (stage === undefined) return `it published ${type} without ${fields.stage}; "${wanted}" is expected`;
    return `it published ${type} with ${fields.stage} ${JSON.stringify(stage)}; "${wanted}" is expected`;
  }
  return undefined;
}

/** Events whose schema has room for the field. */
function* carriers(
  { contracts }: Declared,
  sent: readonly SentEntry[],
  field: string,
): Generator<{ type: string; detail: JsonObject }> {
  for (const { type, detail } of sent) {
    if (detail && hasRoom(contracts.get(type), field)) yield { type, detail };
  }
}

/** Why nothing can be said of a field: no event that may be published has room for it. */
export function withoutField({ contracts, allowed }: Declared, field: string): string | undefined {
  const own = [...contracts.values()].filter(({ id }) => !allowed || allowed.has(id));
  if (own.length === 0 || own.some((contract) => hasRoom(contract, field))) return undefined;
  return `nothing that it may publish has ${field}`;
}

/** Whether the schema of an event type allows the field at all. */
export function hasRoom(contract: Contract | undefined, field: string): boolean {
  if (!contract) return true;
  const known = rooms.get(contract) ?? new Map<string, boolean>();
  rooms.set(contract, known);
  if (!known.has(field)) known.set(field, allows(contract, field));
  return known.get(field)!;
}

const rooms = new WeakMap<Contract, Map<string, boolean>>();

function allows({ detailSchema }: Contract, field: string): boolean {
  const schema = compiledOnce(detailSchema);
  return !schema || memberOf(and(schema.formula, some(oneName(field), TRUE))).answer !== 'no';
}

/** What was taken, by event type and text. */
export function takenCounts({ sent }: Invocation): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { type, errorCode } of sent) {
    if (errorCode === undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}
