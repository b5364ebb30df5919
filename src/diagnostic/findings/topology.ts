import { kind } from './kind.ts';

/** Buses, rules and targets taken together. */
export const topologyFindings = {
  'topology/missing-bus': kind(
    'warning',
    'A rule, target or publisher names a bus that nothing declares',
    (p: { bus: string; declared: string; nearest: string | null }) =>
      `no loaded template declares the bus "${p.bus}" (declared: ${p.declared})${
        p.nearest === null ? '' : `; did you mean "${p.nearest}"?`
      }`,
  ),
  'topology/dead-second-hop': kind(
    'warning',
    'A rule would forward an event to a second bus, which a Classic bus does not do',
    (p: { first: string; second: string; event: string }) =>
      `${p.second} never forwards the ${p.event} that ${p.first} has forwarded to its bus: an event goes from rule to bus only once`,
  ),
} as const;
