import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentOf, spanOf } from '../../../src/json/document.ts';
import { printHoles } from '../../../src/json/holes.ts';
import { nodeOf } from '../../../src/json/node.ts';
import { parseData } from '../../../src/json/parse-data.ts';
import type { JsonObject } from '../../../src/json/value.ts';
import { readMachine } from '../../../src/publish/catalogue/state-language.ts';
import { describeShared, sharedPath } from '../../support/shared.ts';

const span = spanOf(documentOf('machine', ''), 0, 0);

function machine(task: JsonObject, rest: JsonObject = {}): string[] {
  const states = { S: { Type: 'Task', Resource: 'arn:aws:states:::events:putEvents', ...task } };
  return shown(readMachine(nodeOf({ States: states, ...rest } as JsonObject, span), 'M'));
}

function shown({ publications, open }: ReturnType<typeof readMachine>): string[] {
  const text = (each: string): string => printHoles(each).replace(/\$\{[^}]*\}/g, '…');
  return [
    ...publications.map(
      ({ source, detailType, bus }) => `${text(source)}@${text(detailType)} on ${text(bus ?? '?')}`,
    ),
    ...open.map(({ state }) => `something in ${state}`),
  ];
}

const entry = { Source: 's', DetailType: 'T', EventBusName: 'b', Detail: {} };

it.each<readonly [string, JsonObject, JsonObject, string[]]>([
  ['literals', { Parameters: { Entries: [entry] } }, {}, ['s@T on b']],
  [
    'the default bus',
    { Parameters: { Entries: [{ Source: 's', DetailType: 'T' }] } },
    {},
    ['s@T on default'],
  ],
  [
    'waiting for a token',
    { Resource: 'arn:aws:states:::events:putEvents.waitForTaskToken', Parameters: { Entries: [entry] } },
    {},
    ['s@T on b'],
  ],
  [
    'the SDK form',
    { Resource: 'arn:aws-cn:states:::aws-sdk:eventbridge:putEvents', Parameters: { Entries: [entry] } },
    {},
    ['s@T on b'],
  ],
  ['a path', { Parameters: { Entries: [{ 'Source.$': '$.s', DetailType: 'T' }] } }, {}, ['…@T on default']],
  [
    'States.Format',
    { Parameters: { Entries: [{ Source: 's', 'DetailType.$': "States.Format('Order{}.{}', $.a, $.b)" }] } },
    {},
    ['s@Order….… on default'],
  ],
  [
    'JSONata',
    {
      QueryLanguage: 'JSONata',
      Arguments: { Entries: [{ Source: "{% 'a.' & $x.b %}", DetailType: '{% "T" %}' }] },
    },
    {},
    ['a.…@T on default'],
  ],
  [
    'JSONata for the machine',
    { Arguments: { Entries: [entry] } },
    { QueryLanguage: 'JSONata' },
    ['s@T on b'],
  ],
  ['entries from the input', { Parameters: { 'Entries.$': '$.entries' } }, {}, ['something in S']],
  [
    'no task of events',
    { Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { QueueUrl: 'q' } },
    {},
    [],
  ],
])('reads %s', (_name, task, rest, expected) => {
  expect(machine(task, rest)).toEqual(expected);
});

it('reads maps and parallel branches', () => {
  const inner = {
    States: {
      I: { Type: 'Task', Resource: 'arn:aws:states:::events:putEvents', Parameters: { Entries: [entry] } },
    },
  };
  const states = {
    M: { Type: 'Map', ItemProcessor: inner },
    P: { Type: 'Parallel', Branches: [inner] },
  } as unknown as JsonObject;
  expect(shown(readMachine(nodeOf({ States: states }, span), 'M'))).toEqual(['s@T on b', 's@T on b']);
});

it('tells which fields of detail follow from what was received', () => {
  const Detail = {
    '_chain_depth.$': 'States.MathAdd($$.Execution.Input.detail._chain_depth, 1)',
    'processing_stage.$': '$$.Execution.Input.detail.processing_stage',
    'other.$': '$.detail.other',
    kind: 'x',
  };
  const states = {
    S: {
      Type: 'Task',
      Resource: 'arn:aws:states:::events:putEvents',
      Parameters: { Entries: [{ ...entry, Detail }] },
    },
  };
  const [publication] = readMachine(
    nodeOf({ States: states } as unknown as JsonObject, span),
    'M',
  ).publications;
  expect(publication).toMatchObject({
    others: 'absent',
    detail: {
      _chain_depth: { kind: 'increment' },
      processing_stage: { kind: 'copy' },
      other: { kind: 'any' },
      kind: { kind: 'set', value: 'x' },
    },
  });
});

describeShared('state machines of public projects', () => {
  const root = sharedPath('corpus/asl');
  const files = (existsSync(root) ? (readdirSync(root, { recursive: true }) as string[]) : []).filter(
    (file) => /\.asl\.(?:json|ya?ml)$/.test(file),
  );

  it.each(files)('%s publishes something', (file) => {
    const path = `${root}/${file}`;
    const node = parseData(documentOf(path, readFileSync(path, 'utf8'))).value!;
    expect(shown(readMachine(node, 'M')).length).toBeGreaterThan(0);
  });
});
