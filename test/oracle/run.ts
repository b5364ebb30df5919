import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { documentOf } from '../../src/json/document.ts';
import { matchText } from '../../src/pattern/match.ts';
import { createMatcher } from '../../src/pattern/matcher/matcher.ts';
import { parsePattern } from '../../src/pattern/parse.ts';
import type { Pattern } from '../../src/pattern/pattern.ts';
import { type PatternCase, patternAndEvent } from '../support/pattern-arbitraries.ts';
import { type Answer, Judge, missingTool, type Ruling } from './judge.ts';
import { type Difference, oddities } from './oddities.ts';

/**
 * Holds the reference matcher and the compiled matcher against AWS's Event Ruler on random patterns and events.
 *   --cases N  how many (200,000)      --seed S  repeats a run
 * Exit codes: 0 only listed oddities; 1 a difference; 2 no Java or no Maven here.
 */
const { values } = parseArgs({
  options: { cases: { type: 'string', default: '200000' }, seed: { type: 'string' } },
});
const total = Number(values.cases);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const BATCH = 1000;

/** The compiled matcher holds this many patterns at a time, each for as many cases. */
const CROWD = 16;
const matcher = createMatcher<number>();
let added = 0;

const missing = missingTool();
if (missing) {
  console.error(`test:oracle needs Java and Maven to run AWS's Event Ruler; "${missing}" is not here`);
  process.exit(2);
}
process.exitCode = await run(new Judge());

async function run(judge: Judge): Promise<number> {
  console.log(`${total} random cases against Event Ruler, seed ${seed}`);
  const counts = new Map<string, number>();
  const answers = new Map<Answer, number>();
  const started = Date.now();
  let next = drawBatch(judge, 0);
  for (let done = 0; done < total; done += BATCH) {
    const { cases, parameters, rulings } = next;
    const ruled = await rulings;
    // The judge works on the next batch while we look at this one.
    if (done + BATCH < total) next = drawBatch(judge, done + BATCH);
    const names = await differences(judge, cases, ruled, (answer) =>
      answers.set(answer, 1 + (answers.get(answer) ?? 0)),
    );
    if (names.includes(undefined)) {
      await shrink(judge, parameters);
      await judge.close();
      return 1;
    }
    for (const name of names) counts.set(name!, 1 + (counts.get(name!) ?? 0));
    if ((done / BATCH) % 100 === 99) console.log(`  ${done + BATCH} after ${seconds(started)} s`);
  }
  await judge.close();
  const tally = [...answers].map(([answer, count]) => `${count} ${answer}`).join(', ');
  console.log(
    `${total} cases (${tally}) in ${seconds(started)} s, seed ${seed}: only listed oddities differ`,
  );
  for (const { id, about } of oddities) {
    if (counts.has(id)) console.log(`  ${id.padEnd(4)} ${String(counts.get(id)).padStart(6)}  ${about}`);
  }
  return 0;
}

function drawBatch(judge: Judge, done: number) {
  const parameters = { seed: (seed + done) | 0, numRuns: Math.min(BATCH, total - done) };
  const cases = fc.sample(patternAndEvent(), parameters);
  return { cases, parameters, rulings: judge.rule(cases) };
}

/** For each case with a difference the oddity that explains it, or undefined. */
async function differences(
  judge: Judge,
  cases: readonly PatternCase[],
  rulings: readonly Ruling[],
  note: (answer: Answer) => void,
): Promise<(string | undefined)[]> {
  const names: (string | undefined)[] = [];
  for (const [index, each] of cases.entries()) {
    const parsed = parsePattern(documentOf('pattern', each.pattern)).value;
    const ours = answerOf(parsed, each.event);
    note(ours);
    if (parsed && !matcherAgrees(parsed, each.event, ours)) names.push(undefined);
    else if (ours !== rulings[index]!.answer) names.push(await explain(judge, each, parsed, ours));
  }
  return names;
}

async function explain(judge: Judge, each: PatternCase, parsed: Pattern | undefined, ours: Answer) {
  const [ruling] = await judge.rule([each], true);
  const difference: Difference = { ...each, parsed, ours, ruling: ruling! };
  return oddities.find((oddity) => oddity.explains(difference))?.id;
}

function answerOf(parsed: Pattern | undefined, event: string): Answer {
  if (!parsed) return 'invalid';
  const { value } = matchText(parsed, event);
  return value === undefined ? 'error' : value ? 'match' : 'no';
}

/** Adds the pattern to the crowd, lets the oldest go, and asks for the one. */
function matcherAgrees(parsed: Pattern, event: string, ours: Answer): boolean {
  const key = added++;
  matcher.add(key, parsed).remove(key - CROWD);
  const { value } = matcher.matchText(event);
  return (value === undefined ? 'error' : value.includes(key) ? 'match' : 'no') === ours;
}

/** Repeats the batch that failed as a property, so that fast-check looks for the smallest case that still does. */
async function shrink(judge: Judge, parameters: { seed: number; numRuns: number }): Promise<void> {
  const property = fc.asyncProperty(patternAndEvent(), async (each) => {
    return !(await differences(judge, [each], await judge.rule([each]), () => {})).includes(undefined);
  });
  const { counterexample } = await fc.check(property, parameters);
  const smallest = counterexample?.[0];
  if (!smallest) throw new Error('the difference did not show again');
  const [ruling] = await judge.rule([smallest], true);
  const parsed = parsePattern(documentOf('pattern', smallest.pattern)).value;
  console.error('a difference that is no listed oddity:');
  console.error(`  pattern  ${smallest.pattern}\n  event    ${smallest.event}`);
  console.error(`  Event Ruler: ${JSON.stringify(ruling)}`);
  console.error(`  reference:   ${answerOf(parsed, smallest.event)}`);
  if (parsed) {
    const { value } = createMatcher<string>().add('it', parsed).matchText(smallest.event);
    console.error(`  compiled:    ${value === undefined ? 'error' : value.length > 0 ? 'match' : 'no'}`);
  }
}

function seconds(since: number): string {
  return ((Date.now() - since) / 1000).toFixed(0);
}
