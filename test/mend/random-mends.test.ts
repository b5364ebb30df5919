import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { analyzeLoops } from '../../src/graph/analyze.ts';
import { defaultSettings } from '../../src/graph/settings.ts';
import type { JsonObject } from '../../src/json/value.ts';
import { planMends, type Step } from '../../src/mend/plan-mends.ts';
import type { Contract } from '../../src/model/contract.ts';
import { type SystemSketch, topologyFromSketch } from '../../src/testing/topology/sketch.ts';
import { systemSketchArbitrary } from '../../src/testing/topology/topology-arbitrary.ts';
import { Draws } from '../support/draws.ts';
import { enumeratingOracle } from '../support/enumerating-oracle.ts';
import { styles, templateText } from '../support/looping-templates.ts';
import { analyseText } from '../support/mending.ts';

/** Looping systems to mend; more of them on demand. */
const wanted = Number(process.env['BUSPROOF_MENDED_SYSTEMS'] ?? 70);
const oracle = enumeratingOracle();

type Resources = Record<string, { Properties: { EventPattern: JsonObject } }>;
interface Template {
  Resources: Resources;
}

function read(text: string): Template {
  return (parseAllDocuments(text, { logLevel: 'silent' }) as unknown as [{ toJS(): Template }])[0].toJS();
}

/** What begins and ends alike is kept; of the comments those inside a replaced list may go. */
function comments(text: string): string[] {
  return text.match(/# [^\r\n]*/g) ?? [];
}

function endlessIn(sketch: SystemSketch): string[] {
  const { groups } = analyzeLoops(topologyFromSketch(sketch), defaultSettings, oracle);
  return groups.flatMap(({ loops }) =>
    loops.filter(({ verdict }) => verdict.kind === 'endless').map(({ id }) => id),
  );
}

/** Every edit that is offered as writable does what it says, and nothing else. */
function holdToIt(step: Step, current: SystemSketch): SystemSketch | undefined {
  let next: SystemSketch | undefined;
  for (const choice of step.choices) {
    const { mend, written, refused } = choice;
    if (!written) {
      expect([mend.kind, refused]).toEqual([
        'depth',
        'it is an edit of what the component does and declares',
      ]);
      continue;
    }
    const rule = mend.route!.name;
    const [before, after] = [read(written.before), read(written.after)];
    const pattern = after.Resources[rule]!.Properties.EventPattern;
    expect(pattern).toEqual(mend.pattern);
    after.Resources[rule]!.Properties.EventPattern = before.Resources[rule]!.Properties.EventPattern;
    expect(after).toEqual(before);
    const lost = comments(written.before).length - comments(written.after).length;
    expect(lost).toBeGreaterThanOrEqual(0);
    const kept = comments(written.after);
    expect(comments(written.before).filter((each) => kept.includes(each)).length).toBeGreaterThanOrEqual(
      kept.length,
    );
    expect(/\r\n/.test(written.after)).toBe(/\r\n/.test(written.before));
    expect(/[^\r]\n/.test(written.after)).toBe(/[^\r]\n/.test(written.before));
    const edited = { ...current, rules: { ...current.rules, [rule]: { ...current.rules[rule]!, pattern } } };
    const left = endlessIn(edited);
    expect(left).not.toContain(step.loop.id);
    const known = endlessIn(current);
    expect(left.filter((id) => !known.includes(id))).toEqual([]);
    if (choice === step.chosen) next = edited;
  }
  return next;
}

describe('edits of random looping systems', { timeout: 3_600_000 }, () => {
  it('mend what they say, and leave the rest of the file alone', async () => {
    let mended = 0;
    // The schemas are the same in all of these systems.
    let contracts: readonly Contract[] | undefined;
    const seen = new Map<string, number>();
    const system = fc.tuple(
      systemSketchArbitrary({ maxRules: 3 }),
      fc.constantFrom(...styles),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.nat({ max: 0xffff }), { minLength: 100, maxLength: 100 }),
    );
    await fc.assert(
      fc.asyncProperty(system, async ([sketch, style, lineEnd, numbers]) => {
        if (mended >= wanted || endlessIn(sketch).length === 0) return;
        const path = style.includes('json') ? 'template.json' : 'template.yaml';
        const text = templateText(sketch, style, new Draws(numbers), lineEnd);
        contracts ??= topologyFromSketch(sketch).contracts;
        const analyse = analyseText(path, text, contracts);
        expect((await analyse(new Map())).endless.map(({ id }) => id).sort()).toEqual(
          endlessIn(sketch).sort(),
        );
        const { steps, files, left } = await planMends(analyse, { wanted: () => true });
        let current = sketch;
        for (const step of steps) {
          current = holdToIt(step, current) ?? current;
          for (const { mend, written } of step.choices) {
            const key = written ? `${mend.kind} in ${style}` : 'told only';
            seen.set(key, (seen.get(key) ?? 0) + 1);
          }
        }
        expect(left).toBe(endlessIn(current).length);
        expect(files.size).toBe(steps.some(({ chosen }) => chosen) ? 1 : 0);
        mended++;
      }),
      { numRuns: wanted * 40 },
    );
    if (wanted > 70) console.log(mended, Object.fromEntries([...seen].sort()));
    expect(mended).toBe(wanted);
    expect(seen.size).toBeGreaterThan(10);
  });
});
