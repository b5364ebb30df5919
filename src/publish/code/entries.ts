import type { Span } from '../../json/document.ts';
import { hole } from '../../json/holes.ts';
import type { JsonValue } from '../../json/value.ts';
import type { FieldEffect } from '../../model/emission.ts';
import type { Publication } from '../publication.ts';
import { lower } from './guards.ts';
import { textsOf } from './texts.ts';
import type { Below, Place, Thing, Value } from './values.ts';

/** What a PutEvents request publishes; `unresolved`: entries of which nothing is known. */
export interface Request {
  readonly publications: readonly Publication[];
  readonly unresolved: boolean;
  /** Below which depth the received event surely is, for each entry. */
  readonly limits: readonly (Below | undefined)[];
}

/** Reads the input of a request. Every combination of the texts an entry's fields may be is a publication. */
export function readRequest(
  input: Value,
  below: Below | undefined,
  span: Span,
  place: string,
  spanAt: (place: Place) => Span,
): Request {
  const machine = { hole: (what: string): string => hole(`${what} at ${place}`) };
  const publications: Publication[] = [];
  const limits: (Below | undefined)[] = [];
  let unresolved = false;
  for (const request of input) {
    const list = request.kind === 'object' ? fieldOf(request.object, 'Entries') : [];
    if (list.length === 0) unresolved = true;
    for (const atom of list) {
      if (atom.kind !== 'list') {
        unresolved ||= atom.kind !== 'constant';
        continue;
      }
      for (const entry of atom.list.elements.value) {
        limits.push(entry.kind === 'object' ? lower(below, entry.object.below) : below);
        if (entry.kind === 'object') {
          const { place: made } = entry.object;
          publications.push(...ofEntry(entry.object, made ? spanAt(made) : span, limits.at(-1), machine));
        } else if (entry.kind !== 'constant') unresolved = true;
      }
    }
  }
  unresolved ||= limits.length === 0;
  return { publications, unresolved, limits: unresolved ? [...limits, below] : limits };
}

function ofEntry(
  entry: Thing,
  span: Span,
  below: Below | undefined,
  machine: { hole(what: string): string },
): Publication[] {
  const texts = (name: string): string[] => {
    const found = textsOf(fieldOf(entry, name), machine).filter((each) => each !== '');
    return found.length > 0 ? found : [machine.hole(`the ${name}`)];
  };
  const named = fieldOf(entry, 'EventBusName').filter(({ kind }) => kind !== 'constant');
  const open = entry.others.value.length > 0;
  const buses: (string | undefined)[] =
    named.length > 0
      ? textsOf(named, machine)
      : entry.fields.has('EventBusName') || !open
        ? ['default']
        : [undefined];
  const detail = detailOf(fieldOf(entry, 'Detail'), below);
  const evidence = { kind: 'code' as const, text: 'PutEvents in its code', span };
  return texts('Source').flatMap((source) =>
    texts('DetailType').flatMap((detailType) =>
      buses.map((bus) => ({ source, detailType, bus, ...detail, evidence })),
    ),
  );
}

function fieldOf(thing: Thing, name: string): Value {
  const field = thing.fields.get(name)?.value;
  if (field) return field;
  return thing.others.value.map((atom) =>
    atom.kind === 'received'
      ? { kind: 'received', path: [...atom.path, name] }
      : { kind: 'unknown', what: `the ${name}` },
  );
}

type Detail = Pick<Publication, 'detail' | 'others'>;

/** The fields of `detail`, where it is the JSON text of an object that is made here. */
function detailOf(value: Value, below: Below | undefined): Detail {
  const objects = value.flatMap((atom) => (atom.kind === 'json' ? [...atom.of] : [atom]));
  // An entry without detail is refused: it publishes nothing.
  const present = objects.filter((atom) => atom.kind !== 'constant');
  const made = present.map((atom): Detail => {
    if (atom.kind === 'received' && atom.path.at(-1) === 'detail' && !atom.plus)
      return { detail: {}, others: 'copy' };
    return atom.kind === 'object' ? ofObject(atom.object, below) : { detail: {}, others: 'any' };
  });
  return made.length === 0 ? { detail: {}, others: 'any' } : made.reduce(merged);
}

function ofObject(thing: Thing, below: Below | undefined): Detail {
  const detail: Record<string, FieldEffect<JsonValue>> = {};
  for (const [name, { value }] of thing.fields) detail[name] = effectOf(name, value, below);
  // An object of a class may be written in another way, or have more than its own code gives it.
  if (thing.type?.code.methods.some(({ name }) => name === 'toJSON')) return { detail: {}, others: 'any' };
  const others = thing.others.value;
  if (thing.type) return { detail, others: 'any' };
  const copies =
    others.length > 0 && others.every((atom) => atom.kind === 'received' && atom.path.at(-1) === 'detail');
  return { detail, others: others.length === 0 ? 'absent' : copies ? 'copy' : 'any' };
}

function effectOf(name: string, value: Value, below: Below | undefined): FieldEffect<JsonValue> {
  // One more than what was received, or 1 where nothing was: a missing number counts as 0. What stands in for a
  // number that is none, and is not below the limit, was turned away.
  const more = value.filter((each) => each.kind === 'received' && each.plus === 1);
  const stands = (each: Value[number]): boolean =>
    each.kind === 'number' &&
    each.base !== undefined &&
    (each.base === 0 || (below !== undefined && each.base >= below.depth));
  const others = value.filter((each) => !(more.length > 0 && stands(each)));
  const [atom] = others;
  if (others.length !== 1 || !atom) return { kind: 'any' };
  if (atom.kind === 'received') {
    const from = memberAt(atom.path);
    if (from === name && atom.plus === 1) return { kind: 'increment' };
    if (from === undefined || atom.plus) return { kind: 'any' };
    return from === name ? { kind: 'copy' } : { kind: 'copy', from };
  }
  if (atom.kind === 'text' && !atom.text.includes('\uE0F0')) return { kind: 'set', value: atom.text };
  if (atom.kind === 'number') return { kind: 'set', value: atom.number };
  return atom.kind === 'constant' && atom.value !== null
    ? { kind: 'set', value: atom.value }
    : { kind: 'any' };
}

/** The member of the received event's `detail` that a path leads to; of lists and computed names nothing is known. */
function memberAt(path: readonly string[]): string | undefined {
  const [at, ...names] = path.slice(path.indexOf('detail'));
  const plain = at === 'detail' && names.every((each) => each !== 'detail' && /^[A-Za-z_][\w-]*$/.test(each));
  return plain ? names.join('.') : undefined;
}

/** What is true of both. */
export function merged(a: Detail, b: Detail): Detail {
  const detail: Record<string, FieldEffect<JsonValue>> = {};
  const of = (each: Detail, name: string): FieldEffect<JsonValue> =>
    each.detail[name] ?? { kind: each.others };
  for (const name of [...Object.keys(a.detail), ...Object.keys(b.detail)]) {
    const [first, second] = [of(a, name), of(b, name)];
    detail[name] = JSON.stringify(first) === JSON.stringify(second) ? first : { kind: 'any' };
  }
  return { detail, others: a.others === b.others ? a.others : 'any' };
}
