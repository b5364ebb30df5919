import { kind } from './kind.ts';

/** Loops of events. */
export const loopFindings = {
  'loop/endless': kind('error', 'Events go round for ever', (p: { path: string }) => p.path),
  'loop/possible': kind(
    'warning',
    'Events may go round for ever; something on the way is not known',
    (p: { path: string }) => p.path,
  ),
  'loop/bounded': kind(
    'info',
    'Events go round until the chain-depth guard stops them',
    (p: { path: string; depth: number; events: number }) =>
      `${p.path}: stops at depth ${p.depth}, after ${p.events} ${p.events === 1 ? 'event' : 'events'}`,
  ),
  'loop/one-edit-away': kind(
    'info',
    'A single guard keeps a loop from closing',
    (p: { path: string; guard: string }) => `${p.path}: only ${p.guard} stops it`,
  ),
  'loop/interleaved': kind(
    'warning',
    'More loops than can be listed share the same events',
    (p: { listed: number; events: string }) =>
      `more than ${p.listed} loops go through ${p.events}; only ${p.listed} are listed`,
  ),
  'loop/beyond-intent': kind(
    'error',
    'An intended loop costs more events than its declaration allows',
    (p: { path: string; bound: number; events: number }) =>
      `${p.path}: declared as intended with at most ${p.bound} events, but it stops only after ${p.events}`,
  ),
} as const;
