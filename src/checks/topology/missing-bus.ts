import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { hasHole, printHoles } from '../../json/holes.ts';
import { nearest } from '../../json/nearest.ts';
import { printEventType } from '../../model/event-type.ts';
import type { Check } from '../check.ts';
import { listed } from '../common/words.ts';

/**
 * Publishers that name a bus which nothing declares, where buses are declared: PutEvents answers 200, with an event
 * id, and the event is gone (UG eb-putevents). Buses that rules and targets name are told when they are linked.
 */
export const missingBus: Check = ({ topology }) => {
  const declared = topology.buses
    .filter((bus) => bus.declared && bus.kind === 'custom')
    .map(({ id }) => printHoles(id));
  if (declared.length === 0) return [];
  const found = new Map<string, Diagnostic>();
  for (const { component, bus, event, evidence } of topology.emissions) {
    if (bus === undefined || evidence.kind === 'iam' || evidence.kind === 'unknown') continue;
    if (hasHole(bus) || bus.includes('/') || bus.startsWith('aws.') || bus === '*') continue;
    // What rules or targets name is told there.
    if (topology.busById.has(bus)) continue;
    const name = topology.componentById.get(component)?.name ?? component;
    const what = event ? printHoles(printEventType(event)) : 'events';
    const params = { bus, declared: listed(declared), nearest: nearest(bus, declared) ?? null };
    found.set(
      `${component} ${bus}`,
      finding('topology/missing-bus', params, {
        ...(evidence.span ? { span: evidence.span } : {}),
        label: `${name} publishes ${what} to it`,
        identity: `${name} ${bus}`,
        notes: ['PutEvents answers 200 and the event is dropped, if no other stack declares this bus either'],
      }),
    );
  }
  return [...found.values()];
};
