import { DEFAULT_MAX_CHAIN_DEPTH, RAW, readDepth, readText } from './chain.ts';
import type { AnyContract, EventOfContract } from './contract.ts';
import { type EventEnvelope, envelopeProblem } from './envelope.ts';
import type { Rejection } from './rejection.ts';
import { issuesOf } from './validation.ts';

/** What a consumer takes in. */
export interface Guards {
  /** Events at this depth or deeper are rejected; 3 unless told. */
  readonly maxChainDepth?: number;
  /** An event that says nothing of its depth: `start` (unless told) counts it as depth 0, `reject` does not take it. */
  readonly missingDepth?: 'start' | 'reject';
  /** Events of a replay: `handle` (unless told) as any other, or `reject`. */
  readonly replays?: 'handle' | 'reject';
}

/** A received event that may be handled. */
export interface Received<C extends AnyContract> {
  readonly event: EventOfContract<C>;
  readonly depth: number;
  /** Whether the depth stood in the event. */
  readonly depthKnown: boolean;
  readonly stage: string;
  readonly correlation: string;
  /** The name of the replay that delivered it, if one did. */
  readonly replay: string | undefined;
}

/**
 * Decides what is done with an event, in this order: is it an event, is it the declared one, may it be followed
 * (depth, replay), is its detail valid. The guards come before validation: an event that went round too often is done
 * with, whatever else it says.
 */
export function receive<C extends AnyContract>(
  expected: C | readonly C[],
  event: unknown,
  guards: Guards = {},
): Received<C> | Rejection {
  const problem = envelopeProblem(event);
  if (problem !== undefined) return { status: 'rejected', reason: 'unknown_envelope', problem };
  const envelope = event as EventEnvelope;
  const contracts: readonly AnyContract[] = Array.isArray(expected) ? expected : [expected as C];
  const contract = contracts.find(
    ({ source, detailType }) => source === envelope.source && detailType === envelope['detail-type'],
  );
  if (!contract) return otherEvent(contracts, envelope);
  const { fields } = contract;
  const read = readDepth(envelope.detail, fields.depth);
  const max = guards.maxChainDepth ?? DEFAULT_MAX_CHAIN_DEPTH;
  if (read.kind === 'forged') return { status: 'rejected', reason: 'forged_chain_depth', depth: read.value };
  if (read.kind === 'missing' && guards.missingDepth === 'reject') {
    return { status: 'rejected', reason: 'missing_chain_depth' };
  }
  const depth = read.kind === 'depth' ? read.depth : 0;
  if (depth >= max) return { status: 'rejected', reason: 'max_chain_depth', depth, max };
  const replay = envelope['replay-name'];
  if (replay !== undefined && guards.replays === 'reject') {
    return { status: 'rejected', reason: 'replay', replay };
  }
  const issues = issuesOf(contract.validator, envelope.detail);
  if (issues.length > 0) return { status: 'rejected', reason: 'invalid_detail', issues };
  return {
    event: envelope as Received<C>['event'],
    depth,
    depthKnown: read.kind === 'depth',
    stage: readText(envelope.detail, fields.stage) ?? RAW,
    correlation: readText(envelope.detail, fields.correlation) ?? envelope.id,
    replay,
  };
}

function otherEvent(
  contracts: readonly AnyContract[],
  { source, 'detail-type': detailType }: EventEnvelope,
): Rejection {
  const expected = contracts.map((contract) => `${contract.source}@${contract.detailType}`).join(' or ');
  return { status: 'rejected', reason: 'other_event', expected, received: `${source}@${detailType}` };
}

export function isRejection(result: Received<AnyContract> | Rejection): result is Rejection {
  return 'status' in result;
}
