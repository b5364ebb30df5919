import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { withThousands } from '../../graph/words.ts';
import { isObject, type JsonValue } from '../../json/value.ts';
import type { Contract } from '../../model/contract.ts';
import type { CompiledSchema } from '../../schema/compiled.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { largeInstance, mayBeGrown } from '../../schema/large-instance.ts';
import { type MaxSize, maxSize } from '../../schema/max-size.ts';
import type { Check, CheckContext } from '../check.ts';
import { listed } from '../common/words.ts';
import { BUS_LIMIT, ENVELOPE, type SizeLimit, smallestLimits } from './size-limits.ts';

/** A control character takes six bytes, the longest others three: only texts of control characters reach the bound. */
const ESCAPED = 2;

/**
 * Event types of which an event can be larger than what it is put on or delivered to. An error where a valid event of
 * that size was made, or an example has it; a warning where the schema's bound alone exceeds the limit.
 */
export const tooLarge: Check = (context) => {
  const limits = smallestLimits(context);
  return context.topology.contracts.flatMap((contract) => {
    const schema = compiledOnce(contract.detailSchema);
    if (!schema) return [];
    const target = limits.get(contract);
    const limit = target && target.bytes < BUS_LIMIT.bytes ? target : BUS_LIMIT;
    return judged(contract, schema, limit, context);
  });
};

function judged(
  contract: Contract,
  schema: CompiledSchema,
  limit: SizeLimit,
  context: CheckContext,
): Diagnostic[] {
  const room = limit.bytes - ENVELOPE;
  const largest = Math.max(0, ...contract.examples.map(sizeOf));
  if (largest > room) return [proven(contract, limit, largest + ENVELOPE, 'an example has that size')];
  const size = maxSize(schema);
  if (size.answer === 'unknown') return [];
  if (size.answer === 'bounded' && size.bytes <= room) return [];
  // Grown from an event that is known to be valid.
  const seed = mayBeGrown(schema, room)
    ? (contract.examples.find(isObject) ?? someDetail(contract, context))
    : undefined;
  const made = seed === undefined ? undefined : largeInstance(schema, seed, room);
  if (made !== undefined)
    return [proven(contract, limit, made + ENVELOPE, 'a valid event of that size was made', size)];
  if (size.answer === 'bounded') return [bounded(contract, limit, size)];
  return limit.bytes < BUS_LIMIT.bytes ? [unbounded(contract, limit, size.fields)] : [];
}

function proven(
  contract: Contract,
  limit: SizeLimit,
  bytes: number,
  how: string,
  size?: MaxSize,
): Diagnostic {
  const largest = size?.answer === 'bounded' ? size.largest.slice(0, 3) : [];
  return finding(
    'event/too-large',
    { eventType: contract.id, size: bytesOf(bytes), target: limit.name, limit: bytesOf(limit.bytes) },
    {
      severity: 'error',
      ...common(contract, limit),
      notes: [
        how,
        ...(largest.length > 0 ? [`most of it is in ${listed(largest.map(({ path }) => path))}`] : []),
        limit.what,
      ],
    },
  );
}

function bounded(
  contract: Contract,
  limit: SizeLimit,
  size: Extract<MaxSize, { answer: 'bounded' }>,
): Diagnostic {
  return finding(
    'event/too-large',
    {
      eventType: contract.id,
      size: `up to ${bytesOf(size.bytes + ENVELOPE)}`,
      target: limit.name,
      limit: bytesOf(limit.bytes),
    },
    {
      ...(size.bytes / ESCAPED > limit.bytes ? {} : { severity: 'info' as const }),
      ...common(contract, limit),
      notes: [
        `most of it is in ${listed(size.largest.slice(0, 3).map(({ path }) => path))}`,
        'the bound counts every character at its longest: six bytes, escaped',
        limit.what,
      ],
    },
  );
}

function unbounded(contract: Contract, limit: SizeLimit, fields: readonly string[]): Diagnostic {
  return finding(
    'event/unbounded',
    { eventType: contract.id, target: limit.name, limit: bytesOf(limit.bytes), fields: listed(fields) },
    { ...common(contract, limit), notes: [limit.what] },
  );
}

function common(contract: Contract, limit: SizeLimit) {
  return {
    span: contract.span,
    identity: `${contract.id} ${limit.name}`,
    related: limit.span ? [{ span: limit.span, message: `delivers it to ${limit.name}` }] : [],
    fix: {
      text: 'bound the fields (maxLength, maxItems), or put what is large into S3 and its key into the event',
    },
  };
}

function someDetail(contract: Contract, { oracle }: CheckContext): JsonValue | undefined {
  const everything = { alternatives: [{ conditions: [] }], span: contract.span };
  const verdict = oracle.ask(contract, true, everything, []);
  const event = verdict.answer === 'yes' ? verdict.witness : undefined;
  return isObject(event) ? event['detail'] : undefined;
}

function sizeOf(value: JsonValue): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function bytesOf(bytes: number): string {
  return `${withThousands(bytes)} bytes`;
}
