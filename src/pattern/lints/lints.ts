import { affixesAsAlternatives } from './affixes-as-alternatives.ts';
import { alwaysTrue } from './always-true.ts';
import { apiCallNames } from './api-call-names.ts';
import { flattenedKey } from './flattened-key.ts';
import type { Lint } from './lint.ts';
import { neverTrue } from './never-true.ts';
import { numberRange } from './number-range.ts';
import { operatorInString } from './operator-in-string.ts';
import { repeatedPath } from './repeated-path.ts';
import { servicesApart } from './services-apart.ts';
import { unknownEnvelopeField } from './unknown-envelope-field.ts';

export const lints: readonly Lint[] = [
  repeatedPath,
  operatorInString,
  affixesAsAlternatives,
  alwaysTrue,
  neverTrue,
  numberRange,
  unknownEnvelopeField,
  apiCallNames,
  servicesApart,
  flattenedKey,
];
