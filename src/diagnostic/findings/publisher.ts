import { kind } from './kind.ts';

/** Who publishes what. */
export const publisherFindings = {
  'publisher/unknown': kind(
    'info',
    'Nobody says what a component publishes',
    (p: { name: string; events: string }) =>
      `${p.name} receives ${p.events}, and what it publishes is not declared: loops through it are not seen`,
  ),
} as const;
