import { kind } from './kind.ts';

/** Who publishes what. */
export const publisherFindings = {
  'publisher/unknown': kind(
    'info',
    'Nobody says what a component publishes',
    (p: { name: string; events: string }) =>
      `${p.name} receives ${p.events}, and what it publishes is not known: loops through it are not proven`,
  ),
  'publisher/undeclared': kind(
    'warning',
    'A component publishes an event that its declaration leaves out',
    (p: { name: string; event: string }) => `${p.name} publishes ${p.event}, which it does not declare`,
  ),
  'publisher/forbidden': kind(
    'warning',
    'A component is to publish an event that its role does not allow',
    (p: { name: string; event: string; how: 'publishes' | 'declares' }) =>
      p.how === 'publishes'
        ? `the code of ${p.name} publishes ${p.event}, which its role does not allow`
        : `${p.name} declares ${p.event}, which its role does not allow it to publish`,
  ),
  'publisher/never-published': kind(
    'info',
    'A declared event is published nowhere in the code',
    (p: { name: string; event: string; where: 'code' | 'definition' }) =>
      `${p.name} declares ${p.event}, but its ${p.where} publishes no such event`,
  ),
  'publisher/wide-role': kind(
    'info',
    'A role allows more events than the code behind it publishes',
    (p: { name: string; events: string; more: 'of every source' | 'on every bus' }) =>
      `the role of ${p.name} allows events ${p.more}; all it publishes is ${p.events}`,
  ),
} as const;
