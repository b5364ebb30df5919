import { chainFields, followingStage, type Link, RAW, readDepth, readText, withLink } from './chain.ts';
import { busOf, type Connection } from './connection.ts';
import type { AnyContract } from './contract.ts';
import type { Entry } from './entry.ts';
import type { EventEnvelope } from './envelope.ts';
import type { Refused } from './fate.ts';
import { issuesOf } from './validation.ts';

/** What may be said of one event beside its detail. */
export interface EventOptions {
  /** When it happened; the time of the call unless told. */
  readonly time?: Date;
  readonly resources?: readonly string[];
  /** X-Ray's header; the one of the running Lambda invocation unless told. */
  readonly traceHeader?: string;
  /** `raw`, `processed`, or a stage of one's own. */
  readonly stage?: string;
  readonly correlationId?: string;
  /** The event this one follows from, for functions that do not get it through a generated consumer. */
  readonly cause?: EventEnvelope;
}

/** An event that is to be published, before it is validated and serialized. */
export interface Outgoing {
  readonly contract: AnyContract;
  readonly detail: object;
  readonly options: EventOptions;
  /** The link a consumer dictates; undefined at the start of a chain. */
  readonly link?: Link;
}

/**
 * Makes the entry of an event. What is validated is what is sent: the JSON text, read back, so that dates are texts
 * and members without a value are not there.
 */
export function entryOf(outgoing: Outgoing, connection: Connection): Entry | Refused {
  const { contract, options } = outgoing;
  const bus = busOf(connection, contract);
  if (contract.source.startsWith('aws.')) {
    return refusal('ReservedSource', `the source ${contract.source} is AWS's own`);
  }
  const linked = linkedDetail(outgoing);
  if (linked instanceof Error) return refusal('InvalidDetail', linked.message);
  let text: string;
  try {
    text = JSON.stringify(linked);
  } catch (error) {
    return refusal('NotSerializable', `detail cannot be written as JSON: ${(error as Error).message}`);
  }
  const issues = issuesOf(contract.validator, JSON.parse(text));
  if (issues.length > 0) {
    const reason = issues.map(({ message }) => message).join('; ');
    return { ...refusal('InvalidDetail', reason), issues };
  }
  const trace = options.traceHeader ?? traceOfInvocation();
  return {
    Source: contract.source,
    DetailType: contract.detailType,
    Detail: text,
    EventBusName: bus,
    ...(options.time ? { Time: options.time } : {}),
    ...(options.resources ? { Resources: [...options.resources] } : {}),
    ...(trace ? { TraceHeader: trace } : {}),
  };
}

function refusal(code: Refused['code'], reason: string): Refused {
  return { status: 'refused', code, reason };
}

function linkedDetail({ contract, detail, options, link }: Outgoing): Record<string, unknown> | Error {
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) {
    return new Error('detail must be an object');
  }
  const { fields } = contract;
  if (link) return withLink(detail, link, fields);
  const start = options.cause ? linkAfter(options.cause, options) : startingLink(detail, contract, options);
  return start instanceof Error ? start : withLink(detail, start, fields);
}

/** At the start of a chain: what the caller gives, and depth 0, stage raw and a new correlation id where he gives none. */
function startingLink(detail: object, { fields }: AnyContract, options: EventOptions): Link | Error {
  const given = readDepth(detail, fields.depth);
  if (given.kind === 'forged') {
    return new Error(
      `detail/${fields.depth ?? chainFields.depth} must be a whole number from 0, but is ${given.value}`,
    );
  }
  return {
    depth: given.kind === 'depth' ? given.depth : 0,
    stage: options.stage ?? readText(detail, fields.stage) ?? RAW,
    correlation: options.correlationId ?? readText(detail, fields.correlation) ?? crypto.randomUUID(),
    causation: readText(detail, fields.causation),
  };
}

/** One deeper than the event it follows from. The cause's fields are the usual ones, as its contract is not known here. */
function linkAfter({ id, detail }: EventEnvelope, options: EventOptions): Link | Error {
  const depth = readDepth(detail);
  if (depth.kind === 'forged') return new Error(`the cause's chain depth is ${depth.value}`);
  const received = readText(detail, chainFields.stage) ?? RAW;
  return {
    depth: depth.kind === 'depth' ? depth.depth + 1 : 1,
    stage: followingStage(received, options.stage),
    correlation: options.correlationId ?? readText(detail, chainFields.correlation) ?? id,
    causation: id,
  };
}

/** Lambda keeps the header of the invocation under way here. */
function traceOfInvocation(): string | undefined {
  return typeof process === 'undefined' ? undefined : process.env['_X_AMZN_TRACE_ID'];
}
