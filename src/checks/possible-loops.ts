import { finding } from '../diagnostic/diagnostic.ts';
import { loopWords } from '../graph/words.ts';
import type { Check } from './check.ts';
import { closingPlace, otherPlaces, unintended } from './loop-finding.ts';

/** Loops of which some hop is not decided. */
export const possibleLoops: Check = ({ analysis, config }) =>
  unintended(analysis, config).flatMap((loop) => {
    if (loop.verdict.kind !== 'possible') return [];
    const { span, label } = closingPlace(loop.hops);
    const { doubts } = loop.verdict;
    const params = { path: loopWords(loop.hops) };
    return [
      finding('loop/possible', params, {
        span,
        label: label.replace(/^matches/, 'may match'),
        related: otherPlaces(loop.hops, span),
        identity: loop.id,
        notes: doubts.map(({ reason }) => `not known: ${reason}`),
        fix: {
          text: 'settle what is not known: give the event type a schema, declare what the component publishes, or name the bus',
        },
      }),
    ];
  });
