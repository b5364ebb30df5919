import { documentOf } from '../../src/json/document.ts';
import { parsePattern } from '../../src/pattern/parse.ts';
import type { Address, AnythingButSet, Bound, Choice } from '../../src/pattern/pattern.ts';
import type { Draws } from './draws.ts';
import { addresses, names, numbers, oddNumbers, spelled, texts } from './pattern-words.ts';

/** A value of the event to be, as JSON text, and the field names on the way to it. */
interface Placed {
  readonly names: readonly string[];
  readonly value: string;
}

/**
 * The text of an event made for one alternative of a pattern: for most conditions a value that meets it, for some
 * another or none. Values of one object may be spread over elements of arrays, where together they do not match.
 */
export function eventNear(patternText: string, draws: Draws): string {
  const alternatives = parsePattern(documentOf('pattern', patternText)).value?.alternatives ?? [];
  const placed: Placed[] = [];
  const alternative = alternatives.length > 0 ? draws.pick(alternatives) : undefined;
  for (const { path, choices } of alternative?.conditions ?? []) {
    const place = (value: string | undefined) => {
      if (value !== undefined) placed.push({ names: path.split('.'), value });
    };
    if (!draws.once(6)) place(draws.once(3) ? scalar(draws) : meeting(draws.pick(choices), draws));
    if (draws.once(10)) place(scalar(draws));
  }
  while (draws.once(5)) {
    placed.push({ names: draws.list(1, 2, () => draws.pick(names)), value: scalar(draws) });
  }
  return object(placed, draws) + (draws.once(60) ? ' trailing' : '');
}

function object(placed: readonly Placed[], draws: Draws): string {
  const groups = new Map<string, Placed[]>();
  for (const {
    names: [first = '', second, ...rest],
    value,
  } of placed) {
    const dotted = second !== undefined && draws.once(12);
    const name = dotted ? `${first}.${second}` : first;
    const inner = dotted || second === undefined ? rest : [second, ...rest];
    groups.set(name, [...(groups.get(name) ?? []), { names: inner, value }]);
  }
  const members: string[] = [];
  for (const [name, group] of groups) {
    const key = `${spelled(name, draws)}:`;
    if (group.length > 1 && draws.once(25)) {
      const cut = 1 + draws.below(group.length - 1);
      members.push(key + content(group.slice(0, cut), draws), key + content(group.slice(cut), draws));
    } else {
      members.push(key + content(group, draws));
    }
  }
  if (draws.once(4)) members.reverse();
  if (draws.once(8))
    members.push(`"noise":${draws.pick(['{}', '[[],{"a":[1]}]', '"]}\\""', '-1.5e-3', '[true,null]'])}`);
  return draws.once(10) ? `{ ${members.join(' ,\n')} }` : `{${members.join()}}`;
}

/** What stands under one name: values, an object, or an array of both. */
function content(group: readonly Placed[], draws: Draws): string {
  const values = group.filter((placed) => placed.names.length === 0).map(({ value }) => value);
  const inner = group.filter((placed) => placed.names.length > 0);
  if (inner.length === 0) return valueOrArray(values, draws);
  if (values.length === 0 && draws.below(5) < 3) return object(inner, draws);
  const elements = [...values, ...spread(inner, draws)];
  if (draws.once(6)) elements.push(draws.pick(['{}', '[]', scalar(draws), '{"c":1}']));
  if (draws.once(5)) elements.reverse();
  return draws.once(8) ? `[[${elements.join()}]]` : `[${elements.join()}]`;
}

function valueOrArray(values: readonly string[], draws: Draws): string {
  if (values.length === 1 && draws.below(6) < 4) return values[0]!;
  const elements = [...values];
  if (draws.once(4)) elements.push(scalar(draws));
  if (draws.once(12)) elements.push(draws.pick(['{}', '[]', `[${scalar(draws)}]`, '{"c":1}']));
  return `[${elements.join()}]`;
}

