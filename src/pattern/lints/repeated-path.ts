import { finding } from '../../diagnostic/diagnostic.ts';
import type { Lint } from './lint.ts';

/** `{"a.b": [1], "a": {"b": [2]}}`: the later condition replaces the earlier one, silently. */
export const repeatedPath: Lint = ({ replaced }) =>
  replaced.map(({ path, earlier, later }) =>
    finding(
      'pattern/repeated-path',
      { path },
      {
        span: later,
        related: [{ span: earlier, message: 'this condition is dropped' }],
        fix: { text: 'put the values of both into one list if any of them is enough; otherwise drop one' },
      },
    ),
  );
