import { kind } from './kind.ts';

/** Event types held against publishers and consumers. */
export const eventFindings = {
  'event/unconsumed': kind(
    'info',
    'An event that no rule takes',
    (p: { eventType: string; bus: string }) => `no rule on ${p.bus} takes ${p.eventType}`,
  ),
  'event/without-schema': kind(
    'warning',
    'A publisher and the schemas spell an event type differently',
    (p: { publisher: string; eventType: string; nearest: string }) =>
      `${p.publisher} publishes ${p.eventType}, of which no schema tells; did you mean ${p.nearest}?`,
  ),
  'event/too-large': kind(
    'warning',
    'An event can be larger than what it is delivered to takes',
    (p: { eventType: string; size: string; target: string; limit: string }) =>
      `${p.eventType} can have ${p.size}; ${p.target} takes ${p.limit}`,
  ),
  'event/unbounded': kind(
    'info',
    'Nothing bounds the size of an event that goes to something with a small limit',
    (p: { eventType: string; target: string; limit: string; fields: string }) =>
      `nothing bounds the size of ${p.eventType} (${p.fields}); ${p.target} takes ${p.limit}`,
  ),
} as const;
