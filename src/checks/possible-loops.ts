import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import type { Loop, LoopVerdict } from '../graph/loop.ts';
import { loopWords } from '../graph/words.ts';
import type { Check, CheckContext } from './check.ts';
import { closingPlace, otherPlaces, platformNotes, unintended } from './loop-finding.ts';
import { waysToSettle } from './settling.ts';
import { surgeOfLoop, surgeWords } from './surge.ts';

type Possible = Loop & { readonly verdict: Extract<LoopVerdict, { kind: 'possible' }> };

/**
 * Loops of which some hop is not decided. Those through the same rules and components differ in event types alone:
 * the shortest is told for all. Where nobody says what a component publishes, the loop is a guess, and a note.
 */
export const possibleLoops: Check = (context) => {
  const { analysis, config } = context;
  const possible = unintended(analysis, config).filter(
    (loop): loop is Possible => loop.verdict.kind === 'possible',
  );
  const byWay = new Map<string, Possible[]>();
  for (const loop of possible) {
    const list = byWay.get(wayOf(loop));
    if (list) list.push(loop);
    else byWay.set(wayOf(loop), [loop]);
  }
  return [...byWay.values()].map((loops) => {
    const told = loops.reduce((best, loop) => (loop.hops.length < best.hops.length ? loop : best));
    return possibleLoop(told, loops.length - 1, context);
  });
};

function wayOf({ hops }: Loop): string {
  return [...new Set(hops.flatMap(({ route, delivery }) => [route.id, delivery.component?.id ?? '']))]
    .sort()
    .join('\n');
}

function possibleLoop(
  loop: Possible,
  more: number,
  { analysis, amplifications, config }: CheckContext,
): Diagnostic {
  const [fix, ...otherFixes] = waysToSettle(loop, loop.verdict.doubts, analysis);
  const surge = surgeOfLoop(loop, amplifications, config);
  const { span, label } = closingPlace(loop.hops);
  const guessed = loop.evidence === 'iam' || loop.evidence === 'unknown';
  const params = { path: loopWords(loop.hops) };
  return finding('loop/possible', params, {
    ...(guessed ? { severity: 'info' as const } : {}),
    span,
    label: label.replace(/^matches/, 'may match'),
    related: otherPlaces(loop.hops, span),
    identity: loop.id,
    notes: [
      ...loop.verdict.doubts.map(({ reason }) => `not known: ${reason}`),
      ...(surge && !guessed ? [`if it closes, ${surgeWords(surge, config)}`] : []),
      ...platformNotes(loop, analysis.context.topology),
      ...(more > 0
        ? [`${more} more such loops go through the same rules and components with other events`]
        : []),
    ],
    fix,
    otherFixes,
  });
}
