import { finding } from '../diagnostic/diagnostic.ts';
import { nodeWord } from '../graph/words.ts';
import type { Check } from './check.ts';
import { closingPlace } from './loop-finding.ts';

/** Groups with more loops than are listed. */
export const interleavedLoops: Check = ({ analysis }) =>
  analysis.groups.flatMap(({ loops, truncated }) => {
    const first = loops[0];
    if (!truncated || !first) return [];
    const events = [...new Set(loops.flatMap(({ hops }) => hops.map(({ from }) => nodeWord(from))))].sort();
    const shown =
      events.length > 8
        ? `${events.slice(0, 8).join(', ')} and ${events.length - 8} more`
        : events.join(', ');
    const params = { listed: loops.length, events: shown };
    return [finding('loop/interleaved', params, { span: closingPlace(first.hops).span, identity: shown })];
  });
