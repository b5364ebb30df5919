import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import { withThousands } from '../graph/words.ts';
import { printHoles } from '../json/holes.ts';
import { printEventType } from '../model/event-type.ts';
import type { Check } from './check.ts';

/** Entries that one PutEvents request takes. */
const ENTRIES = 10;

/**
 * Components that are called from outside and publish more in one call than its budget allows: by the name of the
 * component, or by the budget for everything. What a call publishes in alternatives is not added up.
 */
export const callBudgets: Check = ({ topology, amplifications, config }) => {
  const { events: budgets, span } = config.budgets;
  if (Object.keys(budgets).length === 0) return [];
  const leadsTo = new Map(
    amplifications.map(({ node, events }) => [printEventType(node.type!), events] as const),
  );
  const found = new Map<string, Diagnostic>();
  for (const { component: id, entry, event, count, evidence } of topology.emissions) {
    const component = topology.componentById.get(id);
    if (!entry || !event || !component || evidence.kind === 'iam' || evidence.kind === 'unknown') continue;
    const budget = budgets[component.name] ?? budgets['*'];
    const type = printEventType(event);
    const events = count * (leadsTo.get(type) ?? 1);
    // An event type that exceeds it alone is told for itself.
    if (budget === undefined || events <= budget || count === 1 || found.has(id)) continue;
    const requests = Math.ceil(count / ENTRIES);
    const shown = Number.isFinite(events) ? withThousands(events) : 'endlessly many';
    const place = evidence.span ?? component.span ?? span;
    found.set(
      id,
      finding(
        'amplification/call-over-budget',
        { name: component.name, events: shown, budget },
        {
          identity: component.name,
          ...(place ? { span: place } : {}),
          label: `publishes ${withThousands(count)} at once`,
          notes: [
            `${withThousands(count)} ${printHoles(type)} in one call: ${withThousands(requests)} PutEvents requests, ${ENTRIES} entries each, while the caller waits`,
          ],
          fix: {
            text: 'divide the batch: put it into a queue in chunks, and let another function publish a chunk at a time',
          },
        },
      ),
    );
  }
  return [...found.values()];
};
