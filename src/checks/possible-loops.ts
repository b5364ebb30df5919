import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import type { Loop, LoopVerdict } from '../graph/loop.ts';
import { loopWords } from '../graph/words.ts';
import { printHoles } from '../json/holes.ts';
import type { Check } from './check.ts';
import { placeOfDeclaration } from './declaring.ts';
import { closingPlace, otherPlaces, unintended } from './loop-finding.ts';

type Possible = Loop & { readonly verdict: Extract<LoopVerdict, { kind: 'possible' }> };

/**
 * Loops of which some hop is not decided. Those through the same rules and components differ in event types alone:
 * the shortest is told for all. Where nobody says what a component publishes, the loop is a guess, and a note.
 */
export const possibleLoops: Check = ({ analysis, config }) => {
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
    return possibleLoop(told, loops.length - 1);
  });
};

function wayOf({ hops }: Loop): string {
  return [...new Set(hops.flatMap(({ route, delivery }) => [route.id, delivery.component?.id ?? '']))]
    .sort()
    .join('\n');
}

function possibleLoop(loop: Possible, more: number): Diagnostic {
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
      ...(more > 0
        ? [`${more} more such loops go through the same rules and components with other events`]
        : []),
    ],
    fix: { text: wayToSettle(loop) },
  });
}

/** What would decide it: the first thing that is missing. */
function wayToSettle({ hops, evidence }: Possible): string {
  if (evidence === 'iam' || evidence === 'unknown') {
    const silent = hops.find(
      ({ emission }) => emission && ['iam', 'unknown'].includes(emission.evidence.kind),
    );
    const component = silent?.delivery.component;
    const name = printHoles(component?.name ?? 'the component');
    const where = placeOfDeclaration(component, 'publishes: [source@DetailType, …]');
    return `say what ${name} publishes, ${where}`;
  }
  return 'give the event type a schema, name the bus, or set the parameter in the config';
}
