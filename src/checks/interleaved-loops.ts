import { finding } from '../diagnostic/diagnostic.ts';
import { nodeWord } from '../graph/words.ts';
import type { Check } from './check.ts';
import { endlessOf, MAX_TOLD } from './endless-loops.ts';
import { closingPlace, unintended } from './loop-finding.ts';

/** Groups with more loops than are listed, or more endless ones than are told each by itself: then it is an error. */
export const interleavedLoops: Check = ({ analysis, config }) => {
  const wanted = new Set(unintended(analysis, config));
  return analysis.groups.flatMap(({ loops, truncated }) => {
    const first = loops[0];
    const untold = endlessOf(loops.filter((loop) => wanted.has(loop))).length > MAX_TOLD;
    if (!(truncated || untold) || !first) return [];
    const events = [...new Set(loops.flatMap(({ hops }) => hops.map(({ from }) => nodeWord(from))))].sort();
    const shown =
      events.length > 8
        ? `${events.slice(0, 8).join(', ')} and ${events.length - 8} more`
        : events.join(', ');
    const params = { listed: untold ? MAX_TOLD : loops.length, events: shown };
    const severity = untold ? { severity: 'error' as const } : {};
    return [
      finding('loop/interleaved', params, {
        ...severity,
        span: closingPlace(first.hops).span,
        identity: shown,
      }),
    ];
  });
};
