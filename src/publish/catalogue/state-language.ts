import type { Span } from '../../json/document.ts';
import { hasHole, hole } from '../../json/holes.ts';
import { itemsOf, member, membersOf, type Node, nodeAt, textOf } from '../../json/node.ts';
import type { JsonValue } from '../../json/value.ts';
import { scalarText } from '../../load/cloudformation/values.ts';
import type { FieldEffect } from '../../model/emission.ts';
import type { Publication } from '../publication.ts';
import { jsonataText } from './jsonata-text.ts';

/** What a state machine's definition says it does to others. */
export interface MachineReading {
  readonly publications: readonly Publication[];
  /** Places where it publishes events that the definition does not name. */
  readonly open: readonly { readonly state: string; readonly span: Span }[];
  /** Template resources or ARNs its tasks call, as texts with holes. */
  readonly calls: readonly { readonly text: string; readonly span: Span }[];
}

/** Deeper nesting of Map and Parallel states is not read. */
const maxDepth = 50;

/**
 * Reads a definition in the Amazon States Language: every task that puts events on a bus, in the optimised and the
 * SDK form, JSONPath or JSONata; and every task that calls something that may publish in turn. Linear in its size.
 * `name` tells unknown texts of one machine from those of another.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html
 */
export function readMachine(definition: Node, name: string): MachineReading {
  const reading = {
    publications: [] as Publication[],
    open: [] as MachineReading['open'][number][],
    calls: [] as MachineReading['calls'][number][],
  };
  const visit = (machine: Node | undefined, language: string | undefined, depth: number): void => {
    if (!machine || depth > maxDepth) return;
    const own = textOf(nodeAt(machine, 'QueryLanguage')) ?? language;
    for (const { key, value } of membersOf(nodeAt(machine, 'States'))) {
      for (const branch of itemsOf(nodeAt(value, 'Branches'))) visit(branch, own, depth + 1);
      visit(nodeAt(value, 'ItemProcessor') ?? nodeAt(value, 'Iterator'), own, depth + 1);
      if (textOf(nodeAt(value, 'Type')) === 'Task')
        task(key, value, textOf(nodeAt(value, 'QueryLanguage')) ?? own);
    }
  };
  const task = (state: string, node: Node, language: string | undefined): void => {
    const resource = member(node, 'Resource')?.value;
    const text = scalarText(resource);
    if (!resource || text === undefined) return;
    const input = language === 'JSONata' ? nodeAt(node, 'Arguments') : nodeAt(node, 'Parameters');
    if (/:states:[^:]*:[^:]*:(?:events:putEvents|aws-sdk:eventbridge:putEvents)(?:\.|$)/.test(text)) {
      const entries = nodeAt(input, 'Entries');
      if (entries?.kind !== 'array') reading.open.push({ state, span: resource.span });
      else
        for (const [index, entry] of entries.items.entries()) {
          const publication = publicationOf(entry, `${name}.${state}${index > 0 ? ` ${index}` : ''}`, state);
          if (publication) reading.publications.push(publication);
          else reading.open.push({ state, span: entry.span });
        }
      return;
    }
    if (!/:states:::/.test(text)) reading.calls.push({ text, span: resource.span });
    // What only reads hands nothing on.
    if (!handsOn.test(text.slice(text.lastIndexOf(':') + 1))) return;
    for (const key of calledBy) {
      const called = nodeAt(input, key);
      const callee = scalarText(called);
      if (called && callee !== undefined) reading.calls.push({ text: callee, span: called.span });
    }
  };
  visit(definition, undefined, 0);
  return reading;
}

/** Actions that hand something on: `invoke`, `sendMessage.waitForTaskToken`, `putObject`. */
const handsOn =
  /^(?:invoke|start|send|publish|put|update|delete|copy|upload|complete|batchWrite|transactWrite|runTask|runJob|submit)/i;

