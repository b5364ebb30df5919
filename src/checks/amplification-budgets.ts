import { finding } from '../diagnostic/diagnostic.ts';
import { withThousands } from '../graph/words.ts';
import { printHoles } from '../json/holes.ts';
import { printEventType } from '../model/event-type.ts';
import type { Check } from './check.ts';

/** Event types that lead to more events, or cost more, than the config allows. */
export const amplificationBudgets: Check = ({ amplifications, topology, config }) => {
  const { events, cost, span } = config.budgets;
  const place = span ? { span } : {};
  return amplifications.flatMap((amplification) => {
    const id = printEventType(amplification.node.type!);
    const contract = topology.contractById.get(id);
    const extra = { ...place, ...(contract ? { span: contract.span } : {}), identity: id };
    const found = [];
    const most = events[id] ?? events['*'];
    if (most !== undefined && amplification.events > most) {
      const shown = Number.isFinite(amplification.events)
        ? withThousands(amplification.events)
        : 'endlessly many';
      const params = { eventType: printHoles(id), events: shown, budget: most };
      found.push(finding('amplification/over-budget', params, extra));
    }
    const dearest = cost[id] ?? cost['*'];
    const dollars = amplification.cost;
    if (dearest !== undefined && dollars > dearest) {
      const shown = Number.isFinite(dollars) ? `$${dollars.toPrecision(3)}` : 'without end';
      found.push(
        finding(
          'amplification/over-cost',
          { eventType: printHoles(id), cost: shown, budget: dearest },
          extra,
        ),
      );
    }
    return found;
  });
};
