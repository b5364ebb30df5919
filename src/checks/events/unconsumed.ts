import { finding } from '../../diagnostic/diagnostic.ts';
import { hasHole, printHoles } from '../../json/holes.ts';
import { printEventType } from '../../model/event-type.ts';
import type { Check } from '../check.ts';
import type { KnownType } from '../common/known-types.ts';

/**
 * Event types with a schema or a publisher that no rule of their bus takes, on buses with rules. A note: consumers may
 * stand in other stacks, and an archive is a reader too.
 */
export const unconsumed: Check = ({ topology, rules, known }) => {
  const taken = new Set<KnownType>(rules.flatMap((rule) => known.takenBy(rule)));
  return topology.buses.flatMap(({ id, kind, declared }) => {
    const routes = topology.routesFromBus.get(id) ?? [];
    // What takes events unread may take any of them.
    if (hasHole(id) || kind !== 'custom' || !declared || routes.length === 0) return [];
    if (routes.some(({ filter }) => filter.kind === 'everything' || filter.kind === 'unknown')) return [];
    return known
      .of(id)
      .filter((each) => !taken.has(each) && (each.contract?.bus === id || isPublishedTo(each, id)))
      .map(({ type, contract, emissions }) => {
        const span = contract?.span ?? emissions.find(({ evidence }) => evidence.span)?.evidence.span;
        const eventType = printEventType(type);
        return finding(
          'event/unconsumed',
          { eventType, bus: `bus ${printHoles(id)}` },
          { identity: `${eventType} ${id}`, ...(span ? { span } : {}) },
        );
      });
  });
};

function isPublishedTo({ emissions }: KnownType, id: string): boolean {
  return emissions.some(
    ({ bus, evidence }) => bus === id && evidence.kind !== 'iam' && evidence.kind !== 'unknown',
  );
}