/** Parameters of service integrations that name what is called. */
const calledBy = [
  'FunctionName',
  'StateMachineArn',
  'QueueUrl',
  'TopicArn',
  'TableName',
  'StreamName',
  'Bucket',
  'DeliveryStreamName',
];

function publicationOf(entry: Node, name: string, state: string): Publication | undefined {
  if (entry.kind !== 'object') return undefined;
  const text = (key: string): string | undefined => fieldText(entry, key, `${name}.${key}`);
  const source = text('Source');
  const detailType = text('DetailType');
  if (source === undefined || detailType === undefined) return undefined;
  const detail = member(entry, 'Detail')?.value;
  const bus = text('EventBusName');
  return {
    source,
    detailType,
    bus: bus === undefined || bus === '' ? 'default' : bus,
    ...detailOf(detail),
    evidence: { kind: 'catalogue', text: `putEvents in the state ${state}`, span: entry.span },
  };
}

/** A field as a text: literal, or with holes where an expression decides. Undefined: the field is not there. */
function fieldText(entry: Node, key: string, what: string): string | undefined {
  const plain = member(entry, key)?.value;
  if (plain) {
    const text = scalarText(plain);
    if (text === undefined) return hole(what);
    const expression = /^\{%(.*)%\}$/s.exec(text.trim());
    return expression ? jsonataText(expression[1]!, what) : text;
  }
  const path = member(entry, `${key}.$`)?.value;
  return path && pathText(textOf(path), what);
}

/** `States.Format('Order{}', $.state)` → `Order` and a hole; any other path or function is a hole. */
function pathText(expression: string | undefined, what: string): string {
  const format = /^\s*States\.Format\(\s*'((?:[^'\\]|\\.)*)'\s*(?:,.*)?\)\s*$/s.exec(expression ?? '');
  if (!format) return hole(what);
  let count = 0;
  return format[1]!.replace(/\\(.)|\{\}/gs, (whole, escaped: string | undefined) =>
    escaped === undefined ? hole(count++ === 0 ? what : `${what} ${count}`) : whole === '\\{' ? '{' : escaped,
  );
}

/** What is known of the fields of `Detail`, which may be an object or JSON text. */
function detailOf(node: Node | undefined): Pick<Publication, 'detail' | 'others'> {
  if (node?.kind !== 'object') return { detail: {}, others: 'any' };
  const detail: Record<string, FieldEffect<JsonValue>> = {};
  for (const { key, value } of node.members) {
    if (key.endsWith('.$')) detail[key.slice(0, -2)] = effectOfPath(textOf(value) ?? '', key.slice(0, -2));
    else detail[key] = effectOfValue(value, key);
  }
  return { detail, others: 'absent' };
}

function effectOfValue(node: Node, key: string): FieldEffect<JsonValue> {
  if (node.kind === 'number' || node.kind === 'boolean') return { kind: 'set', value: node.value };
  const text = textOf(node);
  if (text === undefined || hasHole(text)) return { kind: 'any' };
  const expression = /^\{%(.*)%\}$/s.exec(text.trim());
  return expression ? effectOfPath(expression[1]!.trim(), key) : { kind: 'set', value: text };
}

/** Only the execution's own input surely is what was received: a state's input is whatever the states before made. */
function effectOfPath(path: string, key: string): FieldEffect<JsonValue> {
  const input =
    /^\$(?:\$\.Execution\.Input|states\.context\.Execution\.Input)\.detail((?:\.[\w-]+)*)(\s*\+\s*1)?$/;
  const [, member, more] = input.exec(path) ?? [];
  const from = member?.slice(1);
  if (from === key) return { kind: more ? 'increment' : 'copy' };
  if (from !== undefined && !more) return { kind: 'copy', from };
  const added = /^States\.MathAdd\(\s*\$\$\.Execution\.Input\.detail\.([\w-]+)\s*,\s*1\s*\)$/.exec(path);
  return added?.[1] === key ? { kind: 'increment' } : { kind: 'any' };
}
