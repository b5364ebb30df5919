import { argument, callOf } from '../machine.ts';
import { spreadInto } from '../objects.ts';
import { keysOf } from '../texts.ts';
import { Cell, join, List, Thing, unknown } from '../values.ts';
import { elementsOf, listOf, type Native, parsedJson } from './native.ts';

const same: Native = (call) => argument(call, 0);
const asList: Native = (call) => listOf(elementsOf(argument(call, 0)));

/** The default of a field. */
const defaultOf: Native = (call, { machine }) => {
  const factory = call.named.get('default_factory');
  if (factory) return machine.invoke(factory, callOf());
  return call.named.get('default') ?? call.positional[0] ?? [];
};

const environment: Native = (call, { machine }) => {
  const { known, others } = keysOf(argument(call, 0));
  const otherwise = call.positional[1] ??
    call.named.get('default') ?? [{ kind: 'constant' as const, value: null }];
  const values = known.map((name) => {
    const value = machine.environment(name);
    return value.some(({ kind }) => kind === 'constant')
      ? join(
          value.filter(({ kind }) => kind !== 'constant'),
          otherwise,
        )
      : value;
  });
  return join(...values, others ? unknown('an environment variable') : []);
};

/** Functions of Python and its library that hand values on. */
export const pythonGlobals: Readonly<Record<string, Native>> = {
  'py:os.getenv': environment,
  'py:os.environ.get': environment,
  'py:json.dumps': (call) => [{ kind: 'json', of: argument(call, 0) }],
  'py:simplejson.dumps': (call) => [{ kind: 'json', of: argument(call, 0) }],
  'py:json.loads': (call) => parsedJson(argument(call, 0)),
  'py:copy.copy': same,
  'py:copy.deepcopy': same,
  'py:dataclasses.asdict': same,
  'py:dataclasses.replace': same,
  'py:dataclasses.field': defaultOf,
  'py:pydantic.Field': defaultOf,
  'py:attr.ib': defaultOf,
  'py:attrs.field': defaultOf,
  // What `wraps` gives hands back the function it is put on.
  'py:functools.wraps': () => [{ kind: 'native', path: 'py:functools.wraps()' }],
  'py:functools.wraps()': same,
  'py:functools.partial': (call) => {
    const [callee = [], ...positional] = call.positional;
    return callee.map((atom) => {
      if (atom.kind !== 'function') return atom;
      const { bound } = atom.closure;
      const given = {
        positional: [...(bound?.positional ?? []), ...positional],
        named: new Map([...(bound?.named ?? []), ...call.named]),
      };
      return { kind: 'function', closure: { ...atom.closure, bound: given } };
    });
  },
  'py:itertools.chain': (call) => listOf(join(...call.positional.map(elementsOf))),
  'py:itertools.chain.from_iterable': (call) => listOf(elementsOf(elementsOf(argument(call, 0)))),
  'py:itertools.batched': (call) => listOf(argument(call, 0)),
  'global:int': same,
  'global:float': same,
  'py:dataclasses.dataclass': (call) =>
    call.positional.length > 0 ? argument(call, 0) : [{ kind: 'native', path: 'py:dataclasses.dataclass()' }],
  'py:dataclasses.dataclass()': same,
  'global:str': (call) => argument(call, 0).filter(({ kind }) => kind !== 'constant'),
  'global:list': asList,
  'global:tuple': asList,
  'global:set': asList,
  'global:sorted': asList,
  'global:reversed': asList,
  'global:dict': (call, { machine }) => {
    const thing = new Thing();
    for (const value of call.positional) spreadInto(thing, value, machine.memory);
    for (const [name, value] of call.named) thing.fields.set(name, new Cell(value));
    if (call.otherNames.length > 0) thing.others.value = join(thing.others.value, call.otherNames);
    return [{ kind: 'object', object: thing }];
  },
  'global:enumerate': (call) => {
    const elements = elementsOf(argument(call, 0));
    return listOf([{ kind: 'list', list: new List(elements, [unknown('an index'), elements]) }]);
  },
  'global:zip': (call) => {
    const columns = call.positional.map(elementsOf);
    return listOf([{ kind: 'list', list: new List(join(...columns), columns) }]);
  },
  'global:map': (call, { machine }) =>
    listOf(machine.invoke(argument(call, 0), callOf(elementsOf(argument(call, 1))))),
  'global:filter': (call) => listOf(elementsOf(argument(call, 1))),
  'py:random.choice': (call) => elementsOf(argument(call, 0)),
  'global:next': (call) => elementsOf(argument(call, 0)),
  'global:getattr': () => unknown('an attribute'),
};
