import { argument, callOf, type Machine } from '../machine.ts';
import { keysIn, setField, spreadInto } from '../objects.ts';
import { keysOf } from '../texts.ts';
import { join, Thing, text, unknown, type Value } from '../values.ts';
import { pairOf, pairsOf } from './dicts.ts';
import { elementsOf, listOf, type Native, parsedJson } from './native.ts';

const same: Native = (call) => argument(call, 0);

/** Globals of JavaScript that hand values on. */
export const javaScriptGlobals: Readonly<Record<string, Native>> = {
  'global:JSON.stringify': (call) => {
    // A replacer may change anything.
    const plain = (call.positional[1] ?? []).every(({ kind }) => kind === 'constant');
    return [{ kind: 'json', of: plain ? argument(call, 0) : unknown('what a replacer makes') }];
  },
  'global:JSON.parse': (call) => parsedJson(argument(call, 0)),
  'global:Object.assign': (call, { machine }) => {
    const [target = [], ...others] = call.positional;
    for (const atom of target) {
      if (atom.kind === 'object')
        for (const other of [...others, call.rest]) spreadInto(atom.object, other, machine.memory);
    }
    return target;
  },
  'global:Object.freeze': same,
  'global:Object.defineProperty': (call, { machine }) => {
    const target = argument(call, 0);
    define(target, argument(call, 1), argument(call, 2), machine);
    return target;
  },
  // Together they copy the members of one object to another.
  'global:Object.getOwnPropertyDescriptors': same,
  'global:Object.defineProperties': (call, { machine }) => {
    const target = argument(call, 0);
    for (const atom of target)
      if (atom.kind === 'object') spreadInto(atom.object, argument(call, 1), machine.memory);
    return target;
  },
  'global:Object.getOwnPropertyNames': (call) => keysIn(argument(call, 0)),
  'global:Object.create': () => [{ kind: 'object', object: new Thing() }],
  'global:structuredClone': same,
  'global:Promise.resolve': same,
  'global:Buffer.from': same,
  'global:TextEncoder().encode': same,
  'global:Promise.all': same,
  'global:Promise.allSettled': same,
  'global:Promise.race': (call) => elementsOf(argument(call, 0)),
  'global:Promise.any': (call) => elementsOf(argument(call, 0)),
  'global:Object.values': (call) => listOf(fieldsOf(argument(call, 0)).values),
  'global:Object.keys': (call) => keysIn(argument(call, 0)),
  'global:Object.entries': (call) => {
    const { keys, values } = fieldsOf(argument(call, 0));
    return pairsOf(argument(call, 0)) ?? listOf(pairOf(keys, values));
  },
  'global:Object.fromEntries': (call) => {
    const thing = new Thing();
    for (const atom of elementsOf(argument(call, 0)))
      thing.others.value = join(
        thing.others.value,
        atom.kind === 'list' ? (atom.list.fixed?.[1] ?? atom.list.elements.value) : [atom],
      );
    return [{ kind: 'object', object: thing }];
  },
  'global:Array.from': (call, { machine }) => {
    const elements = elementsOf(argument(call, 0));
    const convert = argument(call, 1);
    return listOf(
      convert.length > 0
        ? machine.invoke(
            convert,
            callOf(elements.length > 0 ? elements : unknown('an element'), unknown('an index')),
          )
        : elements,
    );
  },
  'global:Array.of': (call) => listOf(join(...call.positional, call.rest)),
  'global:Array': (call) => listOf(call.positional.length > 1 ? join(...call.positional) : []),
  'global:Set': (call) => {
    const [only] = argument(call, 0);
    return only?.kind === 'list' ? argument(call, 0) : listOf(elementsOf(argument(call, 0)));
  },
  'global:Map': (call, { machine }) => mapOf(argument(call, 0), machine),
  'global:Number': same,
  'global:parseInt': same,
  'global:parseFloat': same,
  'global:String': (call) => argument(call, 0).filter(({ kind }) => kind !== 'constant'),
};

/** `Object.defineProperty`: a value is written, a getter is kept. */
function define(target: Value, key: Value, descriptor: Value, machine: Machine): void {
  for (const atom of descriptor) {
    if (atom.kind !== 'object') continue;
    const value = atom.object.fields.get('value')?.value;
    if (value) setField(target, key, value, machine.memory);
    const getter = atom.object.fields.get('get')?.value;
    if (!getter) continue;
    const { known, others } = keysOf(key);
    for (const each of target) {
      if (each.kind !== 'object') continue;
      for (const name of known) each.object.getters.set(name, getter);
      if (others) machine.memory.add(each.object.others, machine.invoke(getter, callOf()));
    }
  }
}

/** A map as an object: its entries under their keys. */
function mapOf(entries: Value, machine: Machine): Value {
  const value: Value = [{ kind: 'object', object: new Thing(undefined, undefined, true) }];
  const [only] = entries;
  const pairs = only?.kind === 'list' && entries.length === 1 ? only.list.fixed : undefined;
  for (const pair of pairs ?? [elementsOf(entries)]) {
    for (const atom of pair) {
      if (atom.kind !== 'list') continue;
      const [key, held] = atom.list.fixed ?? [unknown('a key'), atom.list.elements.value];
      setField(value, key ?? [], held ?? [], machine.memory);
    }
  }
  return value;
}

function fieldsOf(value: Value): { keys: Value; values: Value } {
  const keys: Value[] = [];
  const values: Value[] = [];
  for (const atom of value) {
    if (atom.kind === 'object') {
      for (const [key, cell] of atom.object.fields) {
        keys.push(text(key));
        values.push(cell.value);
      }
      if (atom.object.others.value.length > 0) {
        keys.push(unknown('a key'));
        values.push(atom.object.others.value);
      }
    } else if (atom.kind !== 'constant') {
      keys.push(unknown('a key'));
      values.push(
        atom.kind === 'received' ? [{ kind: 'received', path: [...atom.path, '[]'] }] : unknown('a value'),
      );
    }
  }
  return { keys: join(...keys), values: join(...values) };
}
