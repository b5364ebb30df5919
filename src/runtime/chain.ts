import type { ChainFields } from './contract.ts';

/** An event at this depth, or deeper, is not followed any further. */
export const DEFAULT_MAX_CHAIN_DEPTH = 3;

/** The stage of what a foundation model had a part in. Whatever follows from it is of that stage, too. */
export const PROCESSED = 'processed';
export const RAW = 'raw';

/** Names of the chain's members where a contract says nothing else. */
export const chainFields: Required<ChainFields> = {
  depth: '_chain_depth',
  stage: 'processing_stage',
  correlation: 'correlation_id',
  causation: 'causation_id',
};

/** The place of an event in a chain of events. */
export interface Link {
  readonly depth: number;
  readonly stage: string;
  readonly correlation: string | undefined;
  /** The id of the event that this one follows from. */
  readonly causation: string | undefined;
}

/** What `detail` says of its depth: a number to rely on, nothing, or something nobody honest writes. */
export type ReadDepth =
  | { readonly kind: 'depth'; readonly depth: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'forged'; readonly value: unknown };

/**
 * The depth of a received event. Anything but a whole number from 0 to 2^53 - 1 is forged: a negative depth would
 * buy rounds, a fraction or a text would never reach the maximum, and 2^53 + 1 is 2^53.
 */
export function readDepth(detail: unknown, field: string = chainFields.depth): ReadDepth {
  const value = memberOf(detail, field);
  if (value === undefined) return { kind: 'missing' };
  if (Number.isSafeInteger(value) && (value as number) >= 0) {
    return { kind: 'depth', depth: value as number };
  }
  return { kind: 'forged', value };
}

export function readText(detail: unknown, field: string | undefined): string | undefined {
  const value = field === undefined ? undefined : memberOf(detail, field);
  return typeof value === 'string' ? value : undefined;
}

function memberOf(detail: unknown, field: string): unknown {
  const owner = typeof detail === 'object' && detail !== null && Object.hasOwn(detail, field);
  return owner ? (detail as Record<string, unknown>)[field] : undefined;
}

/** The stage of what follows: as declared, otherwise as received; what was processed once stays so. */
export function followingStage(received: string, declared: string | undefined): string {
  return received === PROCESSED ? PROCESSED : (declared ?? received);
}

/** `detail` with its place in the chain written into the members the contract has for it, over what stood there. */
export function withLink(detail: object, link: Link, fields: ChainFields): Record<string, unknown> {
  const linked: Record<string, unknown> = { ...detail };
  const set = (field: string | undefined, value: unknown) => {
    if (field !== undefined && value !== undefined) linked[field] = value;
  };
  set(fields.depth, link.depth);
  set(fields.stage, link.stage);
  set(fields.correlation, link.correlation);
  set(fields.causation, link.causation);
  return linked;
}
