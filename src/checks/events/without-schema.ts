import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { printEventType } from '../../model/event-type.ts';
import type { Check } from '../check.ts';
import { misspelt } from '../common/misspelt.ts';

/**
 * Event types that code or a declaration names and no schema does, while one of nearly the same name has a schema:
 * schema and code have drifted apart. Event types without any like them are simply not described yet.
 */
export const withoutSchema: Check = ({ topology, known }) => {
  const names = topology.contracts.map(({ id }) => id);
  if (names.length === 0) return [];
  const found = new Map<string, Diagnostic>();
  for (const { id: bus } of topology.buses) {
    for (const { type, contract, emissions } of known.of(bus)) {
      const spoken = emissions.filter(
        ({ evidence }) => evidence.kind === 'code' || evidence.kind === 'declared',
      );
      if (contract || spoken.length === 0) continue;
      const eventType = printEventType(type);
      // One part must be right, or the two have nothing to do with each other.
      const like = misspelt(
        eventType,
        topology.contracts
          .filter((each) => each.type.source === type.source || each.type.detailType === type.detailType)
          .map(({ id }) => id),
      );
      const schema = like === undefined ? undefined : topology.contractById.get(like);
      if (!schema) continue;
      const { component, evidence } = spoken[0]!;
      const publisher = topology.componentById.get(component)?.name ?? component;
      found.set(
        eventType,
        finding(
          'event/without-schema',
          { publisher, eventType, nearest: schema.id },
          {
            identity: eventType,
            ...(evidence.span ? { span: evidence.span } : {}),
            label: 'no schema has this name',
            related: [{ span: schema.span, message: `the schema of ${schema.id}` }],
          },
        ),
      );
    }
  }
  return [...found.values()];
};
