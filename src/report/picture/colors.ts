import type { LoopKind } from './picture.ts';

/** Loops by how bad they are: red goes round for ever, grey is stopped. */
export const loopColors: Readonly<Record<LoopKind, string>> = {
  endless: '#cf222e',
  possible: '#bf8700',
  bounded: '#0969da',
  refuted: '#6e7781',
};
