import type { CheckReport } from '../checks/report.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Loop } from '../graph/loop.ts';

/** Finds the loop that a finding of the area `loop` tells of; each look-up in constant time. */
export function loopsByFinding({ loops }: CheckReport): (diagnostic: Diagnostic) => Loop | undefined {
  const byId = new Map(loops.map(({ loop }) => [loop.id, loop]));
  return ({ code, identity }) => (code.startsWith('loop/') ? byId.get(identity) : undefined);
}
