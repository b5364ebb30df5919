import type * as fc from 'fast-check';
import { type Draws, drawn } from './draws.ts';
import { eventNear } from './event-near.ts';
import {
  addresses,
  invalidWildcards,
  names,
  numbers,
  oddNumbers,
  spelled,
  texts,
  wildcards,
} from './pattern-words.ts';

/** A pattern and an event, both as JSON text. */
export interface PatternCase {
  readonly pattern: string;
  readonly event: string;
}

/**
 * A pattern of any operators, and an event that was made to match it, or to fail in one place. About one pattern in
 * twelve is invalid.
 */
export function patternAndEvent(): fc.Arbitrary<PatternCase> {
  return drawn(drawCase, 140);
}

/** Several patterns, and events near some of them. */
export function crowd(): fc.Arbitrary<{ readonly patterns: string[]; readonly events: string[] }> {
  return drawn((draws) => {
    const patterns = draws.list(2, 8, () => drawPattern(draws));
    const events = draws.list(1, 4, () => eventNear(draws.pick(patterns), draws));
    return { patterns, events };
  }, 800);
}

function drawCase(draws: Draws): PatternCase {
  const pattern = drawPattern(draws);
  return { pattern, event: eventNear(pattern, draws) };
}

function drawPattern(draws: Draws): string {
  return drawObject(draws, 0) + (draws.once(60) ? ' trailing' : '');
}

function drawObject(draws: Draws, depth: number): string {
  const members = draws.list(1, depth === 0 ? 3 : 2, () => drawMember(draws, depth));
  if (draws.once(6)) members.splice(draws.below(members.length + 1), 0, drawOr(draws, depth));
  if (draws.once(25)) members.push(draws.pick(members));
  return `{${members.join(draws.once(12) ? ' , ' : ',')}}`;
}

function drawMember(draws: Draws, depth: number): string {
  const name = spelled(draws.pick(names), draws);
  const nested = depth < 3 && draws.below(5) >= 3;
  return `${name}:${nested ? drawObject(draws, depth + 1) : drawChoices(draws)}`;
}

function drawOr(draws: Draws, depth: number): string {
  if (draws.once(25)) return `"$or":${drawChoices(draws)}`;
  const least = draws.once(30) ? 1 : 2;
  return `"$or":[${draws.list(least, 3, () => drawObject(draws, depth + 1)).join()}]`;
}

function drawChoices(draws: Draws): string {
  if (draws.once(300)) return draws.pick(['[]', '"bare"', '{}', '[[1]]', 'null']);
  return `[${draws.list(1, draws.once(3) ? 4 : 2, () => drawChoice(draws)).join()}]`;
}

type DrawArgument = (draws: Draws) => string;

const text: DrawArgument = (draws) => spelled(draws.pick(texts), draws);
const number: DrawArgument = (draws) => draws.pick(draws.once(100) ? oddNumbers : numbers);
const wildcard: DrawArgument = (draws) =>
  JSON.stringify(draws.pick(draws.once(60) ? invalidWildcards : wildcards));
/** Most operators inside anything-but refuse the empty string. */
const someText: DrawArgument = (draws) => {
  const word = draws.pick(texts);
  return word === '' && !draws.once(4) ? '"a"' : spelled(word, draws);
};
const folded: DrawArgument = (draws) => `{"equals-ignore-case":${text(draws)}}`;
const oneOf = (draws: Draws, item: DrawArgument, invalid = '[[1]]') =>
  draws.once(3)
    ? draws.once(40)
      ? invalid
      : `[${draws.list(1, 3, () => item(draws)).join()}]`
    : item(draws);

function range(draws: Draws): string {
  if (draws.once(40))
    return draws.pick(['[">=",5,"<=",5]', '["<",5,">",0]', '["!=",1]', '[]', '["=","1"]', '1']);
  const bound = number(draws);
  const upper = number(draws);
  if (draws.once(2) || Number(bound) === Number(upper))
    return `["${draws.pick(['=', '<', '<=', '>', '>='])}",${bound}]`;
  const [low, high] = Number(bound) < Number(upper) ? [bound, upper] : [upper, bound];
  return `["${draws.pick(['>', '>='])}",${low},"${draws.pick(['<', '<='])}",${high}]`;
}

function block(draws: Draws): string {
  const address = draws.pick(addresses);
  const widths = address.includes(':') ? [0, 16, 64, 65, 96, 120, 127] : [0, 1, 8, 15, 24, 31];
  return `"${address}/${draws.once(40) ? 128 : draws.pick(widths)}"`;
}

function excluded(draws: Draws): string {
  switch (draws.below(7)) {
    case 0:
    case 1:
      return oneOf(draws, text, '[1,"x"]');
    case 2:
      return oneOf(draws, number, '[]');
    case 3:
      return `{"prefix":${oneOf(draws, someText)}}`;
    case 4:
      return `{"suffix":${oneOf(draws, someText)}}`;
    case 5:
      return `{"equals-ignore-case":${oneOf(draws, text)}}`;
    default:
      return `{"wildcard":${oneOf(draws, wildcard)}}`;
  }
}

const operators: readonly (readonly [name: string, argument: DrawArgument])[] = [
  ['exactly', text],
  ['prefix', text],
  ['suffix', text],
  ['prefix', folded],
  ['suffix', folded],
  ['equals-ignore-case', text],
  ['wildcard', wildcard],
  ['wildcard', wildcard],
  ['numeric', range],
  ['numeric', range],
  ['cidr', block],
  ['exists', (draws) => draws.pick(['true', 'false'])],
  ['exists', () => 'false'],
  ['anything-but', excluded],
  ['anything-but', excluded],
];

function drawChoice(draws: Draws): string {
  switch (draws.below(8)) {
    case 0:
    case 1:
      return text(draws);
    case 2:
      return draws.pick(draws.once(6) ? oddNumbers : numbers);
    case 3:
      return draws.pick(['true', 'false', 'null', `"${draws.pick(addresses)}"`]);
    default: {
      const [name, argument] = draws.pick(operators);
      if (draws.once(200))
        return draws.pick(['{"Prefix":"a"}', '{}', '{"prefix":"a","suffix":"b"}', '{"regex":"a"}']);
      return `{"${name}":${draws.once(300) ? number(draws) : argument(draws)}}`;
    }
  }
}
