import { isObject, type JsonValue } from '../../../src/json/value.ts';
import type { Dice } from './dice.ts';

const NAMES = ['a', 'b', 'c', 'ab', 'a.b', 'b.c', 'x-1'];
const STRINGS = [
  '',
  'a',
  'ab',
  'abc',
  'x',
  'y9',
  'AB',
  'Straße',
  'b.c',
  '10.0.0.1',
  '::1',
  '🚀',
  'zz',
  '2026-01-31',
  'ann@x.de',
  '10.0.0.2',
];
const NUMBERS = [0, 1, 2, 3, 5, -1, 10, 0.5, 1.5, 100, -2.25, 1e21, 0.1, 0.3, 1.1];

export function randomScalar(dice: Dice): JsonValue {
  const kind = dice.below(10);
  if (kind < 5) return dice.pick(STRINGS);
  if (kind < 8) return dice.pick(NUMBERS);
  return kind < 9 ? dice.chance(0.5) : null;
}

export function randomValue(dice: Dice, depth: number): JsonValue {
  const kind = dice.below(10);
  if (depth === 0 || kind < 5) return randomScalar(dice);
  if (kind < 7) return Array.from({ length: dice.below(4) }, () => randomValue(dice, depth - 1));
  return randomObject(dice, depth - 1);
}

export function randomObject(dice: Dice, depth: number): { [name: string]: JsonValue } {
  const object: { [name: string]: JsonValue } = {};
  for (let i = dice.below(4); i >= 0; i--) object[dice.pick(NAMES)] = randomValue(dice, depth);
  return object;
}

/** The value with something changed in one place. */
export function mutated(dice: Dice, value: JsonValue): JsonValue {
  if (Array.isArray(value) && value.length > 0 && dice.chance(0.8)) {
    const at = dice.below(value.length);
    if (dice.chance(0.2)) return value.filter((_, i) => i !== at);
    if (dice.chance(0.2)) return [...value, dice.pick(value)];
    return value.map((item: JsonValue, i) => (i === at ? mutated(dice, item) : item));
  }
  if (isObject(value) && dice.chance(0.9)) {
    const names = Object.keys(value);
    const copy: { [name: string]: JsonValue } = { ...value };
    const how = dice.below(5);
    const name = names.length === 0 || how === 0 ? dice.pick(NAMES) : dice.pick(names);
    if (names.length === 0 || how === 0) copy[name] = randomScalar(dice);
    else if (how === 1) delete copy[name];
    else copy[name] = mutated(dice, copy[name]!);
    return copy;
  }
  return randomValue(dice, 1);
}
