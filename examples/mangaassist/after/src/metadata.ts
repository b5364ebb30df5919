/** What every event of MangaAssist carries, whatever it is about. */
export interface Metadata {
  readonly processing_stage: 'raw' | 'processed';
  readonly _chain_depth: number;
  readonly correlation_id: string;
}

/** An event that has come through this many consumers is not followed any further. */
export const MAX_CHAIN_DEPTH = 3;

/** Of an event that starts a chain: it comes from outside. */
export function startOfChain(correlationId: string): Metadata {
  return { processing_stage: 'raw', _chain_depth: 0, correlation_id: correlationId };
}

/** Of an event that follows from the received one. */
export function following(received: Metadata): Metadata {
  const { processing_stage, correlation_id } = received;
  return { processing_stage, _chain_depth: depthOf(received) + 1, correlation_id };
}

/**
 * Whether the chain ends here. Says so in the log, since it means that some rule lets a chain go in circles.
 */
export function isTooDeep(received: Metadata): boolean {
  const depth = depthOf(received);
  if (depth < MAX_CHAIN_DEPTH) return false;
  console.error('chain depth %d reached the maximum %d: dropping the event', depth, MAX_CHAIN_DEPTH);
  return true;
}

/**
 * An event without a depth is at the start; one whose depth is not a number is not to be trusted, so it is
 * too deep.
 */
function depthOf({ _chain_depth = 0 }: Partial<Metadata>): number {
  return Number.isInteger(_chain_depth) ? _chain_depth : MAX_CHAIN_DEPTH;
}
