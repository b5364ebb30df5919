import { argument, type Call, callOf, type Machine } from '../machine.ts';
import { spreadInto } from '../objects.ts';
import { type Below, Cell, join, List, Thing, text, type Value } from '../values.ts';
import { elementsOf, type Native } from './native.ts';

/** What the runtime takes where nothing else is said: `DEFAULT_MAX_CHAIN_DEPTH`, `chainFields`. */
const defaultMaxChainDepth = 3;
const defaultFields = { depth: '_chain_depth', stage: 'processing_stage' };

/** What generated code imports: its names, by what they do with contracts. */
const runtime = 'npm:busproof/runtime';

/** An event of a contract; `follows`: it is published in answer to another. */
function entryOf(contract: Value, follows: boolean, machine: Machine): Value {
  const entry = new Thing();
  const of = (name: string): Value => fieldOf(contract, name);
  entry.fields.set('Source', new Cell(of('source')));
  entry.fields.set('DetailType', new Cell(of('detailType')));
  const bus = of('bus').filter(({ kind }) => kind === 'text');
  entry.fields.set('EventBusName', new Cell(bus.length > 0 ? bus : (machine.notes.get('bus') ?? unknownBus)));
  const detail = new Thing();
  detail.others.value = [{ kind: 'unknown', what: 'the detail' }];
  const fields = of('fields');
  const member = (name: string, otherwise: string): string => {
    const [atom] = fieldOf(fields, name);
    return atom?.kind === 'text' ? atom.text : otherwise;
  };
  const depth = member('depth', defaultFields.depth);
  const stage = member('stage', defaultFields.stage);
  detail.fields.set(
    depth,
    new Cell(
      follows ? [{ kind: 'received', path: ['detail', depth], plus: 1 }] : [{ kind: 'number', number: 0 }],
    ),
  );
  const stages = follows ? fieldOf(contract, followingStage) : text('raw');
  if (stages.length > 0) detail.fields.set(stage, new Cell(stages));
  entry.fields.set('Detail', new Cell([{ kind: 'json', of: [{ kind: 'object', object: detail }] }]));
  return [{ kind: 'object', object: entry }];
}

const unknownBus: Value = [{ kind: 'unknown', what: 'the bus' }];

function fieldOf(value: Value, name: string): Value {
  return join(
    ...value.map(
      (atom): Value => (atom.kind === 'object' ? (atom.object.fields.get(name)?.value ?? []) : []),
    ),
  );
}

function publish(entries: Value, machine: Machine): void {
  const request = new Thing();
  request.fields.set('Entries', new Cell([{ kind: 'list', list: new List(entries) }]));
  machine.publishes([{ kind: 'object', object: request }]);
}

const published: Value = [{ kind: 'native', path: 'published' }];

/** The functions that a contract's publisher has: itself, `batch` and `event`. */
function publisherMethods(path: string, follows: boolean): Record<string, Native> {
  const send: Native = (_call, { of, machine }) => {
    publish(entryOf(of, follows, machine), machine);
    return published;
  };
  return {
    [path]: send,
    [`${path}.batch`]: send,
    [`${path}.event`]: (_call, { of, machine }) => entryOf(of, follows, machine),
  };
}

/** Calls the handler of a consumer as the generated code would: with publishers of what it declares. */
function consume(call: Call, of: Value, machine: Machine): Value {
  const [consumer] = of;
  if (consumer?.kind !== 'object') return published;
  const publishers = new Thing();
  for (const atom of fieldOf(of, 'publications')) {
    if (atom.kind !== 'object') continue;
    for (const [name, cell] of atom.object.fields) {
      const contract = new Thing();
      spreadInto(contract, cell.value, machine.memory);
      contract.fields.set(followingStage, new Cell(stageOf(name, of, contract)));
      const following: Value = [
        { kind: 'native', path: 'busproof.following', of: [{ kind: 'object', object: contract }] },
      ];
      publishers.fields.set(name, new Cell(following));
    }
  }
  const context = new Thing();
  context.fields.set('publish', new Cell([{ kind: 'object', object: publishers }]));
  const calls = fieldOf(fieldOf(of, 'defaults'), 'callsModel');
  if (calls.length > 0) machine.notes.set('callsModel', calls);
  const handle = (): Value =>
    machine.invoke(fieldOf(of, 'handler'), callOf(argument(call, 0), [{ kind: 'object', object: context }]));
  return machine.guards.apart(guardOf(of, machine), handle);
}

