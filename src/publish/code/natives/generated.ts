import { argument, type Call, callOf, type Machine } from '../machine.ts';
import { Cell, join, List, Thing, text, type Value } from '../values.ts';
import { elementsOf, type Native } from './native.ts';

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
  const depth = member('depth', '_chain_depth');
  const stage = member('stage', 'processing_stage');
  detail.fields.set(
    depth,
    new Cell(
      follows ? [{ kind: 'received', path: ['detail', depth], plus: 1 }] : [{ kind: 'number', number: 0 }],
    ),
  );
  if (!follows) detail.fields.set(stage, new Cell(text('raw')));
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
    for (const [name, cell] of atom.object.fields)
      publishers.fields.set(name, new Cell([{ kind: 'native', path: 'busproof.following', of: cell.value }]));
  }
  const context = new Thing();
  context.fields.set('publish', new Cell([{ kind: 'object', object: publishers }]));
  return machine.invoke(
    fieldOf(of, 'handler'),
    callOf(argument(call, 0), [{ kind: 'object', object: context }]),
  );
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
    return [{ kind: 'native', path: 'busproof.consumer', of: [{ kind: 'object', object: consumer }] }];
  },
  'busproof.consumer': (call, { of, machine }) => consume(call, of, machine),
};
