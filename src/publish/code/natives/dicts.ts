import { argument, callOf } from '../machine.ts';
import { setField, spreadInto } from '../objects.ts';
import { keysOf } from '../texts.ts';
import { Cell, join, List, nothing, type Thing, text, unknown, type Value } from '../values.ts';
import { listOf, type Native } from './native.ts';

function things(of: Value): Thing[] {
  return of.flatMap((atom) => (atom.kind === 'object' ? [atom.object] : []));
}

function fields(of: Value): { keys: Value; values: Value } {
  const all = things(of);
  const open = all.some(({ others }) => others.value.length > 0);
  return {
    keys: join(...all.flatMap((thing) => [...thing.fields.keys()].map(text)), open ? unknown('a key') : []),
    values: join(
      ...all.flatMap((thing) => [
        ...[...thing.fields.values()].map(({ value }) => value),
        thing.others.value,
      ]),
    ),
  };
}

const get: Native = (call, { of }) => {
  const { known, others } = keysOf(argument(call, 0));
  const found = things(of).flatMap((thing) => {
    const values = known.map(
      (key) =>
        thing.fields.get(key)?.value ?? (thing.others.value.length > 0 ? thing.others.value : undefined),
    );
    return others ? [...values, ...[...thing.fields.values()].map(({ value }) => value), undefined] : values;
  });
  const otherwise = call.positional[1] ?? nothing;
  return join(...found.map((value) => value ?? otherwise));
};

/** A key with its value. */
export function pairOf(key: Value, value: Value): Value {
  return [{ kind: 'list', list: new List(join(key, value), [key, value]) }];
}

/** The pairs of an object whose fields are all known, each apart. */
export function pairsOf(of: Value): Value | undefined {
  const [only] = of;
  if (of.length !== 1 || only?.kind !== 'object' || only.object.others.value.length > 0) return undefined;
  const pairs = [...only.object.fields].map(([key, { value }]) => pairOf(text(key), value));
  return [{ kind: 'list', list: new List(join(...pairs), pairs) }];
}

const itself: Native = (_call, { of }) => of;
const asJson: Native = (_call, { of }) => [{ kind: 'json', of }];

/** Methods of JavaScript's maps. */
export const mapMethods: Readonly<Record<string, Native>> = {
  'map.get': get,
  'map.set': (call, { of, machine }) => {
    setField(of, argument(call, 0), argument(call, 1), machine.memory);
    return of;
  },
  'map.entries': (_call, { of }) => pairsOf(of) ?? listOf(pairOf(fields(of).keys, fields(of).values)),
  'map.keys': (_call, { of }) => listOf(fields(of).keys),
  'map.values': (_call, { of }) => listOf(fields(of).values),
  'map.forEach': (call, { of, machine }) => {
    const { keys, values } = fields(of);
    machine.invoke(argument(call, 0), callOf(values, keys, of));
    return nothing;
  },
};

/** Methods of Python's dictionaries and of the objects of well-known libraries. */
export const dictMethods: Readonly<Record<string, Native>> = {
  'dict.get': get,
  'dict.pop': (call, context) => {
    const taken = get(call, context);
    setField(context.of, argument(call, 0), nothing, context.machine.memory);
    return taken;
  },
  'dict.setdefault': (call, { of, machine }) => {
    const found = get(call, { of, machine });
    setField(of, argument(call, 0), found, machine.memory);
    return found;
  },
  'dict.update': (call, { of, machine }) => {
    for (const thing of things(of)) {
      for (const value of call.positional) spreadInto(thing, value, machine.memory);
      for (const [name, value] of call.named) thing.fields.set(name, new Cell(value));
    }
    return nothing;
  },
  'dict.items': (_call, { of }) => {
    const { keys, values } = fields(of);
    return pairsOf(of) ?? listOf(pairOf(keys, values));
  },
  'dict.keys': (_call, { of }) => listOf(fields(of).keys),
  'dict.values': (_call, { of }) => listOf(fields(of).values),
  'dict.copy': itself,
  'dict.dict': itself,
  'dict.to_dict': itself,
  'dict.model_dump': itself,
  'dict.asdict': itself,
  'dict.toJSON': itself,
  'dict.valueOf': itself,
  'dict.json': asJson,
  'dict.to_json': asJson,
  'dict.model_dump_json': asJson,
};
