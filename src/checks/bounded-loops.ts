import { finding } from '../diagnostic/diagnostic.ts';
import type { Bound } from '../graph/loop.ts';
import { countWords, loopWords } from '../graph/words.ts';
import type { Check } from './check.ts';
import { closingPlace, otherPlaces, unintended } from './loop-finding.ts';

/** Loops that only the chain depth stops. */
export const boundedLoops: Check = ({ analysis, config }) =>
  unintended(analysis, config).flatMap((loop) => {
    if (loop.verdict.kind !== 'bounded') return [];
    const { bound } = loop.verdict;
    const { span, label } = closingPlace(loop.hops);
    const params = { path: loopWords(loop.hops), depth: bound.depth, events: bound.events };
    return [
      finding('loop/bounded', params, {
        span,
        label,
        related: otherPlaces(loop.hops, span),
        identity: loop.id,
        notes: [
          `stopped by ${bound.reason}`,
          ...retryNotes(bound),
          'every entry event costs this much: a filter on source or stage costs nothing',
        ],
      }),
    ];
  });

/** What it costs when what fails is repeated: every run may have published before it failed. */
function retryNotes({ events, retried: { runs, all } }: Bound): string[] {
  if (runs <= events && all <= events) return [];
  const told = (count: number): string => (Number.isFinite(count) ? countWords(count) : 'without a limit');
  return [
    `if every run fails after it has published and is repeated: ${told(runs)}; if EventBridge repeats every delivery as well: ${told(all)}`,
  ];
}
