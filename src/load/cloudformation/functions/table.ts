import { base64, length, toJsonString, undecided } from './encode.ts';
import { findInMap } from './find-in-map.ts';
import type { IntrinsicFunction } from './function.ts';
import { getAtt } from './get-att.ts';
import { ifFunction } from './if.ts';
import { importValue } from './import-value.ts';
import { join } from './join.ts';
import { ref } from './ref.ts';
import { select } from './select.ts';
import { split } from './split.ts';
import { sub } from './sub.ts';

/** The intrinsic functions that give a value. Those that only stand in conditions are in conditions.ts. */
export const functions: ReadonlyMap<string, IntrinsicFunction> = new Map(
  [
    ref,
    getAtt,
    sub,
    join,
    select,
    split,
    ifFunction,
    findInMap,
    importValue,
    base64,
    toJsonString,
    length,
    undecided('Fn::Cidr'),
    undecided('Fn::GetAZs'),
    undecided('Fn::Transform'),
    undecided('Fn::GetStackOutput'),
    undecided('Fn::RefAll'),
    undecided('Fn::ValueOf'),
    undecided('Fn::ValueOfAll'),
  ].map((item) => [item.key, item]),
);
