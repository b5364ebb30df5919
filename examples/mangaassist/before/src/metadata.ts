/** What every event of MangaAssist carries, whatever it is about. */
export interface Metadata {
  readonly processing_stage: 'raw' | 'processed';
  readonly _chain_depth: number;
  readonly correlation_id: string;
}

/** Of an event that starts a chain: it comes from outside. */
export function startOfChain(correlationId: string): Metadata {
  return { processing_stage: 'raw', _chain_depth: 0, correlation_id: correlationId };
}

/** Of an event that follows from the received one. */
export function following(received: Metadata): Metadata {
  const { processing_stage, _chain_depth, correlation_id } = received;
  return { processing_stage, _chain_depth, correlation_id };
}
