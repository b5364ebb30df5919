import type { ExistsChoice } from '../pattern.ts';
import { describeNode } from '../reading.ts';
import { defineOperator } from './operator.ts';

/** `exists: false` accepts no value: the matcher asks it where there is none. */
export const exists = defineOperator<ExistsChoice>({
  kind: 'exists',
  read(argument, at) {
    if (argument.kind === 'boolean') return { kind: 'exists', value: argument.value, span: argument.span };
    const problem = `"exists" takes true or false, not ${describeNode(argument)}`;
    return at.refuse(argument.span, problem, 'exists match pattern must be either true or false.');
  },
  accepts: ({ value }) => value,
  print: ({ value }) => value,
  describe: ({ value }) => (value ? 'any value' : 'no value'),
});
