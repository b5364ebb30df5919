import { equalsIgnoreCase as equals } from '../fold.ts';
import type { IgnoreCaseChoice } from '../pattern.ts';
import { readText } from '../reading.ts';
import { defineOperator, quote } from './operator.ts';

export const equalsIgnoreCase = defineOperator<IgnoreCaseChoice>({
  kind: 'equals-ignore-case',
  read(argument, at) {
    const value = readText(argument, 'equals-ignore-case', at);
    return value === undefined ? undefined : { kind: 'equals-ignore-case', value, span: argument.span };
  },
  accepts: ({ value }, leaf) => leaf.type === 'string' && equals(value, leaf.value),
  print: ({ value }) => value,
  describe: ({ value }) => `${quote(value)} in any case`,
});
