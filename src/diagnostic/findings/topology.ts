import { kind } from './kind.ts';

/** Buses, rules and targets taken together. */
export const topologyFindings = {
  'topology/missing-bus': kind(
    'warning',
    'A rule or target names a bus that nothing declares',
    (p: { bus: string; declared: string; nearest: string | null }) =>
      `no loaded template declares the bus "${p.bus}" (declared: ${p.declared})${
        p.nearest === null ? '' : `; did you mean "${p.nearest}"?`
      }`,
  ),
} as const;
