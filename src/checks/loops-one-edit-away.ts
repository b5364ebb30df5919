import { finding } from '../diagnostic/diagnostic.ts';
import type { Layer, Loop } from '../graph/loop.ts';
import { loopWords, stoppingLayers } from '../graph/words.ts';
import type { Check } from './check.ts';
import { closingPlace, unintended } from './loop-finding.ts';

/** Refuted candidates that a single guard keeps from closing: one edit, and they are endless. */
export const loopsOneEditAway: Check = ({ analysis, config }) => {
  const refuted = [...unintended(analysis, config), ...analysis.near].filter(
    ({ verdict }) => verdict.kind === 'refuted',
  );
  return refuted.flatMap((loop) => {
    const guard = onlyGuard(loop);
    if (!guard) return [];
    const { span } = closingPlace(loop.hops);
    const params = { path: loopWords(loop.hops), guard: guard.name };
    return [
      finding('loop/one-edit-away', params, {
        span,
        identity: loop.id,
        notes: [`what would open it: ${guard.edit}`, ...(guard.reason === undefined ? [] : [guard.reason])],
        fix: { text: 'add a second, independent guard: a processing-stage filter, or a chain-depth guard' },
      }),
    ];
  });
};

interface Guard {
  readonly name: string;
  /** The single edit without which the loop stays closed. */
  readonly edit: string;
  readonly reason?: string;
}

const edits: Partial<Record<Layer, string>> = {
  'source differentiation': 'widening the sources of that rule',
  'processing stage': 'dropping the stage filter, or publishing the stage that it takes',
  'chain depth': 'removing the depth guard',
  'content filter': 'widening that filter, or publishing a value that it takes',
};

/** What alone keeps the loop from closing: a single layer, or that a rule is disabled. */
function onlyGuard(loop: Loop): Guard | undefined {
  if (loop.verdict.kind !== 'refuted') return undefined;
  const stopping = stoppingLayers(loop);
  const others = loop.layers.every(({ stops, verdict }) => stops || verdict === 'endless');
  const { layer: stoppedBy, reason: why } = loop.verdict.stop;
  if (stopping.length === 0 && others && stoppedBy === 'disabled rule') {
    return { name: 'a disabled rule', edit: 'enabling it', reason: why };
  }
  const [only] = stopping;
  if (!only || stopping.length > 1 || !others) return undefined;
  const { layer, reason } = only;
  return { name: layer, edit: edits[layer] ?? 'removing it', ...(reason === undefined ? {} : { reason }) };
}
