import { hole } from '../../json/holes.ts';
import type { Machine } from './machine.ts';
import { join, type Value } from './values.ts';

/** More texts than this are not told apart. */
const maxTexts = 40;

/** The texts a value may be, with holes for what is not known. Absent values are no texts. */
export function textsOf(value: Value, machine: Pick<Machine, 'hole'>): string[] {
  const texts = new Set<string>();
  for (const atom of value) {
    if (atom.kind === 'text') texts.add(atom.text);
    else if (atom.kind === 'number') texts.add(String(atom.number));
    else if (atom.kind === 'received') texts.add(hole(`received ${atom.path.join('.') || 'event'}`));
    else if (atom.kind === 'unknown') texts.add(machine.hole(atom.what));
    else if (atom.kind !== 'constant') texts.add(machine.hole('a value'));
  }
  return texts.size > maxTexts ? [machine.hole('one of many texts')] : [...texts];
}

/** Keys of objects: texts, as far as they are known. */
export function keysOf(value: Value): { readonly known: readonly string[]; readonly others: boolean } {
  const known: string[] = [];
  let others = false;
  for (const atom of value) {
    if (atom.kind === 'text' && !atom.text.includes('\uE0F0')) known.push(atom.text);
    else if (atom.kind === 'number') known.push(String(atom.number));
    else others = true;
  }
  return { known, others };
}

/** The texts of all parts put together, in every combination up to a limit. */
export function concatenated(parts: readonly Value[], machine: Pick<Machine, 'hole'>): Value {
  let texts = [''];
  for (const part of parts) {
    const next = part.some(({ kind }) => kind === 'constant')
      ? [...textsOf(part, machine), machine.hole('a value')]
      : textsOf(part, machine);
    const choices = next.length > 0 ? next : [machine.hole('a value')];
    if (texts.length * choices.length > maxTexts)
      return [{ kind: 'text', text: machine.hole('a text of many parts') }];
    texts = texts.flatMap((head) => choices.map((tail) => head + tail));
  }
  return join(...texts.map((text): Value => [{ kind: 'text', text }]));
}
