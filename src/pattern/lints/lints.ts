import { affixesAsAlternatives } from './affixes-as-alternatives.ts';
import { alwaysTrue } from './always-true.ts';
import type { Lint } from './lint.ts';
import { neverTrue } from './never-true.ts';
import { numberRange } from './number-range.ts';
import { operatorInString } from './operator-in-string.ts';
import { repeatedPath } from './repeated-path.ts';

export const lints: readonly Lint[] = [
  repeatedPath,
  operatorInString,
  affixesAsAlternatives,
  alwaysTrue,
  neverTrue,
  numberRange,
];
