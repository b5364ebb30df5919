import { finding } from '../diagnostic/diagnostic.ts';
import { loopWords, stoppingLayers } from '../graph/words.ts';
import type { Check } from './check.ts';
import { closingPlace, unintended } from './loop-finding.ts';

/** Refuted candidates that a single guard keeps from closing: without it they are endless. */
export const loopsOneEditAway: Check = ({ analysis, config }) => {
  const refuted = [...unintended(analysis, config), ...analysis.near].filter(
    ({ verdict }) => verdict.kind === 'refuted',
  );
  return refuted.flatMap((loop) => {
    const stopping = stoppingLayers(loop);
    const open = loop.layers.every(({ stops, verdict }) => stops || verdict === 'endless');
    if (stopping.length !== 1 || !open) return [];
    const { layer, reason } = stopping[0]!;
    const { span } = closingPlace(loop.hops);
    const params = { path: loopWords(loop.hops), guard: layer };
    return [
      finding('loop/one-edit-away', params, {
        span,
        identity: loop.id,
        ...(reason === undefined ? {} : { notes: [reason] }),
        fix: { text: 'add a second, independent guard: a processing-stage filter, or a chain-depth guard' },
      }),
    ];
  });
};
