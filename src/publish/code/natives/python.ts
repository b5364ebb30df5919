import { argument, callOf } from '../machine.ts';
import { spreadInto } from '../objects.ts';
import { keysOf } from '../texts.ts';
import { Cell, join, List, Thing, unknown } from '../values.ts';
import { elementsOf, listOf, type Native, parsedJson } from './native.ts';

const same: Native = (call) => argument(call, 0);
const asList: Native = (call) => listOf(elementsOf(argument(call, 0)));

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
  'py:dataclasses.dataclass': same,
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
