import { finding } from '../diagnostic/diagnostic.ts';
import { loopWords } from '../graph/words.ts';
import type { Check } from './check.ts';
import { intentOf } from './loop-finding.ts';

/**
 * Loops declared as intended: they must exist, and a bound that the analysis proves must not exceed the declared
 * one. A bound that only the handler's code keeps cannot be seen here: then the declaration is taken at its word.
 */
export const intendedLoops: Check = ({ analysis, config }) => {
  const loops = analysis.groups.flatMap((group) => group.loops);
  const used = new Set(loops.map((loop) => intentOf(loop, config)));
  const stale = config.loops
    .filter((intended) => !used.has(intended))
    .map(({ rules, span }) => finding('config/stale-loop', { rules: rules.join(', ') }, { span }));
  const beyond = loops.flatMap((loop) => {
    const intended = intentOf(loop, config);
    if (!intended || loop.verdict.kind !== 'bounded' || loop.verdict.bound.events <= intended.bound)
      return [];
    const params = { path: loopWords(loop.hops), bound: intended.bound, events: loop.verdict.bound.events };
    return [finding('loop/beyond-intent', params, { span: intended.span, identity: loop.id })];
  });
  return [...stale, ...beyond];
};
