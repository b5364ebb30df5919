import { compiledOnce } from '../../schema/decide.ts';
import { fieldFacts } from '../../schema/fields.ts';
import type { CheckContext } from '../check.ts';

/**
 * Whether a system has a member of `detail` as a convention, such as a chain depth: a schema declares it, a rule asks
 * for it, or the config names it. Where nobody has heard of it, nobody is told that it is missing.
 */
export function usesField(field: string, { topology, rules, config }: CheckContext): boolean {
  if (config.depthField === field || config.stageField === field) return true;
  const path = `detail.${field}`;
  const asked = rules.some(({ filter }) =>
    filter.pattern.alternatives.some(({ conditions }) => conditions.some((each) => each.path === path)),
  );
  return (
    asked ||
    topology.contracts.some(({ schema }) => {
      const compiled = compiledOnce(schema);
      return compiled !== undefined && fieldFacts(compiled, ['detail', field]).declared === 'yes';
    })
  );
}
