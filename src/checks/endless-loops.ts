import { type Diagnostic, type Fix, finding } from '../diagnostic/diagnostic.ts';
import type { LoopAnalysis } from '../graph/analyze.ts';
import type { Loop } from '../graph/loop.ts';
import { mendLoop } from '../graph/mend.ts';
import { lostWords, type Mend, mendWords } from '../graph/mended.ts';
import { depthPath, stagePath } from '../graph/settings.ts';
import { growthWords, loopWords } from '../graph/words.ts';
import { pathsOf } from '../pattern/restrict.ts';
import type { Check, CheckContext } from './check.ts';
import { closingPlace, otherPlaces, platformNotes, unintended } from './loop-finding.ts';
import { surgeOfLoop, surgeWords } from './surge.ts';

/** Mends are proven by running the analysis again: enough for the first loops of a report. */
const MAX_MENDED = 20;
/** Loops of one group that are told each by itself, the shortest first; interleaved-loops.ts tells of the others. */
export const MAX_TOLD = 20;

/** Loops for which an event exists at every hop, and nothing bounds the depth. */
export const endlessLoops: Check = (context) => {
  const { analysis, config, oracle } = context;
  const wanted = new Set(unintended(analysis, config));
  const told = analysis.groups.flatMap(({ loops }) =>
    endlessOf(loops.filter((loop) => wanted.has(loop))).slice(0, MAX_TOLD),
  );
  return told.map((loop, i) =>
    endless(loop, context, i < MAX_MENDED ? mendLoop(loop, analysis, oracle) : []),
  );
};

/** The endless ones; where they are more than are told, the shortest first. */
export function endlessOf(loops: readonly Loop[]): readonly Loop[] {
  const found = loops.filter(({ verdict }) => verdict.kind === 'endless');
  return found.length <= MAX_TOLD ? found : [...found].sort((a, b) => a.hops.length - b.hops.length);
}

function endless(loop: Loop, context: CheckContext, mends: readonly Mend[]): Diagnostic {
  const { analysis, config, amplifications } = context;
  const surge = surgeOfLoop(loop, amplifications, config);
  const { span, label } = closingPlace(loop.hops);
  const event =
    loop.verdict.kind === 'endless' ? loop.verdict.events().find((each) => each !== undefined) : undefined;
  const fixes = mends.map((mend) => fixOf(mend, analysis));
  return finding(
    'loop/endless',
    { path: loopWords(loop.hops) },
    {
      span,
      label,
      related: otherPlaces(loop.hops, span),
      identity: loop.id,
      ...(event === undefined ? {} : { witness: event }),
      notes: [
        ...(loop.growth === undefined ? [] : [`growth ${growthWords(loop.growth)}`]),
        ...(surge ? [surgeWords(surge, config)] : []),
        `nothing bounds it: ${missingGuards(loop, analysis).join(', ')}`,
        ...platformNotes(loop, analysis.context.topology),
        ...breakerNotes(loop),
        ...evidenceNotes(loop),
      ],
      ...(fixes[0] ? { fix: fixes[0], otherFixes: fixes.slice(1) } : {}),
    },
  );
}

/** Why neither the stage nor the depth stops it. */
function missingGuards({ hops }: Loop, { context }: LoopAnalysis): string[] {
  const { stageField } = context.settings;
  const tested = new Set(
    hops.flatMap(({ route }) => (route.filter.kind === 'pattern' ? [...pathsOf(route.filter.pattern)] : [])),
  );
  const stage = tested.has(stagePath(context.settings))
    ? `the ${stageField} filter lets it pass`
    : `no ${stageField} filter`;
  const guarded = hops.some(({ delivery }) => delivery.component?.rejectsAtDepth);
  const depth =
    guarded || tested.has(depthPath(context.settings))
      ? 'the depth that the chain-depth guard sees does not grow'
      : 'no chain-depth guard';
  return [stage, depth];
}

function breakerNotes({ breakers }: Loop): string[] {
  return breakers.map(
    ({ name }) =>
      `${name} disables a rule of it when its alarm trips: that limits the cost, it prevents nothing`,
  );
}

function evidenceNotes({ evidence }: Loop): string[] {
  return evidence === 'declared' ? [] : [`as certain as its weakest evidence: ${evidence}`];
}

function fixOf(mend: Mend, { context }: LoopAnalysis): Fix {
  const effect = mend.verdict === 'refuted' ? 'the loop is refuted' : 'the loop is bounded';
  const text = mendWords(mend, context);
  if (mend.kind === 'depth') return { text, tried: `with this guard ${effect}` };
  return { text, tried: `with this pattern ${effect} at this rule, and ${lostWords(mend)}` };
}