/** The objects of an array: all values in one element most of the time, else dealt out over two. */
function spread(inner: readonly Placed[], draws: Draws): string[] {
  if (!draws.once(3))
    return [object(inner, draws), ...(draws.once(3) ? [object(inner.slice(1), draws)] : [])];
  const hands: [Placed[], Placed[]] = [[], []];
  for (const placed of inner) hands[draws.below(2) as 0 | 1].push(placed);
  return hands.map((hand) => object(hand, draws));
}

function scalar(draws: Draws): string {
  switch (draws.below(5)) {
    case 0:
    case 1:
      return spelled(draws.pick(texts), draws);
    case 2:
      return draws.pick(draws.once(4) ? oddNumbers : numbers);
    case 3:
      return draws.pick(['true', 'false', 'null']);
    default:
      return `"${draws.pick(addresses)}"`;
  }
}

/** A value that a choice accepts, or nearly; undefined for none at all. */
function meeting(choice: Choice, draws: Draws): string | undefined {
  const tail = () => (draws.once(2) ? draws.pick(texts) : '');
  switch (choice.kind) {
    case 'string':
      return choice.address && draws.once(2) ? addressText(choice.address) : spelled(choice.value, draws);
    case 'exactly':
      return spelled(choice.value, draws);
    case 'number':
      return respelled(choice.number.raw, draws);
    case 'literal':
      return String(choice.value);
    case 'prefix':
      return spelled((choice.ignoreCase ? recased(choice.value, draws) : choice.value) + tail(), draws);
    case 'suffix':
      return spelled(tail() + (choice.ignoreCase ? recased(choice.value, draws) : choice.value), draws);
    case 'equals-ignore-case':
      return spelled(recased(choice.value, draws), draws);
    case 'wildcard':
      return spelled(
        choice.parts.reduce((text, part) => text + tail() + part),
        draws,
      );
    case 'numeric':
      return inRange(choice.lower, choice.upper, draws);
    case 'cidr':
      return addressText(
        draws.pick([choice.low, choice.high, { ...choice.low, bits: choice.low.bits + 1n }]),
      );
    case 'exists':
      return choice.value ? scalar(draws) : undefined;
    case 'anything-but':
      return draws.once(3) ? excludedValue(choice.of, draws) : scalar(draws);
  }
}

function excludedValue(of: AnythingButSet, draws: Draws): string {
  if (of.kind === 'numbers') return respelled(draws.pick(of.values).raw, draws);
  if (of.kind === 'wildcard') return JSON.stringify(draws.pick(of.values).parts.join(draws.pick(['', 'b'])));
  const value = draws.pick(of.values);
  return JSON.stringify(of.kind === 'equals-ignore-case' ? recased(value, draws) : value);
}

function recased(text: string, draws: Draws): string {
  return draws.pick([text, text.toUpperCase(), text.toLowerCase()]);
}

/** Another token of the same decimal value, for plain integers. */
function respelled(raw: string, draws: Draws): string {
  return /^-?[1-9][0-9]*$/.test(raw) ? raw + draws.pick(['', '.0', 'e0', '.00']) : raw;
}

function inRange(lower: Bound | undefined, upper: Bound | undefined, draws: Draws): string {
  const values = [lower?.value, upper?.value].filter((value) => value !== undefined);
  const bound = draws.pick(values);
  const between = values.length === 2 ? (values[0]! + values[1]!) / 2 : bound;
  return String(draws.pick([between, bound, bound + 1, bound - 1, bound / 2]));
}

function addressText({ family, bits }: Address): string {
  const width = family === 4 ? 8n : 16n;
  const parts: string[] = [];
  for (let i = family === 4 ? 3n : 7n; i >= 0n; i--) {
    const part = (bits >> (i * width)) & ((1n << width) - 1n);
    parts.push(part.toString(family === 4 ? 10 : 16));
  }
  return `"${parts.join(family === 4 ? '.' : ':')}"`;
}
