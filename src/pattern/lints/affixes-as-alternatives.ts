import { finding } from '../../diagnostic/diagnostic.ts';
import type { AffixChoice, Choice } from '../pattern.ts';
import { printWildcard } from '../wildcard.ts';
import type { Lint } from './lint.ts';

const isAffix = (kind: AffixChoice['kind']) => (choice: Choice) =>
  choice.kind === kind && choice.value !== '';

/** `[{"prefix": "a"}, {"suffix": "b"}]`: written as "and", it means "or". */
export const affixesAsAlternatives: Lint = ({ conditions }) =>
  conditions.flatMap(({ path, choices, span }) => {
    const prefix = choices.find(isAffix('prefix')) as AffixChoice | undefined;
    const suffix = choices.find(isAffix('suffix')) as AffixChoice | undefined;
    if (!prefix || !suffix) return [];
    const both = JSON.stringify(printWildcard([prefix.value, suffix.value]));
    const params = { path, prefix: prefix.value, suffix: suffix.value };
    const fix = { text: `if both are meant, write {"wildcard": ${both}}` };
    return [finding('pattern/affixes-as-alternatives', params, { span, fix })];
  });
