import { kind } from './kind.ts';

/** What one event leads to. */
export const amplificationFindings = {
  'amplification/over-budget': kind(
    'error',
    'One event leads to more events than its budget allows',
    (p: { eventType: string; events: string; budget: number }) =>
      `one ${p.eventType} leads to ${p.events} events; its budget is ${p.budget}`,
  ),
  'amplification/call-over-budget': kind(
    'error',
    'One call from outside leads to more events than its budget allows',
    (p: { name: string; events: string; budget: number }) =>
      `one call of ${p.name} leads to ${p.events} events; its budget is ${p.budget}`,
  ),
  'amplification/over-cost': kind(
    'error',
    'One event costs more than its budget allows',
    (p: { eventType: string; cost: string; budget: number }) =>
      `one ${p.eventType} costs ${p.cost}; its budget is $${p.budget}`,
  ),
} as const;
