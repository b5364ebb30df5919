import { argument, callOf, type Machine } from '../machine.ts';
import { concatenated } from '../texts.ts';
import { join, type List, text, unknown, type Value } from '../values.ts';
import { elementsOf, listOf, type Native } from './native.ts';

const same: Native = (_call, { of }) => of;
const some: Native = (_call, { of }) => elementsOf(of);

function lists(of: Value): List[] {
  return of.flatMap((atom) => (atom.kind === 'list' ? [atom.list] : []));
}

function add(of: Value, value: Value, machine: Machine): void {
  for (const list of lists(of)) {
    list.fixed = undefined;
    machine.memory.add(list.elements, value);
  }
}

/** The elements of a short list that are told apart. */
function elementsApart([only, ...others]: Value): readonly Value[] | undefined {
  const fixed = only?.kind === 'list' && others.length === 0 ? only.list.fixed : undefined;
  return fixed && fixed.length <= 30 ? fixed : undefined;
}

/** Calls the function for each element where the elements are told apart, for any of them otherwise. */
function each(of: Value, callee: Value, machine: Machine): Value[] {
  const fixed = elementsApart(of);
  const runs = fixed ?? [elementsOf(of)];
  return runs
    .filter(({ length }) => length > 0)
    .map((element, index) =>
      machine.invoke(
        callee,
        callOf(element, fixed ? [{ kind: 'number', number: index }] : unknown('an index'), of),
      ),
    );
}

const withEach: Native = (call, { of, machine }) => {
  each(of, argument(call, 0), machine);
  return elementsOf(of);
};

const push: Native = (call, { of, machine }) => {
  add(of, join(...call.positional, call.rest), machine);
  return unknown('a length');
};

/** Methods of arrays and Python lists. */
export const listMethods: Readonly<Record<string, Native>> = {
  'list.map': (call, { of, machine }) => listOf(join(...each(of, argument(call, 0), machine))),
  'list.flatMap': (call, { of, machine }) => {
    const made = join(...each(of, argument(call, 0), machine));
    return listOf(
      join(
        elementsOf(made.filter(({ kind }) => kind === 'list')),
        made.filter(({ kind }) => kind !== 'list'),
      ),
    );
  },
  'list.forEach': withEach,
  'list.find': withEach,
  'list.findLast': withEach,
  'list.some': withEach,
  'list.every': withEach,
  'list.filter': (call, { of, machine }) => {
    each(of, argument(call, 0), machine);
    return listOf(elementsOf(of));
  },
  'list.reduce': (call, { of, machine }) => {
    let result = argument(call, 1);
    const step = (element: Value): Value =>
      machine.invoke(argument(call, 0), callOf(result, element, unknown('an index'), of));
    const apart = elementsApart(of);
    if (apart) for (const element of apart) result = step(element);
    const some = elementsOf(of);
    if (!apart && some.length > 0) for (let round = 0; round < 2; round++) result = join(result, step(some));
    return result;
  },
  'list.push': push,
  'list.unshift': push,
  'list.append': push,
  'list.add': push,
  'list.insert': (call, { of, machine }) => {
    add(of, argument(call, 1), machine);
    return unknown('nothing');
  },
  'list.extend': (call, { of, machine }) => {
    add(of, elementsOf(argument(call, 0)), machine);
    return unknown('nothing');
  },
  'list.concat': (call, { of }) => {
    const others = call.positional.flat();
    const inner = elementsOf(others.filter(({ kind }) => kind !== 'object' && kind !== 'text'));
    return listOf(
      join(
        elementsOf(of),
        inner,
        others.filter(({ kind }) => kind === 'object' || kind === 'text'),
      ),
    );
  },
  'list.slice': same,
  'list.splice': same,
  'list.reverse': same,
  'list.sort': same,
  'list.toSorted': same,
  'list.values': same,
  'list.copy': same,
  'list.flat': (_call, { of }) => {
    const elements = elementsOf(of);
    return listOf(
      join(
        elementsOf(elements.filter(({ kind }) => kind === 'list')),
        elements.filter(({ kind }) => kind !== 'list'),
      ),
    );
  },
  'list.entries': (_call, { of }) => listOf(listOf(join(unknown('an index'), elementsOf(of)))),
  'list.pop': some,
  'list.shift': some,
  'list.at': some,
  'list.join': (call, { of, machine }) => {
    const fixed = of.length === 1 ? lists(of)[0]?.fixed : undefined;
    const separator = call.positional[0] ?? text(',');
    if (!fixed) return [{ kind: 'text', text: machine.hole('a joined text') }];
    return concatenated(
      fixed.flatMap((part, index) => (index > 0 ? [separator, part] : [part])),
      machine,
    );
  },
};
