import type { Memory } from './memory.ts';
import { keysOf } from './texts.ts';
import { Cell, join, List, type Thing, text, unknown, type Value } from './values.ts';

/** Writes a field of whatever objects a value may be; certain only where it is one object under one key. */
export function setField(of: Value, key: Value, value: Value, memory: Memory): void {
  const { known, others } = keysOf(key);
  const sure = of.length === 1 && known.length === 1 && !others;
  for (const atom of of) {
    if (atom.kind === 'list') {
      atom.list.fixed = undefined;
      memory.add(atom.list.elements, value);
      continue;
    }
    const thing = atom.kind === 'object' ? atom.object : atom.kind === 'class' ? atom.type.shared : undefined;
    if (!thing) continue;
    for (const name of known) {
      const field = thing.fields.get(name);
      if (field && sure) memory.write(field, value);
      else if (field) memory.add(field, value);
      else thing.fields.set(name, new Cell(value));
    }
    if (others) memory.add(thing.others, value);
  }
}

/** Copies the fields of whatever objects a value may be. */
export function spreadInto(thing: Thing, value: Value, memory: Memory): void {
  const sure = value.length === 1;
  for (const atom of value) {
    if (atom.kind === 'object') {
      if (atom.object.fields.has('Source')) thing.place = atom.object.place ?? thing.place;
      for (const [key, cell] of atom.object.fields) {
        const field = thing.fields.get(key);
        if (!field) thing.fields.set(key, new Cell(cell.value));
        else if (sure) memory.write(field, cell.value);
        else memory.add(field, cell.value);
      }
      if (atom.object.others.value.length > 0) memory.add(thing.others, atom.object.others.value);
    } else if (atom.kind !== 'constant') memory.add(thing.others, [atom]);
  }
}

/** The names of the members of whatever objects a value may be: a list, each apart where all are known. */
export function keysIn(value: Value): Value {
  const [only] = value;
  const names = value.flatMap((atom) =>
    atom.kind === 'object' ? [...atom.object.fields.keys(), ...atom.object.getters.keys()] : [],
  );
  const known = value.every((atom) => atom.kind === 'object' && atom.object.others.value.length === 0);
  const texts = names.map((name) => text(name));
  const apart = known && value.length === 1 && only?.kind === 'object';
  return [
    {
      kind: 'list',
      list: new List(join(...texts, known ? [] : unknown('a key')), apart ? texts : undefined),
    },
  ];
}

/** After this any field of the objects may be anything. */
export function change(value: Value, memory: Memory): void {
  for (const atom of value) {
    if (atom.kind !== 'object') continue;
    for (const cell of [...atom.object.fields.values(), atom.object.others])
      memory.add(cell, unknown('a changed value'));
  }
}
