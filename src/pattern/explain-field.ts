import { nearest } from '../json/nearest.ts';
import type { Leaf } from './event.ts';
import { type LeafValue, printLeaf } from './leaf.ts';
import { orList, quote } from './operators/operator.ts';
import { operatorOf } from './operators/operators.ts';
import type { Choice, Condition } from './pattern.ts';
import type { Shapes } from './shapes.ts';

/**
 * met: a value does. missing: there is no value. type: only values of other types. value: values of the right type,
 * but others. present: there is a value where there must be none. element: met alone, but not by the element of a
 * list that the fields before it are met by.
 */
export type FieldVerdict = 'met' | 'missing' | 'type' | 'value' | 'present' | 'element';

interface Unmet {
  readonly verdict: FieldVerdict;
  readonly reason: string;
  readonly hint?: string;
}

/** Names listed of an object that has not the one that was asked for. */
const NAMES_SHOWN = 8;

/** Why a field that no value meets is not met. */
export function unmetReason(condition: Condition, leaves: readonly Leaf[], shapes: Shapes): Unmet {
  const { choices, path } = condition;
  if (leaves.length === 0) return missing(path, shapes);
  const values = leaves.map(({ value }) => value);
  if (choices.every((choice) => choice.kind === 'exists')) {
    return { verdict: 'present', reason: 'there must be no value, and there is one' };
  }
  const types = new Set(choices.flatMap(typesOf));
  if (types.size > 0 && !values.some(({ type }) => types.has(type))) {
    const found = [...new Set(values.map(typeName))];
    const reason = `found ${orList(found)} where only ${orList([...types].map(named))} can match`;
    return { verdict: 'type', reason, ...hinted(sameCharacters(choices, values)) };
  }
  const excluded = choices.every((choice) => choice.kind === 'anything-but');
  const reason = excluded
    ? 'every value there is one of those excluded'
    : 'no value there is one of those asked for';
  return { verdict: 'value', reason, ...hinted(nearMiss(choices, values)) };
}

function hinted(hint: string | undefined): { readonly hint?: string } {
  return hint === undefined ? {} : { hint };
}

function missing(path: string, shapes: Shapes): Unmet {
  const verdict = 'missing';
  const shape = shapes.get(path);
  if (shape) {
    const kinds = orList([...shape.kinds]);
    if (shape.kinds.has('an empty list'))
      return { verdict, reason: `${path} is ${kinds}, which counts as no value` };
    const hint =
      shape.names.size > 0 ? `put the condition on one of its fields: ${listed(shape.names)}` : undefined;
    return { verdict, reason: `${path} is ${kinds}; only what is in it can be compared`, ...hinted(hint) };
  }
  const outer = deepestOuter(path, shapes);
  const parent = shapes.get(outer)!;
  const place = outer === undefined ? 'the event' : outer;
  const name = outer === undefined ? path : path.slice(outer.length + 1);
  if (![...parent.kinds].some((kind) => kind.endsWith('object') || kind.endsWith('objects'))) {
    return { verdict, reason: `there is no field ${name}, for ${place} is ${orList([...parent.kinds])}` };
  }
  const [step] = name.split('.');
  const near = alike(step!, parent.names) ?? alike(name, parent.names);
  const others = parent.names.size > 0 ? `${place} has ${listed(parent.names)}` : undefined;
  const hint = near === undefined ? others : `did you mean ${near}?`;
  return { verdict, reason: `${place} has no field ${name}`, ...hinted(hint) };
}

/** The longest beginning of a path at which the event has something. */
function deepestOuter(path: string, shapes: Shapes): string | undefined {
  for (let dot = path.lastIndexOf('.'); dot >= 0; dot = path.lastIndexOf('.', dot - 1)) {
    const outer = path.slice(0, dot);
    if (shapes.has(outer)) return outer;
    if (dot === 0) break;
  }
  return undefined;
}

function listed(names: ReadonlySet<string>): string {
  const shown = [...names].slice(0, NAMES_SHOWN).join(', ');
  return names.size > NAMES_SHOWN ? `${shown} and ${names.size - NAMES_SHOWN} more` : shown;
}

type LeafType = LeafValue['type'];

/** The types of values a choice can accept; none for those that accept every type. */
function typesOf(choice: Choice): LeafType[] {
  switch (choice.kind) {
    case 'number':
    case 'numeric':
      return ['number'];
    case 'literal':
      return ['literal'];
    case 'anything-but':
      return ['string', 'number', 'literal'];
    case 'exists':
      return [];
    default:
      return ['string'];
  }
}

const named = (type: LeafType) => (type === 'literal' ? 'true, false or null' : `a ${type}`);
const typeName = (value: LeafValue) => (value.type === 'literal' ? String(value.value) : `a ${value.type}`);

/** `5` and `"5"`: the usual reason for a wrong type. */
function sameCharacters(choices: readonly Choice[], values: readonly LeafValue[]): string | undefined {
  for (const value of values) {
    const text = value.type === 'string' ? value.value : printLeaf(value);
    for (const choice of choices) {
      if (!['string', 'number', 'literal'].includes(choice.kind)) continue;
      const printed = operatorOf(choice).print(choice);
      const asked = choice.kind === 'number' ? choice.number.raw : String(printed);
      if (asked !== text) continue;
      return `the event has ${printLeaf(value)}, the pattern ${choice.kind === 'string' ? quote(asked) : asked}: write it as the event does`;
    }
  }
  return undefined;
}

/** What comes nearest among the values that are compared whole, in the way people miss: case, spaces, a letter. */
function nearMiss(choices: readonly Choice[], values: readonly LeafValue[]): string | undefined {
  const asked = choices.flatMap((choice) => wholeText(choice));
  for (const value of values) {
    if (value.type !== 'string') continue;
    const text = value.value;
    const sameLetters = asked.find((one) => one.toLowerCase() === text.toLowerCase());
    if (sameLetters !== undefined)
      return `${quote(text)} differs from ${quote(sameLetters)} only in upper and lower case`;
    const trimmed = asked.find((one) => one.trim() === text.trim());
    if (trimmed !== undefined)
      return `${quote(text)} differs from ${quote(trimmed)} only in spaces around it`;
    const near = alike(text, asked);
    if (near !== undefined) return `${quote(near)} is the nearest to ${quote(text)}`;
    const affix = choices.find((choice) => isAffixInOtherCase(choice, text));
    if (affix) return `${quote(text)} would match in another case`;
  }
  return undefined;
}

/** Texts longer than this are not compared letter by letter. */
const MAX_COMPARED = 200;

/** The word that was probably meant: the same but for case and separators, or but for a few letters. */
function alike(word: string, words: Iterable<string>): string | undefined {
  const candidates = [...words].filter(({ length }) => length <= MAX_COMPARED);
  const same = candidates.find((candidate) => simplified(candidate) === simplified(word));
  if (same !== undefined || word.length < 3 || word.length > MAX_COMPARED) return same;
  return nearest(word, candidates);
}

/** `detail_type`, `DetailType` and `detail-type` alike. */
function simplified(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, '');
}

function wholeText(choice: Choice): string[] {
  return choice.kind === 'string' || choice.kind === 'exactly' ? [choice.value] : [];
}

function isAffixInOtherCase(choice: Choice, text: string): boolean {
  if (choice.kind !== 'prefix' && choice.kind !== 'suffix') return false;
  const insensitive = { ...choice, ignoreCase: true };
  return operatorOf(choice).accepts(insensitive, { type: 'string', value: text });
}