/** The key under which a contract that is followed keeps what stage its event has. */
const followingStage = 'the stage of what follows';

/** `followingStage` of the runtime: as declared, else as received; what was processed stays so. */
function stageOf(name: string, of: Value, contract: Thing): Value {
  const processed = text('processed');
  const declared = fieldOf(fieldOf(of, 'stages'), name);
  const calls = [fieldOf(of, 'options'), fieldOf(of, 'defaults')]
    .map((each) => fieldOf(each, 'callsModel'))
    .find(({ length }) => length > 0);
  if (declared.length > 0) return join(declared, processed);
  if (calls?.some((atom) => atom.kind === 'constant' && atom.value === true)) return processed;
  const field = fieldOf(fieldOf([{ kind: 'object', object: contract }], 'fields'), 'stage')[0];
  const path = ['detail', field?.kind === 'text' ? field.text : defaultFields.stage];
  return calls ? [{ kind: 'unknown', what: 'a stage' }] : [{ kind: 'received', path }];
}

/** The guard that every consumer has (`consumerOf` of the runtime); undefined when the settings are not known. */
function guardOf(of: Value, machine: Machine): Below | undefined {
  const names = fieldOf(of, 'contracts').flatMap((atom) =>
    atom.kind === 'list' ? atom.list.elements.value : [atom],
  );
  const depths = names.map((contract) => fieldOf(fieldOf([contract], 'fields'), 'depth'));
  if (depths.some((depth) => depth.some((atom) => atom.kind !== 'text' || !machine.guards.counts(atom.text))))
    return undefined;
  if (depths.some(({ length }) => length === 0) && !machine.guards.counts(defaultFields.depth))
    return undefined;
  const settings = [fieldOf(of, 'options'), fieldOf(of, 'defaults')];
  // Options that are not told may set anything.
  if (settings.some((each) => each.some(({ kind }) => kind !== 'object' && kind !== 'constant')))
    return undefined;
  const given = settings.map((each) => fieldOf(each, 'maxChainDepth')).find(({ length }) => length > 0);
  const [only, ...others] = given ?? [{ kind: 'number' as const, number: defaultMaxChainDepth }];
  if (only?.kind !== 'number' || others.length > 0) return undefined;
  return { ...machine.here, depth: only.number, end: machine.here.at + 1 };
}

/** The runtime of generated publishers and consumers, as far as it publishes. */
export const generatedCode: Readonly<Record<string, Native>> = {
  [`${runtime}.defineContract`]: (call) => argument(call, 0),
  [`${runtime}.connect`]: (call, { machine }) => {
    const bus = fieldOf(argument(call, 0), 'bus').filter(({ kind }) => kind === 'text');
    if (bus.length > 0) machine.notes.set('bus', bus);
    return published;
  },
  [`${runtime}.publisherOf`]: (call) => [
    { kind: 'native', path: 'busproof.publisher', of: argument(call, 0) },
  ],
  [`${runtime}.publishAll`]: (call, { machine }) => {
    publish(elementsOf(argument(call, 0)), machine);
    return published;
  },
  ...publisherMethods('busproof.publisher', false),
  ...publisherMethods('busproof.following', true),
  [`${runtime}.consumerOf`]: (call) => [{ kind: 'native', path: 'busproof.factory', of: argument(call, 0) }],
  'busproof.factory': (call, { of }) => {
    const consumer = new Thing();
    consumer.fields.set('publications', new Cell(fieldOf(of, 'publications')));
    consumer.fields.set('handler', new Cell(argument(call, 0)));
    for (const name of ['defaults', 'stages']) consumer.fields.set(name, new Cell(fieldOf(of, name)));
    consumer.fields.set('contracts', new Cell(fieldOf(of, 'contract')));
    consumer.fields.set('options', new Cell(call.positional[1] ?? []));
    return [{ kind: 'native', path: 'busproof.consumer', of: [{ kind: 'object', object: consumer }] }];
  },
  'busproof.consumer': (call, { of, machine }) => consume(call, of, machine),
};
