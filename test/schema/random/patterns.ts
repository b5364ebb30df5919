import { isObject, type JsonValue } from '../../../src/json/value.ts';
import type { Dice } from './dice.ts';
import { randomScalar } from './values.ts';

/** The leaves of an event with their dotted paths. */
export function leavesOf(value: JsonValue, path: string[] = []): [string, JsonValue][] {
  if (Array.isArray(value)) return value.flatMap((item) => leavesOf(item, path));
  if (isObject(value))
    return Object.entries(value).flatMap(([name, item]) => leavesOf(item, [...path, name]));
  return [[path.join('.'), value]];
}

/** A pattern that has a good chance to match the event. */
export function patternNear(dice: Dice, event: JsonValue): JsonValue | undefined {
  const leaves = leavesOf(event);
  const fields = new Map<string, JsonValue[]>();
  for (let i = dice.below(3); i >= 0; i--) {
    if (leaves.length > 0 && dice.chance(0.85)) {
      const [path, leaf] = dice.pick(leaves);
      fields.set(path, [
        choiceFor(dice, leaf),
        ...(dice.chance(0.2) ? [choiceFor(dice, randomScalar(dice))] : []),
      ]);
    } else {
      const path = [dice.pick(['a', 'b', 'c', 'ab']), ...dice.some(['b', 'c'], 0.4)].join('.');
      fields.set(
        path,
        dice.chance(0.3) ? [{ exists: false }, choiceFor(dice, randomScalar(dice))] : [{ exists: false }],
      );
    }
  }
  const pattern = dice.chance(0.5) ? Object.fromEntries(fields) : nested(fields);
  if (leaves.length === 0 || !dice.chance(0.12)) return pattern;
  const option = (): JsonValue => {
    const [path, leaf] = dice.pick(leaves);
    return { [path]: [choiceFor(dice, dice.chance(0.6) ? leaf : randomScalar(dice))] };
  };
  return dice.chance(0.5)
    ? { ...(pattern as object), $or: [option(), option()] }
    : { $or: [option(), pattern, option()] };
}

/** Nested where no path is the beginning of another; flat otherwise. */
function nested(fields: ReadonlyMap<string, JsonValue[]>): JsonValue {
  const root: { [name: string]: JsonValue } = {};
  for (const [path, choices] of fields) {
    const names = path.split('.');
    let at = root;
    for (const name of names.slice(0, -1)) {
      const next = at[name] ?? {};
      if (!isObject(next)) return Object.fromEntries(fields);
      at[name] = next;
      at = next as { [name: string]: JsonValue };
    }
    const last = names.at(-1)!;
    if (at[last] !== undefined) return Object.fromEntries(fields);
    at[last] = choices;
  }
  return root;
}

const EXCLUDED: readonly JsonValue[] = [
  'q',
  'ab',
  7,
  1,
  ['a', 'zz', 'x'],
  [0.1, 2, 5],
  { prefix: ['a', 'x'] },
  { suffix: 'b' },
  { wildcard: '*b*' },
  { 'equals-ignore-case': ['AB', 'zz'] },
];

function choiceFor(dice: Dice, leaf: JsonValue): JsonValue {
  if (dice.chance(0.1)) return { exists: true };
  if (dice.chance(0.15)) return { 'anything-but': dice.pick<JsonValue>(EXCLUDED) };
  if (typeof leaf === 'string') return stringChoice(dice, leaf);
  if (typeof leaf === 'number' && dice.chance(0.6)) {
    const [low, high] = [leaf - dice.pick([0, 1, 3]), leaf + dice.pick([1, 2])];
    if (!(low < high)) return leaf;
    return {
      numeric: dice.pick<JsonValue[]>([
        ['>=', low],
        ['<', high],
        ['>=', low, '<=', high],
        ['=', leaf],
      ]),
    };
  }
  return leaf;
}

function stringChoice(dice: Dice, leaf: string): JsonValue {
  const cut = dice.below(leaf.length + 1);
  const head = leaf.slice(0, cut).replace(/[\ud800-\udfff]/g, '');
  const tail = leaf.slice(cut).replace(/[\ud800-\udfff]/g, '');
  switch (dice.below(8)) {
    case 0:
      return { prefix: head };
    case 1:
      return { suffix: tail };
    case 2:
      return { wildcard: `${head}*`.replaceAll('\\', '') };
    case 3:
      return { 'equals-ignore-case': leaf.toUpperCase() === 'STRASSE' ? leaf : leaf.toUpperCase() };
    case 4:
      return head === '' ? leaf : { 'anything-but': { prefix: `${head}q` } };
    case 5:
      return leaf === '10.0.0.1' ? { cidr: '10.0.0.0/8' } : leaf;
    case 6:
      return dice.chance(0.5)
        ? { prefix: { 'equals-ignore-case': head.toLowerCase() } }
        : { suffix: { 'equals-ignore-case': tail.toLowerCase() } };
    default:
      return leaf;
  }
}
