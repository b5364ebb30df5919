import type { Collector } from '../../diagnostic/diagnostic.ts';
import type { Filter } from '../../model/route.ts';
import { anyFilter } from '../filter.ts';
import type { Shape } from '../shape.ts';

/** `FilterCriteria: {Filters: [{Pattern: …}]}`: one matching pattern is enough; no filters let everything pass. */
export function eventFilter(properties: Shape, where: string, collector: Collector): Filter {
  if (properties.isUnknown('FilterCriteria')) {
    return { kind: 'unknown', why: `the filters of ${where} are decided at deployment` };
  }
  const criteria = properties.object('FilterCriteria');
  const patterns = criteria?.objects('Filters').flatMap((filter) => filter.raw('Pattern') ?? []) ?? [];
  return anyFilter(patterns, `${where}.FilterCriteria`, 'pipe', collector);
}
